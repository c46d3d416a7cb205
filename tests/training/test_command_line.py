"""`python -m training` in a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from argparse import ArgumentTypeError
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from bricks.recipes import recipe
from bricks.words import Text
from tests.training.workshop import digits
from training.__main__ import _whole
from training.ledger import Ledger
from training.store import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def command(settings):
    """Run `python -m training ...` with a home of its own."""

    def run(*words, **environment):
        given = {**os.environ, **settings.to_environment(), **environment}
        return subprocess.run(
            [sys.executable, "-m", "training", *map(str, words)],
            cwd=ROOT,
            env={name: value for name, value in given.items() if value is not None},
            capture_output=True,
            text=True,
        )

    return run


COMMANDS = ["run", "try", "runs", "export", "show", "pause", "resume", "stop", "serve"]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_has_its_usage(command, name):
    told = command(*([name] if name else []), "--help")
    assert told.returncode == 0
    assert told.stdout.startswith("usage: python -m training")


BAD = {
    "no command": [],
    "no such command": ["fly"],
    "no such recipe": ["run", "no-such-recipe"],
    "no axis": ["try", "digits-cnn", "--vary", "units"],
    "no such setting": ["try", "digits-cnn", "--vary", "b1.colour=1,2"],
    "a range of words": ["try", "digits-cnn", "--vary", "b1.filters=few..many"],
    "no epochs": ["run", "digits-cnn", "--epochs", "0"],
    "no folder": ["run", "digits-cnn", "--data", "/nowhere"],
    "no such run": ["export", "0" * 32],
    "no run's id": ["stop", "../../etc"],
    "nothing to show": ["show", "f" * 32],
    "nothing to pause": ["pause", "f" * 32],
    "nothing to resume": ["resume", "f" * 32],
    "nothing to train more": ["resume", "f" * 32, "--epochs", "9"],
}


@pytest.mark.parametrize("words", BAD.values(), ids=BAD)
def test_bad_usage_is_said_on_standard_error(command, words):
    told = command(*words)
    assert (told.returncode, told.stdout) == (2, "")
    assert "Traceback" not in told.stderr
    assert told.stderr.strip()


def test_a_bad_setting_is_said_by_name(command):
    told = command("runs", BRICKYARD_SLOTS="none")
    assert told.returncode == 2
    assert told.stderr.startswith("BRICKYARD_SLOTS must be")


def test_a_tower_with_problems_is_not_trained(command, tmp_path):
    project = recipe("digits-cnn")
    text = project.to_json().replace('"units": 10', '"units": 9')
    (tmp_path / "loose.brick.json").write_text(text)
    told = command("run", tmp_path / "loose.brick.json")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("Category: ")


def test_runs_are_listed_stopped_and_resumed(command, settings, store):
    project = store.create_project("ann", "Mine", digits().to_json())
    run = store.ask_run("ann", project.id, project.document, "k")
    assert command("stop", run.id).returncode == 0
    line = command("runs").stdout
    assert line.split() == [run.id, "stopped", "0/3", "Small"]
    assert store.run("ann", run.id).state == "stopped"


def test_a_run_is_paused_and_goes_on_to_more_epochs(command, settings, store):
    project = store.create_project("ann", "Mine", digits().to_json())
    run = store.ask_run("ann", project.id, project.document, "k")
    assert command("pause", run.id).returncode == 0
    assert store.run("ann", run.id).state == "paused"
    with FileLock(settings.lock):  # so that it starts no trainer
        fewer = command("resume", run.id, "--epochs", 3)
        assert (fewer.returncode, fewer.stdout) == (2, "")
        assert "was for 3 epochs: choose more" in fewer.stderr
        assert command("resume", run.id, "--epochs", 5).returncode == 0
    again = store.run("ann", run.id)
    assert (again.state, again.epochs) == ("waiting", 5)


def test_a_run_is_shown_with_what_is_needed_to_repeat_it(command, settings, store):
    project = store.create_project("ann", "Mine", digits().to_json())
    run = store.ask_run("ann", project.id, project.document, "k")
    ledger = Ledger(settings.database)
    ledger.take()
    ledger.started(run.id, "CPU", [], {"seed": 42, "versions": {"keras": "3.9"}})
    ledger.epoch(run.id, {"epoch": 1, "loss": 0.5})
    ledger.about(run.id, {"data": {"sha256": {"mnist.npz": "00ff"}}})
    ledger.end(run.id, "failed", Text("Too hot.").to_json())
    ledger.close()
    told = command("show", run.id).stdout.splitlines()
    assert told[0] == "Small: failed: Too hot."
    lines = dict(line.split(maxsplit=1) for line in told[1:])
    assert lines["epochs"] == "1 of 3"
    assert lines["loss"] == "0.5"
    assert lines["seed"] == "42"
    assert lines["versions.keras"] == "3.9"
    assert lines["data.sha256.mnist.npz"] == "00ff"
    assert lines["folder"] == "none yet"


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_project_is_trained_in_the_terminal(command, tmp_path):
    (tmp_path / "t.brick.json").write_text(digits().to_json())
    out = tmp_path / "out"
    told = command("run", tmp_path / "t.brick.json", "--epochs", 2, "--out", out)
    assert told.returncode == 0, told.stderr
    assert "2/2  loss" in told.stdout
    assert told.stdout.splitlines()[-1].startswith("test accuracy 0.")
    assert "EPOCHS = 2" in (out / "train.py").read_text()
    assert (out / "model.keras").exists()
    again = command("run", tmp_path / "t.brick.json", "--epochs", 2, "--out", out)
    assert again.returncode == 2
    assert "is not empty" in again.stderr


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_the_terminal_tells_every_metric_and_an_early_end(command, tmp_path):
    project = digits(epochs=9)
    callbacks = {"early_stopping": {"patience": 1, "min_delta": 10.0}}
    training = replace(project.training, metrics=("top_3",), callbacks=callbacks)
    (tmp_path / "t.brick.json").write_text(
        replace(project, training=training).to_json()
    )
    told = command("run", tmp_path / "t.brick.json", "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    epoch, end = told.stdout.splitlines()[2:4]
    assert epoch.startswith("   2/9  loss")
    assert "  val_top_3 0." in epoch
    assert "  learning_rate 0.001" in epoch
    assert end == "Done after 2 of 9 epochs: it got no better."


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_run_broken_off_in_the_terminal_goes_on(command, settings, tmp_path):
    (tmp_path / "t.brick.json").write_text(digits(epochs=60).to_json())
    words = ["run", str(tmp_path / "t.brick.json"), "--out", str(tmp_path / "out")]
    first = subprocess.Popen(
        [sys.executable, "-m", "training", *words],
        cwd=ROOT,
        env={**os.environ, **settings.to_environment()},
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in first.stdout:
        if line.strip().startswith("3/60"):
            break
    first.send_signal(signal.SIGKILL)
    first.communicate()
    time.sleep(0.5)
    told = command(*words)
    assert told.returncode == 0, told.stderr
    assert "   1/60" not in told.stdout
    assert "  60/60" in told.stdout
    lines = (tmp_path / "out" / "history.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [str(n + 1) for n in range(60)]


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_missing_mnist_is_one_sentence_with_both_remedies(command, tmp_path):
    told = command(
        "run",
        "mnist-mlp",
        "--out",
        tmp_path / "out",
        KERAS_HOME=str(tmp_path),
        BRICKYARD_DATASETS=None,
        HTTPS_PROXY="http://127.0.0.1:1",
        https_proxy="http://127.0.0.1:1",
    )
    assert told.returncode == 1
    assert "BRICKYARD_DATASETS" in told.stderr
    assert "connect the server to the network" in told.stderr


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
def test_a_run_on_record_is_exported(command, workshop, tmp_path):
    run = workshop.finish(workshop.ask(digits(epochs=1)))
    told = command("export", run.id, "-o", tmp_path / "mine.zip")
    assert told.returncode == 0, told.stderr
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        assert "model.keras" in archive.namelist()
    assert Store(workshop.settings.database).run("ann", run.id).state == "done"


def test_noughts_do_not_lead_past_the_limit():
    with pytest.raises(ArgumentTypeError):
        _whole("0010009999")
    assert _whole("1000") == 1000
