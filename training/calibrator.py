"""Has the machine measured while nobody trains, by a process of its own."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from time import monotonic

import psutil

from training import calibration
from training.settings import Settings

IDLE_SECONDS = 20.0
"""Nobody trained, and the machine had little to do, for so long."""
LOOK_SECONDS = 2.0
QUIET = 0.6
"""Of the processors: with more at work the times would say little."""
MOST_TRIES = 3
NICE = 10
MEMORY = 2 << 30
"""Bytes that must be available for it."""
COMMAND = [sys.executable, "-m", "training", "calibrate"]

log = logging.getLogger(__name__)


class Calibrator:
    """Starts `python -m training calibrate` where it is needed and is no bother."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self.tries = 0
        self._quiet_since: float | None = None
        self._look_after = 0.0

    def go_on(self, idle: bool) -> None:
        """Take the next step; where somebody trains or waits, make way at once."""
        if not idle:
            self._quiet_since = None
            self.stop()
            return
        now = monotonic()
        if now < self._look_after:
            return
        self._look_after = now + LOOK_SECONDS
        if self.process:
            self._look()
        elif psutil.cpu_percent() > 100 * QUIET:
            self._quiet_since = None
        else:
            self._quiet_since = self._quiet_since or now
            if now >= self._quiet_since + IDLE_SECONDS and self._wanted():
                self._start()

    def stop(self) -> None:
        """End a measuring; it begins anew another time."""
        if self.process:
            log.info("The measuring makes way.")
            self.tries -= 1
            self.process.kill()
            self.process.wait()
            self.process = None

    def _wanted(self) -> bool:
        """Whether nothing is known of this machine, and there is memory to measure."""
        if self.tries >= MOST_TRIES or calibration.read(self.settings):
            return False
        return psutil.virtual_memory().available > MEMORY

    def _start(self) -> None:
        log.info("The machine is measured: how fast does it train?")
        self.tries += 1
        low = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", NICE)  # Windows has these
        try:
            self.process = subprocess.Popen(
                COMMAND,
                env={**os.environ, **self.settings.to_environment()},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            psutil.Process(self.process.pid).nice(low)
        except (OSError, psutil.Error) as error:  # it was not to be, or is gone already
            log.warning("The machine can't be measured well: %s", error)

    def _look(self) -> None:
        assert self.process is not None
        code = self.process.poll()
        if code is not None:
            log.info("The machine was measured (exit code %s).", code)
            self.process = None
