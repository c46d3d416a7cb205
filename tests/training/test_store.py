"""The record: what it keeps, for whom, and how many may write at once."""

from __future__ import annotations

import math
import multiprocessing
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from bricks.errors import ProjectError
from bricks.recipes import recipe
from bricks.words import Text
from training.ledger import Ledger
from training.store import Refused, Store
from training.tables import StoreError, metadata, runs, writing

TOWER = recipe("digits-cnn").to_json()


def ask(store: Store, owner: str = "ann", key: str = "k"):
    """A run of a new project of theirs."""
    project = store.create_project(owner, "Mine", TOWER)
    return store.ask_run(owner, project.id, TOWER, key)


def test_a_project_comes_back_as_it_was_saved(store):
    made = store.create_project("ann", "첫 탑", TOWER)
    assert store.save_project("ann", made.id, 1, "둘째", TOWER, {"tab": 7}) == 2
    kept = store.project("ann", made.id)
    assert (kept.name, kept.document, kept.version, kept.acks) == (
        "둘째",
        TOWER,
        2,
        {"tab": 7},
    )


def test_the_later_of_two_tabs_is_told(store):
    made = store.create_project("ann", "Mine", TOWER)
    assert store.save_project("ann", made.id, 1, "first", TOWER, {}) == 2
    assert store.save_project("ann", made.id, 1, "second", TOWER, {}) is None
    assert store.project("ann", made.id).name == "first"


def test_the_latest_project_is_the_one_changed_last(store):
    first, second = (store.create_project("ann", n, TOWER) for n in ("a", "b"))
    assert store.latest_project("ann").id == second.id
    store.save_project("ann", first.id, 1, "a", TOWER, {})
    assert [row.id for row in store.projects("ann")] == [first.id, second.id]


DEEDS = {
    "project": lambda store, owner, project, run: store.project(owner, project),
    "latest": lambda store, owner, project, run: store.latest_project(owner),
    "projects": lambda store, owner, project, run: store.projects(owner),
    "save": lambda store, owner, project, run: store.save_project(
        owner, project, 1, "stolen", TOWER, {}
    ),
    "run": lambda store, owner, project, run: store.run(owner, run),
    "runs": lambda store, owner, project, run: store.runs(owner, project),
    "stop": lambda store, owner, project, run: store.stop_run(owner, run),
    "resume": lambda store, owner, project, run: store.resume_run(owner, run),
    "pause": lambda store, owner, project, run: store.pause_run(owner, run),
    "note": lambda store, owner, project, run: store.note_run(owner, run, "mine"),
    "star": lambda store, owner, project, run: store.star_run(owner, run, True),
    "delete": lambda store, owner, project, run: store.delete_run(owner, run),
    "restore": lambda store, owner, project, run: store.restore_run(owner, run),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_nobody_reaches_what_is_another_persons(store, deed, request):
    run = ask(store, "ann")
    name = request.node.callspec.id
    if name in ("resume", "delete", "restore"):
        store.stop_run("ann", run.id)
    if name == "restore":
        store.delete_run("ann", run.id)
    run = store.run("ann", run.id)
    assert not deed(store, "eve", run.project_id, run.id)
    assert store.run("ann", run.id) == run
    assert store.project("ann", run.project_id).name == "Mine"
    assert deed(store, "ann", run.project_id, run.id)  # or it would tell us nothing


def test_nobody_trains_another_persons_project(store):
    project = store.create_project("ann", "Mine", TOWER)
    with pytest.raises(Refused, match="no such project"):
        store.ask_run("eve", project.id, TOWER, "k")


def test_a_double_click_is_one_run(store):
    project = store.create_project("ann", "Mine", TOWER)
    twice = [store.ask_run("ann", project.id, TOWER, "k") for _ in range(2)]
    assert twice[0] == twice[1]
    assert len(store.runs("ann")) == 1


def test_the_fourth_run_is_refused_in_a_sentence(store):
    for key in "abc":
        ask(store, "ann", key)
    with pytest.raises(Refused, match="You have 3 runs"):
        ask(store, "ann", "d")
    assert ask(store, "bob", "d").state == "waiting"


def test_a_document_that_is_none_is_refused(store):
    project = store.create_project("ann", "Mine", TOWER)
    with pytest.raises(ProjectError):
        store.ask_run("ann", project.id, "{", "k")


def test_a_waiting_run_stops_at_once_and_can_be_resumed(store):
    run = ask(store)
    assert store.place(run.id) == 1
    assert store.stop_run("ann", run.id)
    assert store.run("ann", run.id).state == "stopped"
    assert store.place(run.id) is None
    assert store.resume_run("ann", run.id)
    assert store.run("ann", run.id).state == "waiting"


def test_figures_that_are_no_numbers_come_back(store, settings):
    run, ledger = ask(store), Ledger(settings.database)
    ledger.take()
    ledger.epoch(run.id, {"epoch": 1, "loss": math.nan, "val_loss": math.inf})
    ledger.progress(run.id, {"loss": -math.inf})
    (figures,) = store.epochs(run.id)
    assert math.isnan(figures["loss"])
    assert figures["val_loss"] == math.inf
    assert store.run("ann", run.id).progress == {"loss": -math.inf}


def test_an_epoch_told_twice_is_kept_once(store, settings):
    run, ledger = ask(store), Ledger(settings.database)
    for loss in (2.0, 1.0):
        ledger.epoch(run.id, {"epoch": 1, "loss": loss})
    assert store.epochs(run.id) == [{"epoch": 1, "loss": 1.0}]


def test_a_reason_is_told_in_any_language(store, settings):
    run, ledger = ask(store), Ledger(settings.database)
    ledger.take()
    ledger.end(run.id, "failed", Text("too {what}", {"what": "큰"}).to_json())
    assert str(Text.from_json(store.run("ann", run.id).reason)) == "too 큰"


def test_a_run_that_was_to_stop_is_not_started_again(store, settings):
    run, ledger = ask(store), Ledger(settings.database)
    ledger.take()
    assert store.stop_run("ann", run.id)
    assert [now.wanted for now in ledger.line().running] == ["stopped"]
    ledger.again(run.id)
    assert store.run("ann", run.id).state == "stopped"


def test_a_waiting_run_is_paused_at_once_and_can_go_on(store):
    run = ask(store)
    assert store.pause_run("ann", run.id)
    paused = store.run("ann", run.id)
    assert (paused.state, paused.wanted, store.waits(run.id)) == ("paused", None, None)
    assert paused.ended >= run.asked
    assert not store.pause_run("ann", run.id)
    assert store.resume_run("ann", run.id)
    assert store.run("ann", run.id) == run


def test_a_running_run_is_paused_when_its_process_is_gone(store, settings):
    run, ledger = ask(store), Ledger(settings.database)
    ledger.take()
    assert store.pause_run("ann", run.id)
    assert store.run("ann", run.id).state == "running"
    ledger.again(run.id)
    paused = store.run("ann", run.id)
    assert (paused.state, paused.wanted, paused.pid) == ("paused", None, None)


WISHES = {"pause": ["pause_run"], "stop": ["stop_run"]}
WISHES |= {"pause, stop": ["pause_run", "stop_run"]}
WISHES |= {"stop, pause": ["stop_run", "pause_run"]}


@pytest.mark.parametrize("wishes", WISHES.values(), ids=WISHES)
def test_a_stop_counts_for_more_than_a_pause(store, settings, wishes):
    run, ledger = ask(store), Ledger(settings.database)
    ledger.take()
    for wish in wishes:
        getattr(store, wish)("ann", run.id)
    ledger.again(run.id)
    wanted = "stopped" if "stop_run" in wishes else "paused"
    assert store.run("ann", run.id).state == wanted


def test_why_a_run_was_paused_is_told_until_it_goes_on(store, settings):
    run, ledger = ask(store), Ledger(settings.database)
    ledger.take()
    ledger.pause(run.id, Text("enough").to_json())
    ledger.again(run.id)
    assert str(Text.from_json(store.run("ann", run.id).reason)) == "enough"
    store.resume_run("ann", run.id)
    assert store.run("ann", run.id).reason is None


def test_at_most_three_runs_of_an_ended_study_are_resumed(store):
    mine = [ask(store, key=key) for key in "abc"]
    for run in mine:
        store.stop_run("ann", run.id)
    last = ask(store, key="d")
    store.stop_run("ann", last.id)
    with writing(store.engine) as connection:
        connection.execute(update(runs).values(study_id="s"))
    assert all(store.resume_run("ann", run.id) for run in mine)
    for deed in (store.resume_run, lambda *who: store.more(*who, 1000)):
        with pytest.raises(Refused, match="You have 3 runs"):
            deed("ann", last.id)


def test_a_fourth_run_is_not_resumed(store):
    paused = ask(store, key="p")
    store.pause_run("ann", paused.id)
    for key in "abc":
        ask(store, key=key)
    with pytest.raises(Refused, match="You have 3 runs"):
        store.resume_run("ann", paused.id)


def test_a_run_is_asked_for_again_once_a_click(store, settings):
    run, ledger = ask(store), Ledger(settings.database)
    ledger.take()
    ledger.end(run.id, "done")
    again = store.ask_again("ann", run.id, "again")
    assert store.ask_again("ann", run.id, "again") == again
    assert again.id != run.id
    assert (again.document, again.epochs, again.state) == (TOWER, run.epochs, "waiting")
    assert again.about == {"repeats": run.id}


def test_only_ones_own_runs_that_are_there_are_run_again(store):
    run = ask(store)
    with pytest.raises(Refused, match="no such run"):
        store.ask_again("eve", run.id, "k2")
    store.stop_run("ann", run.id)
    store.delete_run("ann", run.id)
    with pytest.raises(Refused, match="no such run"):
        store.ask_again("ann", run.id, "k2")


def test_turns_go_round(store, settings):
    ledger = Ledger(settings.database)
    asked = [ask(store, owner, key) for owner, key in ("a1", "a2", "b1", "c1")]
    assert [store.place(run.id) for run in asked] == [1, 4, 2, 3]
    taken = []
    while row := ledger.take():
        taken.append(row.owner)
        ledger.end(row.id, "done")
    assert taken == ["a", "b", "c", "a"]


def _write_much(url: str, owner: str, failures) -> None:
    try:
        store = Store(url)
        project = store.create_project(owner, "Mine", TOWER)
        for version in range(1, 26):
            assert store.save_project(owner, project.id, version, "Mine", TOWER, {})
        store.ask_run(owner, project.id, TOWER, "k")
    except Exception as error:  # noqa: BLE001 - told to the test
        failures.put(repr(error))


def test_forty_write_at_once_and_none_is_turned_away(settings):
    context = multiprocessing.get_context("fork")
    failures = context.SimpleQueue()
    writers = [
        context.Process(target=_write_much, args=(settings.database, f"p{n}", failures))
        for n in range(40)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures.empty() or failures.get() == ""
    store = Store(settings.database)
    assert {store.latest_project(f"p{n}").version for n in range(40)} == {26}
    assert {store.runs(f"p{n}")[0].state for n in range(40)} == {"waiting"}


SAVER = """
import sys
from training.store import Store
store = Store(sys.argv[1])
project = store.create_project("ann", "Mine", "{}")
version = 1
while True:
    version = store.save_project("ann", project.id, version, "Mine", "{}", {})
    print(project.id, version, flush=True)
"""


@pytest.mark.parametrize("milliseconds", range(5, 125, 20))
def test_what_was_acknowledged_survives_a_kill(settings, milliseconds):
    writer = subprocess.Popen(
        [sys.executable, "-c", SAVER, settings.database],
        stdout=subprocess.PIPE,
        text=True,
    )
    writer.stdout.readline()
    time.sleep(milliseconds / 1000)
    writer.kill()
    lines = [line.split() for line in writer.communicate()[0].splitlines()]
    told = [line for line in lines if len(line) == 2]
    store = Store(settings.database)
    kept = store.latest_project("ann")
    assert kept.version >= max((int(version) for _, version in told), default=1)


def test_a_newer_record_is_refused_by_its_version(settings):
    Store(settings.database).close()
    with sqlite3.connect(settings.home / "brickyard.db") as connection:
        connection.execute("UPDATE brickyard_schema SET version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer Brickyard \\(version 99"):
        Store(settings.database)


def test_a_file_that_is_no_database_is_refused(settings):
    settings.home.mkdir()
    (settings.home / "brickyard.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match=r"can't be used .*move it aside"):
        Store(settings.database)


def test_the_record_is_safe_on_disk(store, settings):
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_the_tables_are_not_for_sqlite_alone(table):
    assert "CREATE TABLE" in str(
        CreateTable(table).compile(dialect=postgresql.dialect())
    )


def test_a_name_is_never_part_of_a_statement(store):
    name = "x'); DROP TABLE projects; --"
    made = store.create_project(name, name, TOWER)
    assert store.project(name, made.id).name == name
    assert Path(store.engine.url.database).exists()
