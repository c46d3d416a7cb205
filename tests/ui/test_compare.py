"""Compare: stars, notes and deleting, what is chosen, and what leaves as a file."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace

import pandas as pd
import pytest

from bricks import edit
from bricks.project import Project
from bricks.tower import Placed
from bricks.training import Training
from bricks.words import Text
from tests.towers import tower
from tests.training.workshop import digits
from training.ledger import Ledger
from training.outcome import Outcome
from training.runs import REPORT, folder
from training.settings import Settings
from training.store import Store
from ui import desk as desks
from ui.charts import VALIDATION, ceiling
from ui.compare import listing
from ui.compare.export import as_csv, as_json
from ui.compare.listing import (
    best_run,
    changed,
    chosen_runs,
    facts,
    listed,
    row_json,
)
from ui.compare.tables import figure_rows, setting_rows
from ui.compare.towers import Side, towers_json
from ui.desk import Desk
from ui.opening import new_desk
from ui.words import translator


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    """A desk with a small tower on Digits, on a record and a home of its own."""
    home = Settings.from_environment({"BRICKYARD_HOME": str(tmp_path / "home")})
    store = Store(home.database)
    for room in (desks, listing):
        monkeypatch.setattr(room, "store", lambda: store)
        monkeypatch.setattr(room, "settings", lambda: home)
    monkeypatch.setattr("ui.compare.export.store", lambda: store)
    yield new_desk("me", digits())
    store.close()


def trained(desk: Desk, project: Project, *accuracies: float, test: float = 0.9) -> str:
    """The id of a run that was trained to these accuracies, as the trainer has it."""
    home, store = desks.settings(), desks.store()
    key = f"k{len(store.runs(desk.owner))}"
    run = store.ask_run(desk.owner, desk.id, project.to_json(), key)
    ledger = Ledger(home.database)
    ledger.take()
    for epoch, share in enumerate(accuracies, 1):
        figures = {"epoch": epoch, "loss": 1.0, "accuracy": share, "seconds": 1.0}
        ledger.epoch(run.id, figures | {"val_accuracy": share, "val_loss": 1 - share})
    ledger.end(run.id, "done")
    ledger.close()
    where = folder(home, run.id)
    where.mkdir(parents=True)
    report = {"test": {"accuracy": test, "loss": 0.5}}
    (where / REPORT).write_text(json.dumps(report), encoding="utf-8")
    return run.id


class Sender:
    """Sends operations as the browser does."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.seq = desk, 0

    def __call__(self, op: str, **told) -> None:
        self.seq += 1
        row = {"seq": self.seq, "op": op, **told}
        self.desk.receive({"client": "tab", "ops": [row]})


@pytest.fixture
def send(desk) -> Sender:
    return Sender(desk)


def ids(desk: Desk) -> list[str]:
    return [run.id for run in listed(desk)]


def test_a_star_and_a_note_are_kept(desk, send):
    run = trained(desk, digits(), 0.5)
    send("star_run", run=run, on=True)
    send("note_run", run=run, note="with dropout")
    row = row_json(listed(desk)[0], None, False)
    assert (row["star"], row["note"]) == (True, "with dropout")


def test_deleted_runs_come_back_the_last_first(desk, send):
    first, second = (trained(desk, digits(), 0.5) for _ in range(2))
    send("delete_runs", runs=[first])
    send("delete_runs", runs=[second])
    assert ids(desk) == []
    send("restore_runs")
    assert ids(desk) == [second]
    send("restore_runs")
    send("restore_runs")
    assert ids(desk) == [second, first]


def test_of_several_runs_only_those_that_go_on_are_kept(desk, send):
    done = trained(desk, digits(), 0.5)
    waits = desks.store().ask_run("me", desk.id, digits().to_json(), "w").id
    send("choose_runs", runs=[done, waits])
    send("delete_runs", runs=[done, waits])
    assert ids(desk) == [waits]
    assert desk.compared.chosen == [waits]
    assert "Small is being trained or waits" in str(desk.complaint)


ODD = [
    {"op": "delete_runs", "runs": "all"},
    {"op": "delete_runs", "runs": [None, {}, "nobody's"]},
    {"op": "choose_runs"},
    {"op": "star_run", "run": 7, "on": "yes"},
    {"op": "note_run"},
    {"op": "restore_runs"},
]


@pytest.mark.parametrize("op", ODD, ids=str)
def test_what_no_page_of_ours_sends_changes_nothing(desk, send, op):
    run = trained(desk, digits(), 0.5)
    before = desks.store().run("me", run)
    send(**op)
    assert desks.store().run("me", run) == before


def test_nobody_elses_run_is_touched_or_opened(desk, send):
    run = trained(desk, digits(), 0.5)
    eve = Sender(new_desk("eve", digits()))
    eve("delete_runs", runs=[run])
    eve("star_run", run=run, on=True)
    assert desks.store().run("me", run).starred is False
    assert ids(desk) == [run]


def test_the_best_run_is_that_of_the_best_epoch(desk):
    runs = [trained(desk, digits(), *a) for a in [(0.5, 0.6), (0.9, 0.7), (0.8,)]]
    assert best_run(desk, listed(desk)) == runs[1]


def test_runs_on_other_data_are_not_the_best(desk):
    here = trained(desk, digits(), 0.5)
    other = replace(digits(), tower=replace(digits().tower, data=Placed("MNIST")))
    trained(desk, other, 0.9)
    assert best_run(desk, listed(desk)) == here


def test_to_begin_with_the_best_and_the_newest_are_compared(desk):
    runs = [trained(desk, digits(), a) for a in (0.5, 0.9, 0.6, 0.7)]
    rows = listed(desk)
    chosen = chosen_runs(desk, rows, best_run(desk, rows))
    assert [run.id for run in chosen] == [runs[1], runs[3]]


def test_the_chosen_stand_in_the_order_of_their_training(desk, send):
    runs = [trained(desk, digits(), a) for a in (0.5, 0.9, 0.6)]
    send("choose_runs", runs=[runs[2], runs[0]])
    rows = listed(desk)
    assert [run.id for run in chosen_runs(desk, rows, None)] == [runs[0], runs[2]]


def test_runs_of_other_towers_are_listed_where_that_is_wished(desk, send):
    here = trained(desk, digits(), 0.5)
    there = trained(new_desk("me", digits()), digits(), 0.6)
    assert ids(desk) == [here]
    send("list_runs", everywhere=True)
    assert ids(desk) == [there, here]


def test_a_run_whose_project_is_damaged_is_listed_all_the_same(desk):
    run = trained(desk, digits(), 0.5)
    from sqlalchemy import update

    from training import tables

    change = update(tables.runs).where(tables.runs.c.id == run).values(document="{")
    with tables.writing(desks.store().engine) as connection:
        connection.execute(change)
    (row,) = listed(desk)
    assert facts(row).project is None
    assert row_json(row, None, False)["data"] == "?"
    assert as_csv([row])


def cells(desk: Desk) -> list[dict[str, str]]:
    text = as_csv(listed(desk)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_of_an_exported_table_is_a_formula(desk, send, text):
    run = trained(desk, replace(digits(), name=text), 0.5)
    send("note_run", run=run, note=text)
    (row,) = cells(desk)
    assert (row["note"], row["name"]) == (f"'{text}", f"'{text}")


def test_an_exported_table_has_figures_and_settings(desk):
    trained(desk, replace(digits(), training=Training(batch_size=32)), 0.5, 0.75)
    (row,) = cells(desk)
    assert float(row["val_accuracy"]) == 0.75
    assert row["best_epoch"] == "2"
    assert row["training.batch_size"] == "32"
    assert row["test_accuracy"] == "0.9"


def test_an_exported_file_has_every_epoch_and_the_project(desk):
    run = trained(desk, digits(), 0.5)
    ledger = Ledger(desks.settings().database)
    ledger.epoch(run, {"epoch": 2, "loss": math.nan, "seconds": 1.0})
    ledger.close()
    (row,) = json.loads(as_json("me", listed(desk)))
    assert [epoch["loss"] for epoch in row["history"]] == [1.0, None]
    again = Project.from_json(json.dumps(row["project"]))
    assert again.tower == digits().tower


BASE = tower(("Flatten", {}), ("Dense", {"units": 10}), data="Digits")
WITH = edit.put(BASE, Placed("Dropout", {"rate": 0.5}, id="new"), "b0")


def test_what_changed_is_lit_in_both_towers_and_named():
    sides = [
        Side("r1", "A", Project("a", edit.remove(WITH, "b0"))),
        Side("r2", "B", Project("b", edit.remove(WITH, "new"))),
    ]
    data = towers_json(*sides, [Text("better")], "en")
    assert [one["marks"] for one in data["towers"]] == [
        {"new": "removed"},
        {"b0": "added"},
    ]
    assert [change["said"] for change in data["changes"]] == [
        "Dropout 0.5 was removed; it stood after Digits",
        "Flatten was added after Digits",
    ]
    json.dumps(data, allow_nan=False)


def known(accuracy: float | None = None, **settings) -> listing.Facts:
    project = Project("p", BASE, Training(**settings))
    return listing.Facts(project, Outcome(accuracy=accuracy))


def test_settings_that_are_alike_are_told_apart_from_those_that_differ():
    runs = [known(batch_size=64), known(batch_size=32)]
    other, alike = setting_rows(runs, translator("en"))
    assert other == {"Batch size": ["64", "32"]}
    assert alike["Data"] == ["Digits", "Digits"]
    assert alike["Epochs"] == ["10", "10"]


def test_an_optimizers_settings_are_told_where_somebody_chose_one():
    runs = [
        known(optimizer="sgd", optimizer_settings={"momentum": 0.9}),
        known(optimizer="sgd"),
        known(optimizer="adam"),
    ]
    other, _ = setting_rows(runs, translator("en"))
    momentum = other.pop("optimizer.momentum")
    assert momentum == ["0.9", "0", "–"]
    assert list(other) == ["Optimizer"]


def test_figures_that_none_has_are_left_out():
    rows = figure_rows([known(0.5), known()], translator("en"))
    assert rows["Best validation accuracy"] == ["50.0 %", "–"]
    assert "Test error" not in rows


def test_a_run_says_what_was_changed_since_the_one_before(desk):
    trained(desk, digits(), 0.5)
    other = edit.set_value(digits().tower, "d", "units", 64)
    second = trained(desk, replace(digits(), tower=other), 0.6)
    alike = trained(desk, replace(digits(), tower=other), 0.6)
    said = changed(listed(desk), "en")
    assert said == {second: "Dense 32: units 32 → 64", alike: ""}


def frame(**runs: list[float]) -> pd.DataFrame:
    rows = [(name, VALIDATION, value) for name, row in runs.items() for value in row]
    return pd.DataFrame(rows, columns=["run", "split", "value"])


def test_a_run_that_goes_astray_leaves_room_for_the_others():
    assert ceiling(frame(good=[2.0, 0.1], astray=[60_000.0, 2.5])) == 10.0


def test_ordinary_curves_are_drawn_whole():
    data = frame(a=[2.3, 0.1], b=[2.0, 0.2], c=[1.5, 1.0])
    assert data["value"].max() < ceiling(data)


@pytest.mark.parametrize("values", [[], [math.nan], [math.inf], [-1.0], [0.0]])
def test_curves_without_a_measure_are_drawn_as_they_are(values):
    assert ceiling(frame(a=values)) == math.inf
