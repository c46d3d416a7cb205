"""The trainer is started where none is running, and only there."""

from __future__ import annotations

import os
import signal
import threading
import time

import psutil
import pytest

from tests.training.workshop import LONGEST
from training import code
from training import trainer as trainer_module
from training.engines.local import LocalEngine
from training.launch import ensure_trainer, is_running
from training.ledger import Ledger
from training.trainer import Trainer

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


def trainers(home) -> list[psutil.Process]:
    """The trainers of this home."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        environ, words = process.info["environ"] or {}, process.info["cmdline"] or []
        serves = words[1:] == ["-m", "training", "serve"]
        if serves and environ.get("BRICKYARD_HOME") == str(home):
            found.append(process)
    return found


def test_a_trainer_makes_room_for_newer_code(settings, monkeypatch):
    stamps = iter(["old", *["new"] * 9])
    monkeypatch.setattr(code, "stamp", lambda: next(stamps))
    monkeypatch.setattr(trainer_module, "COMPARE_SECONDS", 0.0)
    ledger = Ledger(settings.database)
    trainer = Trainer(settings, ledger, LocalEngine(settings))
    trainer.serve()
    assert trainer.outdated
    ledger.close()


def test_one_trainer_is_started_however_many_ask(settings, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    pages = [threading.Thread(target=ensure_trainer, args=[settings]) for _ in range(4)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    try:
        deadline = time.monotonic() + LONGEST
        while not (is_running(settings) and len(trainers(settings.home)) == 1):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        (trainer,) = trainers(settings.home)
        assert "PYTHONDONTWRITEBYTECODE" not in trainer.environ()
        assert int((settings.home / "trainer.pid").read_text()) == trainer.pid
        assert os.getsid(trainer.pid) != os.getsid(0)
        assert ensure_trainer(settings) is False
    finally:
        for trainer in trainers(settings.home):
            trainer.send_signal(signal.SIGTERM)
            trainer.wait(10)
