"""The worker's parts: data loaded ahead, a log that ends, reports that are few."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from codegen.source import script
from tests.shelved import shelved, tower_on
from tests.training.workshop import Workshop, digits
from training.messages import Batch
from uploads.shelf import Shelf

ROOT = Path(__file__).parents[2]

FLOOD = """
import sys
from pathlib import Path
from training.worker import life
log = Path(sys.argv[1])
life.log_to(log)
print("x" * 5000, flush=True)
life.cap(log, most=1000)
print("y" * 5000, flush=True)
"""


def test_a_log_is_cut_and_ends(tmp_path):
    log = tmp_path / "log.txt"
    subprocess.run([sys.executable, "-c", FLOOD, str(log)], cwd=ROOT, check=True)
    assert log.read_text() == "x" * 1000 + "\n(the log is cut here)\n"


def test_how_to_train_does_not_change_what_is_loaded():
    from training.worker.prepared import loading_part

    one, other = script(digits()), script(digits(epochs=9, batch_size=8))
    assert one != other
    assert loading_part(one) == loading_part(other)
    assert loading_part(one) != loading_part(one.replace("(16)", "(15)"))


def test_what_own_pictures_are_decides_what_is_loaded(settings, tmp_path, monkeypatch):
    from training.worker.prepared import DATA, loading_part

    shelf = Shelf(settings.home, "ann")
    dataset = shelved(shelf, tmp_path / "own", {"cat": 5, "dog": 5})
    source = script(tower_on(dataset))
    part = loading_part(source)
    assert part == loading_part(script(tower_on(dataset, epochs=7)))
    assert "def build_model" not in part
    for name in ("SPLIT_SEED = 1", "def split_pictures", "IMAGE_SIZE", "import Image"):
        assert name in part, name
    assert part != loading_part(script(tower_on(dataset, split_seed=2)))
    monkeypatch.setenv(DATA, str(tmp_path))
    assert part != loading_part(source)


@pytest.mark.keras
def test_data_are_loaded_once_for_scripts_that_load_the_same():
    from codegen import live
    from training.worker.prepared import Prepared

    prepared, source = Prepared(), script(digits())
    prepared.load(source, None, busy=lambda: False)
    loaded = prepared.data(live.module(source), source)
    assert prepared.data(live.module(source), source) is loaded
    other = source.replace("(16)", "(8)")
    assert prepared.data(live.module(other), other)[0][0].max() == 2.0


@pytest.mark.keras
def test_reports_are_few_and_the_first_is_at_once():
    import keras

    from training.worker.callbacks import Reporting
    from training.worker.journal import Journal

    sent: list[object] = []
    journal = Journal()
    reporting = Reporting(sent.append, journal, images=1000)
    reporting.set_model(SimpleNamespace(optimizer=keras.optimizers.SGD(0.5)))
    reporting.set_params({"steps": 100, "epochs": 2})
    reporting.on_epoch_begin(0)
    began = time.perf_counter()
    for batch in range(100):
        reporting.on_train_batch_end(batch, logs={"loss": 1.0, "accuracy": 0.5})
        time.sleep(0.005)
    spent = time.perf_counter() - began
    reporting.on_test_begin()
    reporting.on_epoch_end(0, logs={"loss": 1.0, "val_accuracy": 0.5})
    batches = [message for message in sent if isinstance(message, Batch)]
    assert batches == sent  # the epoch is told once its checkpoint is on the disk
    assert batches[0].batch == 1
    assert len(batches) <= 1 + spent / 0.2
    (figures,) = journal.figures
    assert figures["epoch"] == 1
    assert batches[0].measures == {"accuracy": 0.5}
    assert batches[0].learning_rate == figures["learning_rate"] == 0.5


@pytest.mark.keras
def test_seconds_left_are_the_runs_in_both_of_two_steps():
    import keras

    from training.worker.callbacks import Reporting
    from training.worker.journal import Journal

    sent: list[Batch] = []
    for anew in (3, 1):
        journal = Journal([{"seconds": 2.0}])
        reporting = Reporting(sent.append, journal, 1000, epochs=10, anew=anew)
        reporting.set_model(SimpleNamespace(optimizer=keras.optimizers.SGD(0.5)))
        reporting.set_params({"steps": 4, "epochs": anew})
        reporting.on_epoch_begin(1)
        reporting.began -= 300.0
        reporting.on_train_batch_end(1, logs={"loss": 1.0})
    first, second = (message.seconds_left for message in sent)
    assert first == 2.0 * 8.5
    assert second >= 600.0 * 8.5  # not by an epoch on features


BETTER = {
    "accuracy": ({"val_accuracy": 0.5, "val_loss": 1.0}, 0.5),
    "mae": ({"val_mae": 0.5, "val_loss": 1.0}, -0.5),
    "loss": ({"val_mae": 0.5, "val_loss": 1.0}, -1.0),
    "r2": ({"loss": 2.0}, -2.0),
}


@pytest.mark.keras
@pytest.mark.parametrize("measure", BETTER)
def test_the_best_is_told_by_the_labels_own_measure(tmp_path, measure):
    import keras

    from training.worker.best import Best
    from training.worker.journal import Journal

    logs, best = BETTER[measure]
    journal = Journal()
    keeping = Best(tmp_path / "model.keras", journal, measure)
    keeping.set_model(keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)]))
    keeping.on_epoch_end(0, logs)
    assert journal.best == best
    assert (tmp_path / "model.keras").exists()


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_resumed_run_does_not_meet_its_former_self(settings):
    workshop = Workshop(replace(settings, slots=2))
    try:
        run = workshop.ask(digits(epochs=60))
        workshop.work_until(lambda: workshop.see(run).epoch >= 2)
        workshop.store.stop_run("ann", run.id)
        workshop.work_until(lambda: workshop.see(run).state == "stopped")
        workshop.store.resume_run("ann", run.id)
        assert workshop.finish(run).state == "done"
        epochs = [row["epoch"] for row in workshop.store.epochs(run.id)]
        assert epochs == list(range(1, 61))
    finally:
        workshop.close()


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_run_marked_as_running_that_has_no_process_is_taken_up(workshop):
    run = workshop.ask(digits(epochs=1))
    assert workshop.ledger.take().id == run.id  # and then its trainer was ended
    assert workshop.finish(run).state == "done"


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_the_kernel_takes_a_worker_before_the_page(workshop):
    run = workshop.ask(digits(epochs=200))
    pid = workshop.work_into_epoch(run, 1).pid
    score = Path(f"/proc/{pid}/oom_score_adj")
    if not score.exists() or os.geteuid() != 0:
        pytest.skip("only Linux has it, and only root sees it here")
    assert int(score.read_text()) == 700
