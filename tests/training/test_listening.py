"""A script's own callbacks: kept through a kill, and an early end is an end."""

from __future__ import annotations

import os
import signal
import time
import zipfile
from dataclasses import replace

import pytest

from bricks.project import Project
from codegen.source import script
from tests.training.workshop import Workshop, digits
from training import runs
from training.rows import RunRow

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]

PATIENT = {
    "early_stopping": {"patience": 5, "min_delta": 0.2, "restore_best_weights": True},
    "reduce_on_plateau": {"patience": 2, "min_delta": 0.2, "factor": 0.5},
}


def watched(epochs: int = 40, batch_size: int = 4) -> Project:
    """Digits in an order that never changes, which soon gets no better."""
    project = digits(epochs=epochs, batch_size=batch_size)
    listened = replace(project.training, callbacks=PATIENT, shuffle=False)
    return replace(project, training=listened)


def kill(workshop: Workshop, run: RunRow, epoch: int) -> None:
    """Kill the run's process in the middle of this epoch, and wait for the next one."""
    row = workshop.work_into_epoch(run, epoch)
    assert row.pid is not None
    os.kill(row.pid, signal.SIGKILL)
    workshop.work_until(lambda: workshop.see(run).pid != row.pid)


def figures(workshop: Workshop, run: RunRow, name: str) -> list[float]:
    """One figure of every epoch."""
    return [row[name] for row in workshop.store.epochs(run.id)]


def test_callbacks_go_on_after_a_kill_as_if_nothing_had_happened(workshop):
    whole = workshop.finish(workshop.ask(watched()))
    assert whole.state == "done"
    assert 8 <= whole.epoch < 40
    broken = workshop.ask(watched())
    for epoch in (4, whole.epoch - 3, whole.epoch - 1):
        kill(workshop, broken, epoch)
    broken = workshop.finish(broken)
    assert (broken.state, broken.epoch) == (whole.state, whole.epoch)
    rates = figures(workshop, whole, "learning_rate")
    assert rates[0] == pytest.approx(0.001)
    assert rates[-1] <= 0.0005
    assert figures(workshop, broken, "learning_rate") == pytest.approx(rates)
    for name in ("loss", "val_loss", "val_accuracy"):
        wanted = pytest.approx(figures(workshop, whole, name), rel=1e-3)
        assert figures(workshop, broken, name) == wanted


def test_an_early_end_is_done_and_not_offered_to_resume(workshop):
    run = workshop.finish(workshop.ask(watched(batch_size=32)))
    assert run.state == "done"
    assert run.epoch < run.epochs == 40
    assert not workshop.store.resume_run("ann", run.id)
    assert (runs.folder(workshop.settings, run.id) / runs.REPORT).exists()


def test_an_early_end_that_is_killed_in_its_report_trains_no_further(workshop):
    project = watched(batch_size=32)
    once = workshop.settings.home / "killed"
    deadly = f"""
def load_model(path, _load=keras.models.load_model):
    import os, pathlib
    once = pathlib.Path({str(once)!r})
    if not once.exists():
        once.touch()
        os.kill(os.getpid(), 9)
    return _load(path)


keras.models.load_model = load_model
"""
    run = workshop.ask(project, script=script(project) + deadly)
    workshop.work_until(once.exists)
    before = workshop.see(run)
    run = workshop.finish(run)
    assert run.state == "done"
    assert before.epoch <= run.epoch < run.epochs
    reached = workshop.finish(workshop.ask(project, owner="bob"))
    assert run.epoch == reached.epoch


def test_class_weights_and_every_metric_are_told_for_each_epoch(workshop):
    project = digits(epochs=2)
    training = replace(
        project.training,
        metrics=("top_3",),
        class_weights=True,
        optimizer="sgd",
        optimizer_settings={"momentum": 0.9},
        schedule="step",
        schedule_settings={"decay_epochs": 1, "decay_rate": 0.5},
        learning_rate=0.1,
    )
    run = workshop.finish(workshop.ask(replace(project, training=training)))
    assert (run.state, run.reason) == ("done", None)
    rows = workshop.store.epochs(run.id)
    assert {"top_3", "val_top_3", "accuracy", "val_accuracy"} <= set(rows[0])
    assert rows[0]["val_top_3"] >= rows[0]["val_accuracy"]
    assert [row["learning_rate"] for row in rows] == pytest.approx([0.1, 0.05])
    where = runs.folder(workshop.settings, run.id)
    assert "val_top_3" in (where / runs.HISTORY).read_text().splitlines()[0]
    assert set(run.progress["measures"]) == {"accuracy", "top_3"}


def test_tensorboards_log_goes_into_the_runs_folder(workshop, tmp_path):
    pytest.importorskip("tensorboard")
    project = digits(epochs=2)
    training = replace(project.training, callbacks={"tensorboard": {}})
    run = workshop.finish(workshop.ask(replace(project, training=training)))
    assert (run.state, run.reason) == ("done", None)
    where = runs.folder(workshop.settings, run.id)
    assert list((where / runs.LOGS).rglob("events.out.tfevents.*"))
    runs.export(where, tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as archive:
        assert any(name.startswith("logs/train/") for name in archive.namelist())


def with_best(project, monitor="val_loss"):
    """The project with a best checkpoint of its own by this figure."""
    on = {"best_checkpoint": {"monitor": monitor}}
    return replace(project, training=replace(project.training, callbacks=on))


def test_the_best_checkpoint_is_that_of_the_best_epoch(workshop, tmp_path):
    import keras

    # Too large steps at the end: the last epoch is not the best.
    project = with_best(digits(epochs=6), "loss")
    training = replace(project.training, learning_rate=0.3, optimizer="sgd")
    run = workshop.finish(workshop.ask(replace(project, training=training)))
    assert (run.state, run.reason) == ("done", None)
    where = runs.folder(workshop.settings, run.id)
    kept = keras.models.load_model(where / runs.BEST)
    losses = [row["loss"] for row in workshop.store.epochs(run.id)]
    steps = int(kept.optimizer.iterations) // -(-1_078 // 64)
    assert steps == 1 + losses.index(min(losses))
    runs.export(where, tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as archive:
        assert runs.BEST in archive.namelist()


def test_a_half_written_best_checkpoint_is_written_anew(workshop):
    # With such small steps no epoch is better than the first.
    project = with_best(digits(epochs=40), "val_accuracy")
    training = replace(project.training, learning_rate=1e-6, optimizer="sgd")
    run = workshop.ask(replace(project, training=training))
    workshop.work_into_epoch(run, 3)
    workshop.store.stop_run("ann", run.id)
    workshop.finish(run)
    kept = runs.folder(workshop.settings, run.id) / runs.BEST
    kept.write_bytes(kept.read_bytes()[:1000])
    workshop.store.resume_run("ann", run.id)
    assert workshop.finish(run).state == "done"
    assert zipfile.is_zipfile(kept)


def test_a_warm_worker_draws_no_progress_bar_into_the_log(workshop):
    jobs = workshop.trainer.engine.jobs
    workshop.work_until(lambda: jobs)
    until = time.monotonic() + 8.0  # till it is warm, most likely
    workshop.work_until(lambda: time.monotonic() > until)
    run = workshop.finish(workshop.ask(digits(epochs=2)))
    log = (runs.folder(workshop.settings, run.id) / runs.LOG).read_text()
    assert log.count("images_per_second") == 2
    assert "/step" not in log
    assert "Epoch 1/2" not in log
