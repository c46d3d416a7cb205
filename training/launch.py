"""Starting the trainer where none is running, from the page or from start.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from training.settings import Settings

MOST_LOG = 1_000_000
ROOT = Path(__file__).resolve().parent.parent


def is_running(settings: Settings) -> bool:
    """Whether a trainer holds this home's lock; costs well under a millisecond."""
    try:
        with FileLock(settings.lock, timeout=0, thread_local=False):
            return False
    except Timeout:
        return True


def ensure_trainer(settings: Settings) -> bool:
    """Start the trainer where none is running; True when it was started now.

    It is a program of its own, which outlives the page. Two that are started at once
    sort it out by the lock.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    if is_running(settings):
        return False
    environment = {**os.environ, **settings.to_environment()}
    # Without compiled modules on disk every start of TensorFlow takes 20 seconds.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    _shorten(settings.log)
    with settings.log.open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "training", "serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    return True


def _shorten(log: Path) -> None:
    """Put a long log aside, in the place of the one before."""
    if log.exists() and log.stat().st_size > MOST_LOG:
        log.replace(log.with_suffix(".old.log"))
