"""What a run keeps of its bricks over the epochs, and that it changes nothing."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest

from codegen import live
from codegen.source import script
from explain.histograms import KINDS, read
from tests.training.workshop import digits
from training import runs

TOLD = ("loss", "val_loss", "accuracy", "val_accuracy")
pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


def curves(folder):
    """The loss and accuracy of each epoch, as told, to the last digit."""
    with (folder / runs.HISTORY).open() as file:
        return [[float(row[name]) for name in TOLD] for row in csv.DictReader(file)]


def by_itself(folder):
    """The curves of the run's script, run with nothing listening."""
    import keras

    made = live.module((folder / runs.SCRIPT).read_text("utf-8"))
    keras.utils.set_random_seed(made.SEED)
    data = made.load_data()
    told = made.train(made.build_model(), data).history
    return [list(row) for row in zip(*(told[name] for name in TOLD), strict=True)]


def test_a_run_keeps_histograms_and_its_curves_are_those_without(workshop):
    run = workshop.finish(workshop.ask(digits(epochs=4)))  # with a dropout
    folder = runs.folder(workshop.settings, run.id)
    kept = read(folder / runs.HISTOGRAMS)
    assert (kept.epochs[0], kept.epochs[-1]) == (0, 4)
    assert kept.bricks == [("f", 0), ("d", 0), ("o", 0), ("a", 0)]
    weights = kept.mean[:, 1, KINDS.index("weights")]
    assert len(set(weights.tolist())) == len(kept.epochs)  # they were trained
    assert curves(folder) == by_itself(folder)


def test_more_epochs_go_on_where_the_histograms_ended(workshop):
    run = workshop.finish(workshop.ask(digits(epochs=2)))
    path = runs.folder(workshop.settings, run.id) / runs.HISTOGRAMS
    before = read(path)
    workshop.store.more("ann", run.id, 4)
    workshop.finish(run)
    after = read(path)
    assert (after.epochs[0], after.epochs[-1]) == (0, 4)
    shared = np.isin(after.epochs, before.epochs)
    np.testing.assert_array_equal(after.counts[shared][0], before.counts[0])


def test_a_script_of_another_tower_trains_without_histograms(workshop):
    """As an earlier Brickyard may have printed it, for "run again"."""
    other = digits(epochs=1)
    flat, *_, answer = other.tower.bricks
    other = replace(other, tower=replace(other.tower, bricks=(flat, answer)))
    run = workshop.finish(workshop.ask(digits(epochs=1), script=script(other)))
    folder = runs.folder(workshop.settings, run.id)
    assert run.state == "done"
    assert (folder / runs.REPORT).exists()
    assert not (folder / runs.HISTOGRAMS).exists()


def test_a_training_that_is_resumed_begins_no_new_histograms(workshop):
    run = workshop.ask(digits(epochs=60))
    workshop.work_until(lambda: workshop.see(run).epoch >= 3)
    workshop.store.stop_run("ann", run.id)
    workshop.work_until(lambda: workshop.see(run).state == "stopped")
    path = runs.folder(workshop.settings, run.id) / runs.HISTOGRAMS
    before = read(path)
    workshop.store.resume_run("ann", run.id)
    assert workshop.finish(run).state == "done"
    after = read(path)
    assert (after.epochs[0], after.epochs[-1]) == (0, 60)
    np.testing.assert_array_equal(after.counts[0], before.counts[0])


def test_a_run_whose_histograms_can_not_be_written_trains_to_its_end(workshop):
    run = workshop.ask(digits(epochs=1))
    folder = runs.folder(workshop.settings, run.id)
    (folder / runs.HISTOGRAMS).mkdir(parents=True)  # where the file would be
    assert workshop.finish(run).state == "done"
    assert (folder / runs.REPORT).exists()
