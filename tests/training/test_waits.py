"""When a waiting run begins: foretold by what those before it have to do."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bricks.recipes import recipe
from tests.training.classroom import EPOCH, Classroom
from training import calibration
from training.calibration import Calibration, key
from training.ledger import Ledger
from training.queue import order
from training.settings import Settings
from training.store import Store
from training.waits import START_SECONDS, Work, begins, foretold

TOWER = recipe("digits-cnn").to_json()


def machine(slots: int) -> Calibration:
    """A machine on which an epoch takes seven seconds, whatever the tower."""
    return Calibration(key(slots), {"pass": 6.0}, {"pass": 1.0}, {}, 1.0, "now", "CPU")


@pytest.fixture
def two(settings):
    """The store of a page, on a machine that has been measured and has two slots."""
    settings = replace(settings, slots=2)
    calibration.write(settings, machine(2))
    store = Store(settings.database, settings)
    yield store
    store.close()


def ask(store: Store, owner: str, key: str = "k"):
    """A run of a new project of theirs."""
    project = store.create_project(owner, "Mine", TOWER)
    return store.ask_run(owner, project.id, TOWER, key)


BEGINS = {
    "a free slot": ([5.0], [], 2, 0.0),
    "no free slot": ([5.0, 3.0], [], 2, 3.0),
    "one before it": ([5.0, 3.0], [9.0], 2, 5.0),
    "two before it": ([5.0, 3.0], [9.0, 1.0], 2, 6.0),
    "fewer slots than run": ([5.0, 3.0, 9.0], [], 2, 5.0),
    "nothing is known": ([inf], [], 1, None),
    "enough is known": ([inf, 3.0], [], 2, 3.0),
    "too little is known": ([inf, 3.0], [inf], 2, None),
}


@pytest.mark.parametrize(
    ("left", "ahead", "slots", "seconds"), BEGINS.values(), ids=BEGINS
)
def test_a_run_begins_when_a_slot_is_free(left, ahead, slots, seconds):
    assert begins(left, ahead, slots) == seconds


def test_a_run_that_does_not_wait_has_no_place(two, settings):
    run, ledger = ask(two, "ann"), Ledger(settings.database)
    assert two.waits(run.id).place == 1
    ledger.take()
    assert two.waits(run.id) is None
    assert two.waits("0" * 32) is None


def test_places_and_seconds_follow_those_before(two, settings):
    asked = [ask(two, owner) for owner in "abcd"]
    ledger = Ledger(settings.database)
    for seconds in (30.0, 100.0):
        run = ledger.take()
        ledger.progress(run.id, {"seconds_left": seconds})
    third, fourth = (two.waits(run.id) for run in asked[2:])
    assert (third.place, third.seconds) == (1, 30.0)
    assert (fourth.place, fourth.seconds) == (2, 100.0)


def test_who_waits_is_estimated_by_tower_and_machine(two, settings):
    asked = [ask(two, owner) for owner in "abc"]
    ledger = Ledger(settings.database)
    ledger.take(), ledger.take()
    epochs = asked[0].epochs
    assert two.waits(asked[2].id).seconds == pytest.approx(7.0 * epochs)


def test_a_run_that_has_trained_tells_by_itself_how_long_an_epoch_takes(two, settings):
    asked = [ask(two, owner) for owner in "abc"]
    ledger = Ledger(settings.database)
    for run in asked[:2]:
        ledger.take()
        ledger.epoch(run.id, {"epoch": 1, "seconds": 2.0})
    seconds = two.waits(asked[2].id).seconds
    assert seconds == pytest.approx(2.0 * (asked[0].epochs - 1))


def test_a_long_run_is_waited_for_no_longer_than_its_slice(two, settings):
    asked = [ask(two, owner) for owner in "abc"]
    ledger = Ledger(settings.database)
    for _ in asked[:2]:
        run = ledger.take()
        ledger.progress(run.id, {"seconds_left": 9000.0})
    epoch = 9000.0 / asked[0].epochs
    slice = Settings(settings.home, settings.database).slice
    assert two.waits(asked[2].id).seconds == pytest.approx(slice + epoch)


def test_without_a_measured_machine_the_place_is_told(settings):
    store = Store(settings.database, settings)
    ask(store, "ann")
    run = ask(store, "bob")
    Ledger(settings.database).take()
    assert (store.waits(run.id).place, store.waits(run.id).seconds) == (1, None)
    store.close()


@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(5, 90)), max_size=14),
)
def test_it_comes_as_foretold_where_nobody_else_asks(slots, asked):
    room = Classroom(slots)
    for owner, seconds in asked:
        room.ask(owner, seconds)
    settings = replace(SOMEWHERE, slots=slots, slice=inf)
    turns = order(room.waiting, [run.owner for run in room.running], room.served)
    said = {
        job.id: foretold(job, turns[:place], room.running, work_of(room), settings)
        for place, job in enumerate(turns)
        if job.owner not in {other.owner for other in (*turns[:place], *room.running)}
    }
    while said and any(room.jobs[id].began is None for id in said):
        room.pass_a_second()
    assert {id: room.jobs[id].began for id in said} == said


SOMEWHERE = Settings(home=None, database="")  # type: ignore[arg-type]


def work_of(room: Classroom) -> dict[str, Work]:
    """What each has to do; those that wait begin at once in this room."""
    runs = {run.id for run in room.running}
    return {
        id: Work(job.seconds - START_SECONDS * (id not in runs), EPOCH)
        for id, job in room.jobs.items()
    }
