"""A run, from the press of Train to its report, by a real worker."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile

import numpy as np
import psutil
import pytest

from bricks.project import Project
from bricks.words import Text
from codegen.source import script
from tests.training.workshop import digits
from training import runs
from training.worker.journal import COLUMNS

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]

FILES = [
    "checkpoint",
    "histograms.npz",
    "history.csv",
    "log.txt",
    "mistakes.npz",
    "model.keras",
    "project.brick.json",
    "report.json",
    "train.py",
]


def test_a_run_goes_to_its_end(workshop):
    project = digits(epochs=3)
    run = workshop.finish(workshop.ask(project))
    assert (run.state, run.epoch, run.reason, run.device) == ("done", 3, None, "CPU")
    assert run.asked <= run.started <= run.ended

    where = runs.folder(workshop.settings, run.id)
    assert sorted(path.name for path in where.iterdir()) == FILES
    assert (where / "train.py").read_text() == script(project)
    assert Project.from_json((where / "project.brick.json").read_text()) == project

    figures = workshop.store.epochs(run.id)
    assert [row["epoch"] for row in figures] == [1, 2, 3]
    assert set(figures[0]) == set(COLUMNS) - {"mae", "val_mae"}
    kept = list(csv.DictReader((where / "history.csv").open()))
    assert [float(row["val_loss"]) for row in kept] == [r["val_loss"] for r in figures]

    report = json.loads((where / "report.json").read_text())
    assert sum(map(sum, report["confusion"])) == 360
    assert report["test"]["accuracy"] > 0.3
    assert report["seed"] == 42
    assert {"python", "keras", "tensorflow", "numpy"} == set(report["versions"])
    with np.load(where / "mistakes.npz") as arrays:
        assert arrays["pictures"].shape == (len(report["mistakes"]), 8, 8, 1)


def test_the_script_alone_repeats_the_run(workshop):
    run = workshop.finish(workshop.ask(digits(epochs=2)))
    where = runs.folder(workshop.settings, run.id)
    alone = workshop.settings.home / "alone"
    alone.mkdir()
    (alone / "train.py").write_bytes((where / "train.py").read_bytes())
    told = subprocess.run(
        [sys.executable, "train.py"],
        cwd=alone,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "KERAS_BACKEND": "tensorflow"},
    ).stdout
    test = json.loads((where / "report.json").read_text())["test"]
    accuracy, loss = told.splitlines()[-1].split(", ")
    assert float(accuracy.split()[-1]) == pytest.approx(test["accuracy"], abs=0.02)
    assert float(loss.split()[-1]) == pytest.approx(test["loss"], abs=0.05)


def test_progress_is_told_within_the_epoch(workshop):
    run = workshop.ask(digits(epochs=60, batch_size=2))
    progress = workshop.work_into_epoch(run, 1).progress
    assert 0 < progress["batch"] <= progress["batches"] == 539
    assert progress["seconds_left"] > 0
    assert progress["images_per_second"] > 0


def test_stop_is_prompt_and_keeps_what_was_reached(workshop):
    run = workshop.ask(digits(epochs=900))
    workshop.work_until(lambda: workshop.see(run).epoch >= 2)
    pid = workshop.see(run).pid
    workshop.store.stop_run("ann", run.id)
    run = workshop.finish(run)
    assert run.state == "stopped"
    assert run.epoch >= 2
    assert not psutil.pid_exists(pid)
    where = runs.folder(workshop.settings, run.id)
    assert sum(map(sum, json.loads((where / "report.json").read_text())["confusion"]))


def test_a_stopped_run_can_be_resumed(workshop):
    run = workshop.ask(digits(epochs=60))
    workshop.work_until(lambda: workshop.see(run).epoch >= 15)
    workshop.store.stop_run("ann", run.id)
    workshop.finish(run)
    before = workshop.store.epochs(run.id)
    workshop.store.resume_run("ann", run.id)
    run = workshop.finish(run)
    after = workshop.store.epochs(run.id)
    assert run.state == "done"
    assert [row["epoch"] for row in after] == list(range(1, 61))
    assert after[: len(before) - 1] == before[:-1]
    assert after[len(before)]["accuracy"] > before[-1]["accuracy"] - 0.1


def test_a_stop_while_the_data_load_is_heard(workshop):
    slow = script(digits()) + "\nimport time\n_load = load_data\n"
    slow += "def load_data():\n    time.sleep(600)\n"
    run = workshop.ask(digits(), script=slow)
    workshop.work_until(lambda: workshop.see(run).device)
    workshop.store.stop_run("ann", run.id)
    assert workshop.finish(run).state == "stopped"


BROKEN = {
    "memory": ("raise MemoryError", "memory ran out", 1),
    "error": ("raise ValueError('!')", "error (ValueError); the log of run", 1),
    "disk": ("raise OSError(28, 'full')", "disk is full", 1),
    "abort": ("import os; os.abort()", "2 times without .* (exit code -6)", 2),
}


@pytest.mark.parametrize(("fault", "said", "tries"), BROKEN.values(), ids=BROKEN)
def test_a_failure_is_said_in_a_sentence(workshop, fault, said, tries):
    broken = script(digits()) + f"\ndef load_data():\n    {fault}\n"
    run = workshop.finish(workshop.ask(digits(), script=broken))
    assert (run.state, run.tries) == ("failed", tries)
    for part in said.split(".*"):
        assert part.strip() in str(Text.from_json(run.reason))
    log = (runs.folder(workshop.settings, run.id) / "log.txt").read_text()
    assert "load_data" in log or tries == 2


def test_a_loss_that_is_no_number_is_said(workshop):
    wild = script(digits()).replace("loss=", "loss=lambda y, p: p * float('nan'),\n#")
    run = workshop.finish(workshop.ask(digits(), script=wild))
    assert run.state == "failed"
    assert "NaN (not a number) in epoch 1" in str(Text.from_json(run.reason))
    assert run.progress == {} or run.progress["loss"] != run.progress["loss"]


def test_a_tower_that_does_not_hold_is_not_trained(workshop):
    project = digits()
    loose = Project(project.name, project.tower.__class__(project.tower.data, ()))
    run = workshop.finish(workshop.ask(loose))
    assert run.state == "failed"
    assert str(Text.from_json(run.reason)).startswith("Category: ")


def test_one_person_trains_at_a_time(workshop):
    first = workshop.ask(digits(epochs=200))
    second = workshop.ask(digits(), owner="bob")
    third = workshop.ask(digits())
    workshop.work_into_epoch(first, 1)
    places = [workshop.store.place(run.id) for run in (first, second, third)]
    assert places == [0, 1, 2]
    workshop.store.stop_run("ann", first.id)
    assert workshop.finish(third).state == "done"
    assert workshop.see(second).started < workshop.see(third).started


def test_a_run_can_be_taken_home(workshop, tmp_path):
    run = workshop.finish(workshop.ask(digits(epochs=1)))
    runs.export(runs.folder(workshop.settings, run.id), tmp_path / "run.zip")
    with zipfile.ZipFile(tmp_path / "run.zip") as archive:
        assert archive.namelist() == [name for name in FILES if name != "checkpoint"]


def test_a_run_is_known_by_a_safe_id(settings):
    with pytest.raises(ValueError, match="32 hexadecimal"):
        runs.folder(settings, "../../etc")
