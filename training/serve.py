"""The trainer as a program: one for each home, which its lock says."""

from __future__ import annotations

import logging
import os
import sys

from filelock import FileLock, Timeout

from storage import files
from training import backup
from training.engines.local import LocalEngine, prepare_environment
from training.ledger import Ledger
from training.settings import Settings
from training.tables import Damaged
from training.trainer import Trainer

log = logging.getLogger(__name__)
LOCK_SECONDS = 2.0  # a page that looks whether a trainer runs holds it for a moment


def serve(settings: Settings) -> int:
    """Be this home's trainer until told to end; at once 0 where there is one."""
    settings.home.mkdir(parents=True, exist_ok=True)
    prepare_environment(settings)
    try:
        with FileLock(settings.lock, timeout=LOCK_SECONDS):
            files.sweep(settings.home)
            files.write(settings.home / "trainer.pid", f"{os.getpid()}\n")
            anew = _serve(settings)
        if anew:
            os.execv(sys.executable, [sys.executable, "-m", "training", "serve"])
    except Timeout:
        print(f"A trainer is already running for {settings.home}.", file=sys.stderr)
    return 0


def _serve(settings: Settings) -> bool:
    """Work till the end; whether to begin anew, with new code or a mended record."""
    try:
        backup.mend(settings)
        ledger = Ledger(settings.database)
        trainer = Trainer(settings, ledger, LocalEngine(settings))
        trainer.serve()
        ledger.close()
    except Damaged as error:
        log.error("%s", error)  # noqa: TRY400 - the sentence says it all
        return True
    return trainer.outdated
