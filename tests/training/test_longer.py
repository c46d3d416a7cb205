"""A run that has ended goes on with more epochs than were asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training, schedules
from codegen.source import script
from tests.training.workshop import digits
from training import longer, runs
from training.ledger import Ledger
from training.store import Refused


def ended(store, settings, state: str, epochs: int = 3):
    """A run of so many epochs that has ended so."""
    project = store.create_project("ann", "Mine", digits(epochs).to_json())
    run = store.ask_run("ann", project.id, project.document, "k")
    ledger = Ledger(settings.database)
    ledger.take()
    ledger.epoch(run.id, {"epoch": 2, "loss": 1.0})
    ledger.end(run.id, state)
    ledger.close()
    return store.run("ann", run.id)


@pytest.mark.parametrize("state", ["done", "paused", "stopped", "failed"])
def test_a_run_that_has_ended_waits_to_train_more_and_keeps_its_epochs(
    store, settings, state
):
    run = ended(store, settings, state)
    assert store.more("ann", run.id, 5)
    now = store.run("ann", run.id)
    assert (now.state, now.epochs, now.epoch, now.ended) == ("waiting", 5, 2, None)
    assert Project.from_json(now.document) == digits(epochs=5)
    assert [row["epoch"] for row in store.epochs(run.id)] == [2]
    assert not store.more("ann", run.id, 5)  # a double click
    assert store.run("ann", run.id) == now


def test_another_persons_run_does_not_go_on(store, settings):
    run = ended(store, settings, "done")
    assert not store.more("eve", run.id, 5)
    assert store.run("ann", run.id) == run


NOT_MORE = {
    3: "was for 3 epochs: choose more",
    1: "choose more",
    1001: "from 1 to 1000",
}


@pytest.mark.parametrize(("epochs", "said"), NOT_MORE.items(), ids=map(str, NOT_MORE))
def test_epochs_that_are_not_more_are_refused_in_a_sentence(
    store, settings, epochs, said
):
    run = ended(store, settings, "done")
    with pytest.raises(Refused, match=said):
        store.more("ann", run.id, epochs)
    assert store.run("ann", run.id) == run


def test_going_on_counts_among_the_three_that_one_may_have(store, settings):
    run = ended(store, settings, "done")
    for key in "abc":
        store.ask_run("ann", run.project_id, run.document, key)
    with pytest.raises(Refused, match="You have 3 runs"):
        store.more("ann", run.id, 5)


def test_an_early_end_is_said(store, settings):
    run = ended(store, settings, "done", epochs=30)
    assert str(run.early) == "Done after 2 of 30 epochs: it got no better."
    assert ended_well(run).early is None
    assert replace(run, state="stopped").early is None


def ended_well(run):
    """The same run, trained to its last epoch."""
    return replace(run, epoch=run.epochs)


def test_only_the_line_with_the_epochs_changes(tmp_path):
    runs.create(tmp_path, digits(epochs=3))
    before = (tmp_path / runs.SCRIPT).read_text()
    runs.create(tmp_path, digits(epochs=12))
    after = (tmp_path / runs.SCRIPT).read_text()
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    assert changed == [("EPOCHS = 3", "EPOCHS = 12")]
    kept = Project.from_json((tmp_path / runs.PROJECT).read_bytes())
    assert kept.training.epochs == 12
    assert after == script(kept)


def test_a_script_is_never_made_shorter(tmp_path):
    runs.create(tmp_path, digits(epochs=12))
    runs.create(tmp_path, digits(epochs=3))
    assert "\nEPOCHS = 12\n" in (tmp_path / runs.SCRIPT).read_text()


@pytest.mark.parametrize("plan", [None, *schedules()])
def test_a_plan_that_reaches_to_the_end_says_that_it_changes(plan):
    said = longer.replanned(Training(schedule=plan))
    assert (said is not None) == (plan in ("cosine", "warmup_cosine"))


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_finished_run_goes_on_from_where_it_was(workshop):
    run = workshop.finish(workshop.ask(digits(epochs=2)))
    before = workshop.store.epochs(run.id)
    workshop.store.more("ann", run.id, 4)
    run = workshop.finish(run)
    assert (run.state, run.epoch, run.epochs) == ("done", 4, 4)
    after = workshop.store.epochs(run.id)
    assert after[:2] == before
    assert [row["epoch"] for row in after] == [1, 2, 3, 4]
    assert after[3]["loss"] < before[1]["loss"]


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_run_that_ended_early_has_patience_anew_when_it_goes_on(workshop):
    project = digits(epochs=20)
    callbacks = {"early_stopping": {"patience": 2, "min_delta": 10.0}}
    training = replace(project.training, callbacks=callbacks)
    run = workshop.finish(workshop.ask(replace(project, training=training)))
    assert (run.state, run.epoch) == ("done", 3)
    workshop.store.more("ann", run.id, 30)
    run = workshop.finish(run)
    assert (run.state, run.epoch, run.epochs) == ("done", 5, 30)


def test_a_project_with_very_many_moved_pictures_goes_on(store):
    moved = tuple((f"{number:012x}", "강아지" * 26) for number in range(15_000))
    tower = Tower(Placed("Images", {"changes": moved}), (Placed("Flatten"),))
    document = Project("Large", tower, Training(epochs=3)).to_json()
    assert len(document) > 1_000_000
    project = store.create_project("ann", "Large", document)
    run = store.ask_run("ann", project.id, document, "k")
    store.stop_run("ann", run.id)
    assert store.more("ann", run.id, 5)
