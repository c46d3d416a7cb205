"""Results: which runs can be looked at, their figures and their single examples."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest

from bricks.tower import GROUND, Placed
from explain.answers import (
    BEST,
    FILES,
    LAST,
    Answers,
    of_classes,
    of_rebuilt,
    of_values,
)
from tests.training.workshop import digits
from tests.ui.test_bringing_routes import Site
from tests.ui.test_compare import Sender, trained
from training import runs
from training.settings import Settings
from training.store import Store
from ui import desk as desks
from ui.compare import listing
from ui.desk import Desk
from ui.looking import runs as looking
from ui.opening import new_desk
from ui.results import payload, route
from ui.results.examples import chosen, example
from ui.results.payload import chosen_run, judged_runs, results_json
from ui.results.route import ROUTES
from ui.results.summary import MOST_DRAWN, of_report, summary

CLASSES = ["a", "b", "c"]
SHARES = np.array(
    [
        [0.9, 0.1, 0.0],  # 0: a, right
        [0.2, 0.8, 0.0],  # 1: a, told b
        [0.3, 0.7, 0.0],  # 2: a, told b, less sure
        [0.1, 0.9, 0.0],  # 3: b, right
        [0.6, 0.4, 0.0],  # 4: b, told a
        [0.5, 0.4, 0.1],  # 5: c, told a
    ]
)
TRUE = np.array([0, 0, 0, 1, 1, 2])


def answers(test=None) -> Answers:
    """Six of them; c is never told."""
    test = {"loss": 0.5, "accuracy": 2 / 6} if test is None else test
    return of_classes(SHARES, TRUE, CLASSES, test)


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    """A desk with a small tower on Digits, on a record and a home of its own."""
    home = Settings.from_environment({"BRICKYARD_HOME": str(tmp_path / "home")})
    store = Store(home.database)
    for room in (desks, listing, payload, route, looking):
        monkeypatch.setattr(room, "store", lambda: store)
        monkeypatch.setattr(room, "settings", lambda: home)
    yield new_desk("me", digits())
    store.close()


@pytest.fixture
def site(desk):
    site = Site(desks.settings().home, ROUTES)
    yield site
    site.end()


def where(id: str):
    return runs.folder(desks.settings(), id)


def keep(id: str, found: Answers, which: str = BEST) -> None:
    (where(id) / FILES[which]).write_bytes(found.to_bytes())


def weigh(id: str) -> None:
    """The run has a model, written now."""
    (where(id) / runs.MODEL).write_bytes(b"weights")


def ask(site, path, **headers):
    status, content = site.ask("GET", f"results/{path}", **headers)
    assert status == 200, content
    return json.loads(content)


# What is counted


def test_cells_classes_and_what_is_confused_are_told():
    told = summary(answers())
    assert sorted(told["cells"]) == [
        [0, 0, 1],
        [0, 1, 2],
        [1, 0, 1],
        [1, 1, 1],
        [2, 0, 1],
    ]
    assert told["pairs"][0] == (0, 1, 2)
    assert told["wrong"] == 4
    assert (told["classes"][told["largest"]], told["count"]) == ("a", 6)
    assert told["rows"][2] == [0, 0, 0, 1]  # never told
    assert told["roc"] is None  # of three classes


def test_two_classes_have_a_curve():
    told = summary(of_classes(SHARES[:5, :2], TRUE[:5], ["no", "yes"], {}))
    assert told["roc"]["area"] == pytest.approx(4 / 6)


def test_what_is_no_number_is_counted_and_not_drawn():
    nothing = of_classes(np.full((4, 2), np.nan), np.zeros(4), ["a", "b"], {})
    told = summary(nothing)
    assert (told["unanswered"], told["cells"], told["reliability"]) == (4, [], None)
    assert told["roc"] is None
    values = summary(of_values(np.array([1.0, np.nan]), np.array([1.0, 2.0]), {}))
    assert (values["unanswered"], values["points"]) == (1, [[0, 1.0, 1.0]])
    broken = summary(of_values(np.full(3, np.nan), np.arange(3.0), {}))
    assert (broken["points"], broken["bias"], broken["explained"]) == ([], None, None)


def test_what_has_no_answer_is_wrong_and_one_of_its_class():
    shares = np.array([[0.2, 0.8], [0.9, 0.1], [np.nan] * 2, [np.nan] * 2])
    told = summary(of_classes(shares, np.array([1, 0, 0, 0]), ["a", "b"], {}))
    assert (told["wrong"], told["count"], told["unanswered"]) == (2, 4, 2)
    assert told["rows"] == [[1.0, 1 / 3, 0.5, 3], [1.0, 1.0, 1.0, 1]]
    assert told["macro"]["recall"] == pytest.approx(2 / 3)
    assert told["classes"][told["largest"]] == "a"


def test_a_report_says_of_how_many_examples_it_tells():
    rows = [
        {"precision": 1.0, "recall": 1 / 3, "f1": 0.5, "support": 3},
        {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1},
    ]
    report = {"test": {}, "classes": ["a", "b"], "per_class": rows}
    told = of_report(report | {"confusion": [[1, 0], [0, 1]]})
    assert (told["wrong"], told["count"], told["rows"][0][3]) == (2, 4, 3)


def test_values_are_drawn_up_to_a_number_and_summed_up_whole():
    true = np.linspace(0, 1, 3 * MOST_DRAWN)
    told = summary(of_values(true + 0.25, true, {}))
    assert len(told["points"]) == MOST_DRAWN
    assert told["bias"] == pytest.approx(0.25)
    assert sum(told["residuals"]["counts"]) == 3 * MOST_DRAWN


def test_a_thousand_classes_are_told_in_their_cells_alone():
    random = np.random.default_rng(0)
    shares = random.random((3_000, 1_000)).astype("float32")
    names = [f"class {n}" for n in range(1_000)]
    told = summary(of_classes(shares, random.integers(0, 1_000, 3_000), names, {}))
    assert len(told["cells"]) <= 3_000
    assert len(told["pairs"]) == 30
    assert len(json.dumps(told)) < 400_000


def test_an_older_report_tells_its_figures():
    report = {
        "test": {"accuracy": 0.5, "loss": 1.0},
        "classes": ["a", "b"],
        "confusion": [[1, 1], [0, 2]],
    }
    told = of_report(report)
    assert (told["kind"], told["whole"], told["count"]) == ("classes", False, 4)
    assert told["cells"] == [[0, 0, 1], [0, 1, 1], [1, 1, 2]]
    values = {"test": {"mae": 1.0}, "classes": [], "pairs": [[1.0, 3.0], [2.0, 2.0]]}
    assert of_report(values)["points"] == [[None, 1.0, 3.0], [None, 2.0, 2.0]]
    assert of_report({"test": {"loss": 1.0}, "classes": []})["kind"] == "rebuilt"


CHOICES = [
    ("worst", (), [1, 2, 4, 5]),
    ("cell", (0, 1), [1, 2]),
    ("cell", (2, 2), []),
    ("missed", (0,), [1, 2]),
    ("taken", (0,), [4, 5]),
    ("sure", (0.7, 0.8), [1]),
    ("alike", (1,), [2, 0]),
    ("one", (5,), [5]),
    ("one", (99,), []),
    ("alike", (99,), []),
]


@pytest.mark.parametrize(("of", "asked", "found"), CHOICES)
def test_examples_are_found(of, asked, found):
    assert chosen(answers(), of, asked).tolist() == found


def test_examples_of_a_bar_are_those_off_by_so_much():
    values = of_values(np.array([1.0, 4.0, -1.0, 2.5]), np.zeros(4), {})
    assert chosen(values, "off", (0.5, 3)).tolist() == [3, 0]
    rebuilt = of_rebuilt(np.array([0.1, 0.3, 0.2]), {})
    assert chosen(rebuilt, "off", (0.15, 0.4)).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("of", "asked"), [("all", ()), ("cell", (1,)), ("worst", (3,)), ("one", ())]
)
def test_a_choice_that_makes_no_sense_finds_nothing(of, asked):
    assert chosen(answers(), of, asked) is None


def test_values_have_no_cells():
    assert chosen(of_values(np.ones(2), np.ones(2), {}), "cell", (0, 1)) is None


def test_an_example_tells_its_shares_the_greatest_first():
    told = example(answers(), 5)
    assert (told["index"], told["true"], told["told"]) == (5, 2, 0)
    assert [number for number, _ in told["shares"]] == [0, 1, 2]
    assert told["share"] == pytest.approx(0.5)


# What the page is told


def test_a_runs_figures_are_told_to_its_owner_alone(desk, site):
    id = trained(desk, digits(), 0.5)
    keep(id, answers())
    assert ask(site, f"{id}/best.json")["wrong"] == 4
    path = f"results/{id}/best.json"
    assert site.ask("GET", path, owner="another")[0] == 404
    other = {"Sec-Fetch-Site": "cross-site"}
    assert site.ask("GET", path, **other)[0] == 403
    assert site.ask("GET", f"results/{'0' * 32}/best.json")[0] == 404
    assert site.ask("GET", f"results/{id}/worst.json")[0] == 404
    desks.store().delete_run("me", id)
    assert site.ask("GET", path)[0] == 404


def test_nothing_is_told_where_it_must_be_worked_out_first(desk, site):
    id = trained(desk, digits(), 0.5)
    (where(id) / runs.REPORT).unlink()
    weigh(id)
    assert ask(site, f"{id}/best.json") == {}
    assert ask(site, f"{id}/last.json") == {}
    assert site.ask("GET", f"results/{id}/best/examples.json?of=worst")[0] == 404


def test_weights_that_learned_more_have_no_old_figures(desk, site):
    id = trained(desk, digits(), 0.5)
    weigh(id)
    keep(id, answers())
    assert ask(site, f"{id}/best.json")["whole"]
    now = (where(id) / FILES[BEST]).stat().st_mtime_ns + 1_000
    os.utime(where(id) / runs.MODEL, ns=(now, now))
    assert ask(site, f"{id}/best.json") == {}


def test_best_and_last_epoch_are_told_apart(desk, site):
    id = trained(desk, digits(), 0.5)
    keep(id, answers())
    keep(id, of_classes(np.eye(3), np.arange(3), CLASSES, {"loss": 0.1}), LAST)
    found = [ask(site, f"{id}/{which}.json")["wrong"] for which in FILES]
    assert found == [4, 0]


def test_examples_come_page_by_page(desk, site):
    id = trained(desk, digits(), 0.5)
    keep(id, answers())
    page = ask(site, f"{id}/best/examples.json?of=worst&from=1&count=2")
    assert page["count"] == 4
    assert [row["index"] for row in page["rows"]] == [2, 4]
    assert "pictures" not in page
    last = ask(site, f"{id}/best/examples.json?of=worst&from=40")
    assert (last["count"], last["rows"]) == (4, [])


BAD = [
    "of=worst&from=-1",
    "of=worst&from=1e9",
    "of=worst&count=x",
    "of=cell&with=a,b",
    "of=one&with=nan",
    "of=one&with=1e400",
    "of=alike&with=-1e999",
]


@pytest.mark.parametrize("query", BAD)
def test_a_question_that_can_not_be_read_is_refused(desk, site, query):
    id = trained(desk, digits(), 0.5)
    keep(id, answers())
    assert site.ask("GET", f"results/{id}/best/examples.json?{query}")[0] == 400


def test_the_mistakes_that_a_run_kept_come_with_their_pictures(desk, site):
    id = trained(desk, digits(), 0.5)
    rows = [
        {"index": 4, "true": 1, "told": 0, "share": 0.6},
        {"index": 1, "true": 0, "told": 1, "share": 0.8},
    ]
    report = {
        "test": {"accuracy": 0.5, "loss": 1.0},
        "classes": CLASSES,
        "confusion": [[1, 2, 0], [1, 1, 0], [1, 0, 0]],
        "mistakes": rows,
    }
    (where(id) / runs.REPORT).write_text(json.dumps(report))
    shown = np.zeros((2, 8, 8, 1), "uint8")
    np.savez(where(id) / runs.MISTAKES, pictures=shown)
    page = ask(site, f"{id}/best/examples.json?of=worst")
    assert [row["index"] for row in page["rows"]] == [4, 1]
    assert (page["pictures"]["n"], page["pictures"]["width"]) == (2, 8)
    assert ask(site, f"{id}/best.json")["whole"] is False
    keep(id, answers())
    both = ask(site, f"{id}/best/examples.json?of=cell&with=0,1&count=1")
    assert both["pictures"]["n"] == 1
    more = ask(site, f"{id}/best/examples.json?of=cell&with=0,1")
    assert "pictures" not in more  # one of the two was not kept


@pytest.mark.parametrize("name", [runs.REPORT, runs.MISTAKES, FILES[BEST]])
def test_a_damaged_file_is_as_good_as_none(desk, site, name):
    id = trained(desk, digits(), 0.5)
    weigh(id)
    keep(id, answers())
    for damaged in (b"\x00 damaged", b"PK\x03\x04" + b"x" * 200, b"[]"):
        (where(id) / name).write_bytes(damaged)
        found = ask(site, f"{id}/best.json")
        assert found.get("whole", False) == (name != FILES[BEST])
        if name != FILES[BEST]:
            page = ask(site, f"{id}/best/examples.json?of=worst")
            assert (page["count"], "pictures" in page) == (4, False)


# Which run


def test_the_newest_run_that_has_ended_is_looked_at_until_another_is_chosen(desk):
    first, second = (trained(desk, digits(), 0.5) for _ in range(2))
    send = Sender(desk)
    assert [run.id for run in judged_runs(desk)] == [second, first]
    assert chosen_run(desk, judged_runs(desk)).id == second
    send("judge_run", run=first, which=LAST)
    run = chosen_run(desk, judged_runs(desk))
    told = results_json(desk, judged_runs(desk), run, False, "en")
    assert (told["run"], told["which"]) == (first, LAST)
    send("judge_run", run=second, which="middle")
    send("judge_run", run=7, which=BEST)
    assert chosen_run(desk, judged_runs(desk)).id == first


def test_a_run_that_goes_on_or_has_no_weights_is_not_judged(desk):
    id = trained(desk, digits(), 0.5)
    (where(id) / runs.REPORT).unlink()
    assert judged_runs(desk) == []
    weigh(id)
    assert [run.id for run in judged_runs(desk)] == [id]
    desks.store().ask_run("me", desk.id, digits().to_json(), "waits")
    assert [run.id for run in judged_runs(desk)] == [id]
    assert chosen_run(desk, []) is None


def test_labels_are_put_right_only_where_the_tower_stands_on_these_pictures(
    desk, tmp_path
):
    from dataclasses import replace

    from tests.shelved import shelved, tower_on

    cats = shelved(desk.shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    project = tower_on(cats)
    desk.build(project.tower)
    run = desks.store().run("me", trained(desk, project, 0.5))
    told = payload.own_json(desk, run)
    assert (told["dataset"], told["names"]) == (cats.id, ["cat", "dog"])
    desk.build(replace(project.tower, data=Placed("Digits", id=GROUND)))
    assert payload.own_json(desk, run) is None
    desk.build(project.tower)
    desk.shelf.drop(cats.id)
    assert payload.own_json(desk, run) is None
