"""The trainer's end: names what has changed to a program beside it, and never waits."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from queue import Full, Queue
from time import monotonic

from training.messages import Alive, Batch, Message, Preparing, WorkingOut
from training.settings import Settings
from training.tracking import unsent

COMMAND = [sys.executable, "-m", "training.tracking.process"]
ROOT = Path(__file__).resolve().parents[2]
MOST = 1000
"""Changes that may wait to be named."""
KEPT = 100
"""Runs that are named again when the program had to be started anew."""
START_SECONDS = 60.0
"""It is not started more often."""
CLOSE_SECONDS = 5.0
"""It is given this time to send what is left."""
UNHEARD = (Alive, Batch, Preparing, WorkingOut)
MISSING = (
    "%s is set, but the package %s is missing: install it and start again; "
    "the runs go on without."
)

log = logging.getLogger(__name__)


class Tracker:
    """Does nothing where neither MLflow nor TensorBoard is wanted.

    A program of its own, because their packages take seconds and hundreds of megabytes
    to import, and an address that does not answer holds a call for minutes.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = _usable(settings)
        self.wanted = bool(self.settings.mlflow or self.settings.tensorboard)
        self.process: subprocess.Popen[str] | None = None
        self.named: Queue[str | None] = Queue(MOST)
        self.recent: dict[str, None] = {}
        self._full = self._given_up = False
        self._start_after = 0.0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        if self.wanted:
            self._thread.start()

    def hear(self, run_id: str, message: Message) -> None:
        """Something is on record of the run that others may want to know."""
        if not self.wanted or isinstance(message, UNHEARD):
            return
        try:
            self.named.put_nowait(run_id)
        except Full:
            if not self._full:
                log.warning("The program that logs runs elsewhere hears nothing.")
            self._full = True

    def close(self) -> None:
        """Let it send what is left, but not for long."""
        if not self.wanted:
            return
        with suppress(Full):
            self.named.put(None, timeout=1.0)
        self._thread.join(1.0)
        process = self.process
        if process is None:
            return
        try:
            process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._given_up = True
            process.kill()
            process.wait()
            self._thread.join(1.0)  # it was in the middle of a write
            self._keep()

    def _keep(self) -> None:
        """What the program may not have heard is said to the one after it."""
        unheard = [*self.recent, *filter(None, self.named.queue)]
        named = {
            unsent.MLFLOW: self.settings.mlflow,
            unsent.TENSORBOARD: self.settings.tensorboard,
        }
        before, runs = unsent.read(self.settings.home), dict.fromkeys(unheard)
        left = {n: list(dict.fromkeys([*before.get(n, []), *runs])) for n in named}
        unsent.keep(self.settings.home, {n: left[n] for n in named if named[n]})

    def _serve(self) -> None:
        self._start()
        while (run_id := self.named.get()) is not None:
            self._remember(run_id)
            if self._given_up:
                return
            self._name(run_id)
        if self.process and self.process.stdin:
            with suppress(OSError):
                self.process.stdin.close()

    def _remember(self, run_id: str) -> None:
        self.recent.pop(run_id, None)
        self.recent[run_id] = None
        if len(self.recent) > KEPT:
            del self.recent[next(iter(self.recent))]

    def _name(self, run_id: str) -> None:
        if self.process is not None and self.process.poll() is None:
            self._write([run_id])
        elif monotonic() > self._start_after:
            log.warning("The program that logs runs elsewhere ended; it begins anew.")
            self._start()
            self._write(self.recent)

    def _write(self, run_ids: Iterable[str]) -> None:
        if self.process and self.process.stdin:
            with suppress(OSError):  # it has ended, and begins anew with the next one
                self.process.stdin.writelines(f"{run_id}\n" for run_id in run_ids)
                self.process.stdin.flush()

    def _start(self) -> None:
        self._start_after = monotonic() + START_SECONDS
        try:
            self.process = subprocess.Popen(
                COMMAND,
                cwd=ROOT,
                env=_environment(self.settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                text=True,
            )
        except OSError as error:
            log.warning("Runs can't be logged elsewhere: %s", error)


def _usable(settings: Settings) -> Settings:
    """Without what lacks its package, which is said."""
    if settings.mlflow and find_spec("mlflow") is None:
        log.warning(MISSING, "BRICKYARD_MLFLOW", "mlflow-skinny")
        settings = replace(settings, mlflow=None)
    if settings.tensorboard and find_spec("tensorboard") is None:
        log.warning(MISSING, "BRICKYARD_TENSORBOARD", "tensorboard")
        settings = replace(settings, tensorboard=None)
    return settings


def _environment(settings: Settings) -> dict[str, str]:
    others = {
        name: value
        for name, value in os.environ.items()
        if name not in ("BRICKYARD_MLFLOW", "BRICKYARD_TENSORBOARD")
    }
    return {**others, **settings.to_environment()}
