"""Telling other programs of runs: nobody waits, and nothing is left behind."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.training.tracked import Recorded, tracking, wait_for
from training.messages import Batch
from training.tracking import outbox as outboxes
from training.tracking import unsent
from training.tracking.outbox import MOST, Outbox
from training.tracking.tracker import Tracker

ROOT = Path(__file__).parents[2]
ALIVE = """
import sys, time
from pathlib import Path
from training.settings import Settings
from training.tracking.tracker import Tracker
tracker = Tracker(Settings.from_environment())
while tracker.process is None:
    time.sleep(0.01)
print(tracker.process.pid, flush=True)
time.sleep(60)
"""


def test_where_nothing_is_set_there_is_no_program_and_no_thread(settings):
    before = threading.active_count()
    with tracking(settings) as tracker:
        Recorded(settings).train(tracker, 1, 2)
        assert threading.active_count() == before
    assert tracker.process is None
    assert tracker.named.empty()


@pytest.mark.parametrize(
    ("package", "name", "value"),
    [
        ("mlflow", "BRICKYARD_MLFLOW", {"mlflow": "http://localhost:5000"}),
        ("tensorboard", "BRICKYARD_TENSORBOARD", {"tensorboard": Path("/nowhere")}),
    ],
)
def test_a_missing_package_is_one_sentence(
    settings, monkeypatch, caplog, package, name, value
):
    monkeypatch.setitem(sys.modules, package, None)  # it can't be imported from now on
    with tracking(replace(settings, **value)) as tracker:
        Recorded(settings).train(tracker, 1, 2)
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert name in record.message
    assert package in record.message
    assert tracker.process is None


def test_batches_are_not_told(settings, tmp_path):
    pytest.importorskip("tensorboard")
    with tracking(replace(settings, tensorboard=tmp_path / "curves")) as tracker:
        tracker.hear("a" * 32, Batch(1, 1, 9, 0.5, 0.5, {}, 0.001, 100.0, None))
        assert tracker.named.empty()
        assert not tracker.recent


def test_a_program_that_hears_nothing_holds_up_nobody(settings, tmp_path, caplog):
    pytest.importorskip("tensorboard")
    settings.home.mkdir()
    tracker = Tracker(replace(settings, tensorboard=tmp_path / "curves"))
    wait_for(lambda: tracker.process)
    tracker.process.send_signal(signal.SIGSTOP)
    run = Recorded(settings)
    pipe = 64 * 1024 // len(f"{run.id}\n")  # what Linux takes for it
    for _ in range(3 * (pipe + tracker.named.maxsize)):
        run.train(tracker)
    assert [r.message for r in caplog.records if "hears nothing" in r.message] == [
        "The program that logs runs elsewhere hears nothing."
    ]
    tracker.close()
    assert tracker.process.returncode == -signal.SIGKILL
    assert unsent.read(settings.home) == {"TensorBoard": [run.id]}


def test_it_ends_with_a_trainer_that_is_killed(settings, tmp_path, monkeypatch):
    pytest.importorskip("tensorboard")
    told = replace(settings, tensorboard=tmp_path / "curves")
    settings.home.mkdir()
    for name, value in told.to_environment().items():
        monkeypatch.setenv(name, value)
    trainer = subprocess.Popen(
        [sys.executable, "-c", ALIVE], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    program = psutil.Process(int(trainer.stdout.readline()))
    assert "training.tracking.process" in program.cmdline()
    trainer.kill()
    trainer.wait()
    trainer.stdout.close()
    gone, alive = psutil.wait_procs([program], timeout=30)
    assert (len(gone), alive) == (1, [])


def test_a_run_that_waits_is_sent_once_however_often_it_changed():
    held, sent = threading.Event(), []

    def send(run_id: str) -> None:
        held.wait(10)
        sent.append(run_id)

    outbox = Outbox("Somebody", send)
    outbox.add("a")
    wait_for(lambda: outbox.sending)
    for _ in range(5):
        outbox.add("ab")  # a again, because it may have changed since it was read
    held.set()
    assert outbox.close(10) == []
    assert sent == ["a", "b", "a"] or sent == ["a", "a", "b"]


def test_the_oldest_of_too_many_runs_are_forgotten():
    held = threading.Event()
    outbox = Outbox("Somebody", lambda _: held.wait(10))
    outbox.add(["first"])
    wait_for(lambda: outbox.sending)
    outbox.add(str(number) for number in range(MOST + 5))
    assert outbox.forgotten == 5
    assert list(outbox.waiting) == [str(number) for number in range(5, MOST + 5)]
    assert outbox.close(0.0)[-1] == "first"
    held.set()


def test_one_run_that_can_not_be_told_does_not_keep_the_others(monkeypatch, caplog):
    monkeypatch.setattr(outboxes, "FIRST_PAUSE", 0.01)
    sent, tries = [], []

    def send(run_id: str) -> None:
        if run_id == "bad":
            tries.append(run_id)
            raise ValueError("It is bad.")
        sent.append(run_id)

    outbox = Outbox("Somebody", send)
    for number in range(outboxes.TRIES):
        outbox.add(["bad", str(number)])
        wait_for(lambda n=number: len(tries) > n and str(n) in sent)
    outbox.add(["last"])
    assert wait_for(lambda: "last" in sent and "bad" not in outbox.waiting)
    assert outbox.close(10) == []
    said = [r.message for r in caplog.records if r.levelno == logging.WARNING]
    assert len(said) == 2
    assert "It is bad." in said[0]
    assert said[1] == "Somebody does not take run bad."
