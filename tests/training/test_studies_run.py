"""Studies in a real trainer: trained, given up, stopped, taken up again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from bricks.variants import Axis, Plan
from tests.training.serving import ROOT, Server, lives, worker_of
from tests.training.test_launch import trainers
from tests.training.workshop import Workshop, digits
from training import runs
from training.rows import ACTIVE, DONE, RUNNING, STOPPED
from training.studies import MISFIT, PRUNED, Studies

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]

SEED = 5
"""With which the variant that learns nothing comes last."""


def ask(workshop: Workshop, plan: Plan, project=None, owner: str = "ann"):
    """A study of a new project of theirs."""
    document = (project or digits()).to_json()
    row = workshop.store.create_project(owner, "Mine", document)
    return Studies(workshop.store).ask(owner, row.id, document, plan, row.id)


def trials(workshop: Workshop, study):
    """As the page sees them."""
    return Studies(workshop.store).trials(study.owner, study.id)


def finish(workshop: Workshop, study):
    """The study at its end."""
    studies = Studies(workshop.store)
    workshop.work_until(lambda: studies.study(study.owner, study.id).state != RUNNING)
    workshop.work_until(lambda: not workshop.trainer.engine.run_ids)
    return studies.study(study.owner, study.id)


def test_a_grid_trains_every_variant_that_holds(workshop):
    axes = (Axis("d", "units", (4, 64)), Axis("a", "units", (10, 11)))
    study = ask(workshop, Plan(axes, "grid", epochs=2, prune=False))
    assert finish(workshop, study).state == DONE
    found = trials(workshop, study)
    holding = {t.chosen["d.units"]: t for t in found if t.chosen["a.units"] == 10}
    assert {trial.state for trial in holding.values()} == {DONE}
    others = [t for t in found if t.chosen["a.units"] == 11]
    assert [trial.state for trial in others] == [MISFIT, MISFIT]
    for units, trial in holding.items():
        script = runs.folder(workshop.settings, trial.run.id) / runs.SCRIPT
        assert f"Dense({units}, " in script.read_text()
        values = [e["val_accuracy"] for e in workshop.store.epochs(trial.run.id)]
        assert (trial.value, trial.epochs) == (max(values), 2)


def test_what_learns_nothing_is_given_up_after_an_epoch(workshop):
    rates = (0.003, 0.004, 0.005, 0.006, 1e-6)
    plan = Plan((Axis(None, "learning_rate", rates),), "grid", epochs=4, seed=SEED)
    study = ask(workshop, plan)
    assert finish(workshop, study).state == DONE
    last = trials(workshop, study)[-1]
    assert last.chosen == {"training.learning_rate": 1e-6}
    assert (last.state, last.epochs) == (PRUNED, 1)
    left = runs.folder(workshop.settings, last.run.id)
    assert not (left / runs.REPORT).exists()  # nobody asks how it does in the test


def test_stop_all_ends_every_run_at_once(workshop):
    axis = Axis(None, "seed", tuple(range(9)))
    study = ask(workshop, Plan((axis,), "grid", epochs=500), digits(batch_size=2))
    workshop.work_until(lambda: [t for t in trials(workshop, study) if t.epochs])
    assert Studies(workshop.store).stop("ann", study.id)
    workshop.work_until(lambda: not workshop.trainer.engine.run_ids)
    assert {trial.state for trial in trials(workshop, study)} == {STOPPED}
    assert workshop.store.runs("ann", study.project_id)


def test_a_trainer_killed_in_mid_study_is_followed_by_one_that_goes_on(settings):
    workshop = Workshop(settings)
    server = Server(settings)
    server.start()
    try:
        axis = Axis("d", "units", (8, 16, 24))
        study = ask(workshop, Plan((axis,), "grid", epochs=2, prune=False))
        for ended in (0, 1):
            until(lambda n=ended: _under_way(workshop, study, n))
            (going,) = [t for t in trials(workshop, study) if t.state in ACTIVE]
            process = worker_of(going.run)
            server.kill()
            until(lambda of=process: of is None or not lives(of))
            server.start()
        studies = Studies(workshop.store)
        until(lambda: studies.study("ann", study.id).state != RUNNING)
        found = trials(workshop, study)
    finally:
        server.kill()
        workshop.close()
    assert [(t.number, t.state, t.epochs) for t in found] == [
        (number, DONE, 2) for number in (1, 2, 3)
    ]
    assert {trial.chosen["d.units"] for trial in found} == {8, 16, 24}


def test_a_terminal_prints_each_variant_and_the_best(settings):
    words = ["try", "digits-cnn", "--epochs", "1", "--vary", "training.seed=1,2"]
    try:
        told = subprocess.run(
            [sys.executable, "-m", "training", *words, "--vary", "b6.units=10,11"],
            cwd=ROOT,
            env={**os.environ, **settings.to_environment()},
            capture_output=True,
            text=True,
        )
    finally:
        for trainer in trainers(settings.home):
            trainer.send_signal(signal.SIGTERM)
            trainer.wait(30)
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert [line.split()[1] for line in lines if line[0] == "#"].count("done") == 2
    assert sum("misfit" in line for line in lines) == 2
    assert lines[-1].startswith("best: #")


def until(happened, longest: float = 240.0) -> None:
    """Wait for something that other processes do; Keras is imported three times."""
    deadline = time.monotonic() + longest
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def _under_way(workshop, study, ended):
    """So many variants have ended, and the next one trains."""
    found = trials(workshop, study)
    going = [t for t in found if t.state == RUNNING and t.run.pid]
    return sum(t.state == DONE for t in found) >= ended and going
