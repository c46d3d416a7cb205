"""A page that watches runs gets the epochs that it lacks, of its owner's runs alone."""

from __future__ import annotations

import psutil
import pytest

from tests.training.workshop import digits
from training.ledger import Ledger
from training.store import Store
from training.watching import Known, watched


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/brickyard.db")
    yield store
    store.close()


@pytest.fixture
def ledger(store, tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path}/brickyard.db")
    yield ledger
    ledger.close()


@pytest.fixture
def run(store, ledger):
    """A run of ann's with three finished epochs."""
    project = store.create_project("ann", "Small", digits().to_json())
    run = store.ask_run("ann", project.id, digits(9).to_json(), "key")
    ledger.take()
    for epoch in (1, 2, 3):
        ledger.epoch(run.id, {"epoch": epoch, "loss": 1 / epoch})
    return run


def look(store, run, epoch=0, start=0, owner="ann"):
    return watched(store.engine, owner, {run.id: Known(epoch, start)})


def told(found):
    return [figures["epoch"] for figures in found[0].epochs]


def test_at_first_every_epoch_is_told(store, run):
    found = look(store, run)
    assert told(found) == [1, 2, 3]
    assert (found[0].since, found[0].run.epoch) == (0, 3)


@pytest.mark.parametrize(("epoch", "rest"), [(1, [2, 3]), (3, [])])
def test_later_only_new_epochs_are_told(store, run, epoch, rest):
    start = look(store, run)[0].start
    found = look(store, run, epoch, start)
    assert (told(found), found[0].since) == (rest, epoch)


def test_a_run_that_began_again_is_told_anew(store, ledger, run):
    start = look(store, run)[0].start
    ledger.again(run.id)
    ledger.take()
    ledger.started(run.id, "CPU", [{"epoch": 1, "loss": 0.9}], {})
    found = look(store, run, 3, start)
    assert (told(found), found[0].since) == ([1], 0)
    assert found[0].start > start


def test_another_persons_runs_are_not_told(store, run):
    assert look(store, run, owner="bo") == []


def test_a_deleted_run_is_not_told(store, ledger, run):
    ledger.end(run.id, "done")
    store.delete_run("ann", run.id)
    assert look(store, run) == []


def test_the_document_does_not_travel(store, run):
    assert look(store, run)[0].run.document == ""


@pytest.mark.keras
def test_a_run_that_goes_on_tells_how_much_memory_it_has(workshop):
    run = workshop.ask(digits(epochs=300))
    workshop.work_into_epoch(run, 2)
    held = workshop.see(run).progress["memory"]
    assert 50_000_000 < held < psutil.virtual_memory().total
    workshop.store.stop_run(run.owner, run.id)
    workshop.finish(run)
