"""The trainer as a program: one for each home, which its lock says."""

from __future__ import annotations

import os
import sys

from filelock import FileLock, Timeout

from storage import files
from training.engines.local import LocalEngine, prepare_environment
from training.ledger import Ledger
from training.settings import Settings
from training.trainer import Trainer

LOCK_SECONDS = 2.0  # a page that looks whether a trainer runs holds it for a moment


def serve(settings: Settings) -> int:
    """Be this home's trainer until told to end; at once 0 where there is one."""
    settings.home.mkdir(parents=True, exist_ok=True)
    prepare_environment(settings)
    try:
        with FileLock(settings.lock, timeout=LOCK_SECONDS):
            files.write(settings.home / "trainer.pid", f"{os.getpid()}\n")
            ledger = Ledger(settings.database)
            trainer = Trainer(settings, ledger, LocalEngine(settings))
            trainer.serve()
            ledger.close()
        if trainer.outdated:
            os.execv(sys.executable, [sys.executable, "-m", "training", "serve"])
    except Timeout:
        print(f"A trainer is already running for {settings.home}.", file=sys.stderr)
    return 0
