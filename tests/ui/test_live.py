"""The panel of live runs: the route that it asks, what it is told, what it may do."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy.engine import make_url

from bricks.project import Project
from bricks.tower import Placed
from bricks.words import Text
from storage import sqlite
from tests.towers import tower
from tests.training.workshop import digits
from tests.ui.test_bringing_routes import Site
from training.ledger import Ledger
from training.rows import ASTRAY
from training.settings import Settings
from training.store import Store
from training.tables import StoreError
from ui import desk as desks
from ui import words
from ui.compare import listing
from ui.live import operations, payload, route
from ui.live.payload import live_json, shown_runs
from ui.live.route import ROUTES, asked_for
from ui.opening import new_desk
from ui.training import buttons
from ui.training.buttons import same_run


@pytest.fixture
def settings(tmp_path):
    return Settings.from_environment({"BRICKYARD_HOME": str(tmp_path / "home")})


@pytest.fixture
def store(settings, monkeypatch):
    store = Store(settings.database)
    for module in (route, payload, listing, desks, buttons):  # each has it by name
        monkeypatch.setattr(module, "store", lambda: store)
    for module in (desks, buttons):
        monkeypatch.setattr(module, "settings", lambda: settings)
    yield store
    store.close()


@pytest.fixture
def ledger(settings, store):
    ledger = Ledger(settings.database)
    yield ledger
    ledger.close()


@pytest.fixture
def site(settings, store):
    site = Site(settings.home, ROUTES)
    yield site
    site.end()


@pytest.fixture
def desk(store, monkeypatch):
    """A desk with the small tower; no trainer is started for it."""
    monkeypatch.setattr(operations, "ensure_trainer", lambda settings: False)
    return new_desk("me", digits(epochs=9))


def ask(store, desk, key="1", **changed):
    training = replace(desk.project.training, **changed)
    document = replace(desk.project, training=training).to_json()
    return store.ask_run(desk.owner, desk.id, document, key)


def look(site, *runs, since="0-0", owner="me", **headers):
    ids = ",".join(run.id for run in runs)
    marks = ",".join([since] * len(runs))
    path = f"live?runs={ids}&since={marks}&lang=ko"
    return site.ask("GET", path, owner=owner, **headers)


def test_a_waiting_run_is_told_with_its_place(site, store, desk):
    status, content = look(site, ask(store, desk))
    (told,) = json.loads(content)["runs"]
    assert status == 200
    assert told["state"] == "waiting"
    assert told["wait"]["place"] == 1


def test_a_loss_that_is_no_number_travels_as_null(site, store, ledger, desk):
    run = ask(store, desk)
    ledger.take()
    ledger.epoch(run.id, {"epoch": 1, "loss": float("nan")})
    ledger.progress(run.id, {"batch": 1, "accuracy": float("inf")})
    (told,) = json.loads(look(site, run)[1])["runs"]
    assert told["rows"] == [{"epoch": 1, "loss": None}]
    assert told["progress"]["accuracy"] is None


def test_why_a_run_ended_is_told_in_the_pages_language(site, store, ledger, desk):
    run = ask(store, desk)
    ledger.take()
    reason = Text("{kind}: {do}", {"kind": "Dense", "do": Text("Undo")})
    ledger.end(run.id, "failed", reason.to_json())
    (told,) = json.loads(look(site, run)[1])["runs"]
    assert told["reason"] == "Dense: 되돌리기"


def test_nobody_sees_another_persons_run(site, store, desk):
    run = ask(store, desk)
    assert json.loads(look(site, run, owner="you")[1]) == {"runs": []}
    assert look(site, run, owner="")[0] == 403
    other = {"Sec-Fetch-Site": "cross-site"}
    assert look(site, run, **other)[0] == 403


def test_a_record_that_is_held_is_asked_for_again(site, settings, ledger, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    impatient = Store(settings.database)
    monkeypatch.setattr(route, "store", lambda: impatient)
    desks.store().engine.dispose()
    ledger.close()
    path = f"live?runs={'0' * 32}&since=0-0"
    assert site.ask("GET", path)[0] == 200
    impatient.close()
    holder = sqlite3.connect(make_url(settings.database).database)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    assert site.ask("GET", path)[0] == 503
    holder.close()
    assert site.ask("GET", path)[0] == 200
    impatient.close()


def test_languages_that_nobody_speaks_fill_no_memory(site, store, desk):
    run = ask(store, desk)
    before = words._translator.cache_info().currsize
    for n in range(9):
        path = f"live?runs={run.id}&since=0-0&lang=x{n}"
        assert site.ask("GET", path)[0] == 200
    assert words._translator.cache_info().currsize <= before + 1


WRONG = ["", "live", "0" * 31, "0" * 32 + ",", "../" + "0" * 32, "g" * 32]


@pytest.mark.parametrize("ids", WRONG)
def test_what_is_no_runs_id_is_refused(ids):
    assert asked_for(ids, "0-0") is None


@pytest.mark.parametrize("since", ["", "x", "1", "-1-0", "1-1-1", "9" * 10 + "-0"])
def test_what_is_no_mark_is_refused(since):
    assert asked_for("0" * 32, since) is None


def test_very_many_runs_at_once_are_refused():
    ids = [f"{n:032x}" for n in range(13)]
    assert asked_for(",".join(ids), ",".join(["0-0"] * 13)) is None


def test_runs_that_go_on_are_shown_beside_the_last_that_ended(store, ledger, desk):
    for n in range(5):
        run = ask(store, desk, str(n), seed=n)
        ledger.take()
        ledger.end(run.id, "done")
    goes_on = ask(store, desk, "goes on")
    shown = shown_runs(desk)
    assert [run.state for run in shown] == ["waiting", "done", "done", "done"]
    assert shown[0].id == goes_on.id


def test_the_panel_is_told_what_changed_and_what_is_measured(store, ledger, desk):
    first = ask(store, desk)
    ledger.take()
    ledger.end(first.id, "done")
    ask(store, desk, "2", epochs=12)
    new, old = live_json(desk, shown_runs(desk), "en")["runs"]
    assert "9 → 12" in new["said"]
    assert old["said"] == ""
    assert new["measures"] == ("accuracy",)


@pytest.mark.parametrize(("based", "thaws"), [(True, 4), (False, 0)])
def test_the_panel_is_told_after_which_epoch_a_base_is_fine_tuned(
    store, ledger, desk, based, thaws
):
    base = Placed("VGG16", {"include_top": False}, id="base")
    bricks = (base, *desk.project.tower.bricks) if based else desk.project.tower.bricks
    desk.build(replace(desk.project.tower, bricks=bricks))
    ask(store, desk, frozen_epochs=4)
    (run,) = live_json(desk, shown_runs(desk), "en")["runs"]
    assert run["thaws"] == thaws


def test_all_changes_since_the_run_before_are_told(store, ledger, desk):
    first = ask(store, desk)
    ledger.take()
    ledger.end(first.id, "done")
    ask(store, desk, "2", epochs=12, optimizer="sgd", learning_rate=0.5, batch_size=64)
    runs = live_json(desk, shown_runs(desk), "en")["runs"]
    said = runs[0]["said"]
    assert "Adam → SGD" in said
    assert "→ 0.5" in said
    assert "(+" not in said


def test_runs_that_are_not_shown_are_counted(store, ledger, desk):
    for n in range(5):
        run = ask(store, desk, str(n), seed=n)
        ledger.take()
        ledger.end(run.id, "done")
    assert live_json(desk, shown_runs(desk), "en")["earlier"] == 2


def test_only_a_run_that_failed_by_nan_went_astray(store, ledger, desk):
    for n, reason in enumerate([Text(ASTRAY, {"epoch": 1}), Text("Full.")]):
        run = ask(store, desk, str(n), seed=n)
        ledger.take()
        ledger.end(run.id, "failed", reason.to_json())
    told = live_json(desk, shown_runs(desk), "en")["runs"]
    assert [run["astray"] for run in told] == [False, True]


def test_a_plan_that_more_epochs_stretch_is_told(store, desk):
    ask(store, desk, schedule="cosine")
    (run,) = live_json(desk, shown_runs(desk), "en")["runs"]
    assert "learning rate rises again" in run["replanned"]


def test_only_what_trains_now_counts_as_the_same(store, ledger, desk):
    run = ask(store, desk)
    assert same_run(desk, shown_runs(desk)).id == run.id
    desk.rename("Other")
    assert same_run(desk, shown_runs(desk)).id == run.id
    desk.build(tower(data="Digits"))
    assert same_run(desk, shown_runs(desk)) is None


def test_a_run_that_ended_may_be_trained_once_more(store, ledger, desk):
    run = ask(store, desk)
    ledger.take()
    ledger.end(run.id, "done")
    assert same_run(desk, shown_runs(desk)) is None


def do(desk, run, op, **more):
    seq = desk.acks.get("tab", 0) + 1
    told = {"seq": seq, "op": op, "run": run.id, **more}
    desk.receive({"client": "tab", "ops": [told]})


def test_a_run_is_paused_goes_on_and_is_stopped(store, desk):
    run = ask(store, desk)
    states = []
    for op in ("pause_run", "resume_run", "stop_run"):
        do(desk, run, op)
        states.append(store.run("me", run.id).state)
    assert states == ["paused", "waiting", "stopped"]


def test_a_run_that_ended_gets_more_epochs(store, ledger, desk):
    run = ask(store, desk)
    ledger.take()
    ledger.end(run.id, "done")
    do(desk, run, "more_run", epochs=20)
    longer = store.run("me", run.id)
    assert (longer.state, longer.epochs) == ("waiting", 20)
    assert Project.from_json(longer.document).training.epochs == 20


def test_run_again_sent_twice_is_one_run(store, ledger, desk):
    run = ask(store, desk)
    ledger.take()
    ledger.end(run.id, "done")
    do(desk, run, "again_run", key="again")
    do(desk, run, "again_run", key="again")
    assert [one.state for one in store.runs("me", desk.id)] == ["waiting", "done"]


def test_what_may_not_be_done_is_said(store, ledger, desk):
    run = ask(store, desk)
    ledger.take()
    ledger.end(run.id, "done")
    do(desk, run, "more_run", epochs=3)
    assert "choose more to go on" in str(desk.complaint)


DEEDS = [
    ("pause_run", {}, None),
    ("stop_run", {}, None),
    ("resume_run", {}, "paused"),
    ("resume_run", {}, "failed"),
    ("more_run", {"epochs": 20}, "done"),
    ("again_run", {"key": "k"}, "done"),
]


@pytest.mark.parametrize(("op", "more", "state"), DEEDS)
def test_nobody_does_anything_with_another_persons_run(
    store, ledger, desk, op, more, state
):
    theirs = new_desk("you", digits())
    run = ask(store, theirs)
    if state:
        ledger.take()
        ledger.end(run.id, state)
    before = store.runs("you")
    do(desk, run, op, **more)
    assert store.runs("you") == before
    assert store.runs("me") == []
    do(theirs, run, op, **more)  # its owner may
    assert store.runs("you") != before


@pytest.mark.parametrize("epochs", [None, True, "20", 1e9, [20]])
def test_epochs_that_are_no_whole_number_change_nothing(
    store, ledger, settings, desk, epochs
):
    run = ask(store, desk)
    ledger.take()
    ledger.end(run.id, "done")
    op = {"op": "more_run", "run": run.id, "epochs": epochs}
    operations.apply(op, store, settings, "me")
    assert store.run("me", run.id).state == "done"


def test_the_store_refuses_with_a_sentence(store, desk, settings):
    op = {"op": "again_run", "run": "0" * 32, "key": "k"}
    with pytest.raises(StoreError, match=r"\."):
        operations.apply(op, store, settings, "me")


def test_a_wish_is_one_run_however_often_the_page_is_drawn(store, desk, monkeypatch):
    monkeypatch.setattr(buttons, "ensure_trainer", lambda settings: False)
    desk.wished = "key"
    buttons.start_wished(desk)
    buttons.start_wished(desk)
    desk.wished = "another, of the second click"
    buttons.start_wished(desk)
    assert len(store.runs("me")) == 1
