"""When runs leave their slots, written down on a real record."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest

from bricks.words import Text
from tests.training.test_store import ask
from training.rows import TRAINED
from training.turns import Turns


def wanted(turns: Turns) -> dict[str, str | None]:
    """Where each running run is to go, after one look."""
    turns.look(turns.ledger.line())
    return {run.id: run.wanted for run in turns.ledger.line().running}


def taken(store, ledger, owners: str) -> list[str]:
    """Runs that have their slots, one for each letter."""
    for n, owner in enumerate(owners):
        ask(store, owner, str(n))
    return [ledger.take().id for _ in owners]


def test_a_lent_slot_is_asked_back(store, settings, ledger):
    turns = Turns(replace(settings, slots=2), ledger)
    first, second = taken(store, ledger, "aa")
    assert wanted(turns) == {first: None, second: None}
    ask(store, "b")
    assert wanted(turns) == {first: None, second: "waiting"}
    ledger.again(second)
    row = ledger.run(second)
    assert (row.state, row.wanted, row.tries) == ("waiting", None, 0)
    assert ledger.take().owner == "b"
    assert store.place(second) == 1


def test_a_free_slot_without_memory_is_none(store, settings, ledger):
    turns = Turns(replace(settings, slots=4), ledger)
    first, second = taken(store, ledger, "aa")
    ask(store, "b")
    assert set(wanted(turns).values()) == {None}
    turns.short = True
    assert wanted(turns) == {first: None, second: "waiting"}


def test_a_slice_is_over_at_the_end_of_an_epoch(store, settings, ledger):
    turns = Turns(settings, ledger)
    (run,) = taken(store, ledger, "a")
    ask(store, "b")
    turns.began(run)
    turns.epoch(run)
    assert wanted(turns) == {run: None}
    turns.since[run] = monotonic() - settings.slice
    assert wanted(turns) == {run: None}
    turns.epoch(run)
    assert wanted(turns) == {run: "waiting"}


MOST = {
    "for less": (59, True, None),
    "in an epoch": (61, False, None),
    "at the end of an epoch": (61, True, "paused"),
    "in an endless epoch": (121, False, "paused"),
}


@pytest.mark.parametrize(("seconds", "between", "goes"), MOST.values(), ids=MOST)
def test_a_run_trains_for_so_many_minutes(
    store, settings, ledger, seconds, between, goes
):
    turns = Turns(replace(settings, minutes=1), ledger)
    (run,) = taken(store, ledger, "a")
    turns.began(run)
    turns.since[run] = monotonic() - seconds
    if between:
        turns.epoch(run)
    assert wanted(turns) == {run: goes}


def test_it_may_train_for_as_long_again_once_it_goes_on(store, settings, ledger):
    turns = Turns(replace(settings, minutes=1), ledger)
    (run,) = taken(store, ledger, "a")
    ledger.epoch(run, {"epoch": 1, "seconds": 100.0})
    turns.began(run)
    turns.epoch(run)
    assert wanted(turns) == {run: "paused"}
    ledger.again(run)
    row = ledger.run(run)
    assert (row.state, row.about[TRAINED]) == ("paused", 100.0)
    assert "1 minutes of training" in str(Text.from_json(row.reason))
    ledger.resume(run)
    ledger.take()
    turns.began(run)
    turns.epoch(run)
    assert wanted(turns) == {run: None}


def test_what_is_stopped_meanwhile_does_not_come_back(store, settings, ledger):
    turns = Turns(replace(settings, slots=2), ledger)
    _, second = taken(store, ledger, "aa")
    ask(store, "b")
    assert wanted(turns)[second] == "waiting"
    assert store.stop_run("a", second)
    ledger.again(second)
    assert ledger.run(second).state == "stopped"
