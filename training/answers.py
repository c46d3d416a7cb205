"""Has pages' asks answered by a worker of its own, beside the runs."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import psutil

from bricks.words import Text
from training import room
from training.room import Room
from training.worker.answering import work

if TYPE_CHECKING:  # Windows lacks the first
    from multiprocessing.context import ForkServerContext, SpawnContext

LOOK_SECONDS = 0.1
SWEEP_SECONDS = 60.0
IDLE_SECONDS = 60.0
"""The worker then ends: a page that asks, asks again and again."""
LONGEST = 60.0
"""Seconds that one answer may take."""
MEMORY = 2 << 30
"""Bytes that must be available to begin."""
PATIENCE = 10.0
"""Seconds that an ask waits for them."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sayings:
    """What is said where there is no answer."""

    no_memory: Text
    no_answer: Text


@dataclass
class Job:
    """The worker, and the ask that it is at."""

    process: BaseProcess
    connection: Connection
    used: float
    ask: Path | None = None


class Answers:
    """One worker at most, which lives while pages ask."""

    def __init__(
        self,
        room: Room,
        context: ForkServerContext | SpawnContext,
        sayings: Sayings,
        longest: float | None = None,
    ) -> None:
        self.room = room
        self.context = context
        self.sayings = sayings
        self.longest = longest
        self.job: Job | None = None
        self._look_after = self._sweep_after = 0.0
        self._short_since: float | None = None

    @property
    def busy(self) -> bool:
        """Whether it answers just now."""
        return self.job is not None and self.job.ask is not None

    def go_on(self) -> None:
        """Take the next step."""
        now = monotonic()
        if now < self._look_after:
            return
        self._look_after = now + LOOK_SECONDS
        self._hear()
        if not self.busy:
            self._begin()
        if now > self._sweep_after:
            self._sweep_after = now + SWEEP_SECONDS
            self.room.sweep()

    def close(self) -> None:
        """End the worker."""
        if self.job:
            self.job.process.kill()
            self.job.process.join(5)
            self.job.connection.close()
            self.job = None

    def _begin(self) -> None:
        """Give the worker the next ask; without any for long it ends."""
        ask = self.room.next()
        if ask is None:
            if self.job and monotonic() > self.job.used + IDLE_SECONDS:
                self.close()
            return
        if self.job is None:
            if self._lacks_memory(ask):
                return
            self.job = self._new_job()
        self.job.ask, self.job.used = ask, monotonic()
        with suppress(OSError):  # it has ended, which the next look tells
            self.job.connection.send(str(ask))

    def _lacks_memory(self, ask: Path) -> bool:
        """Whether there is too little to begin; whoever asks is told after a while."""
        if psutil.virtual_memory().available >= MEMORY:
            self._short_since = None
            return False
        self._short_since = self._short_since or monotonic()
        if monotonic() >= self._short_since + PATIENCE:
            self._short_since = None
            _fail(ask, self.sayings.no_memory)
        return True

    def _new_job(self) -> Job:
        ours, its = self.context.Pipe()
        process = self.context.Process(target=work, args=(its,), daemon=True)
        process.start()
        its.close()
        return Job(process, ours, monotonic())

    def _hear(self) -> None:
        """See whether the worker is done with its ask, or came to an end."""
        job = self.job
        if job is None:
            return
        try:
            while job.connection.poll():
                job.connection.recv()
                job.ask = None
        except (EOFError, OSError):
            self._ended(job)
            return
        if job.ask and monotonic() > job.used + (self.longest or LONGEST):
            self._ended(job)

    def _ended(self, job: Job) -> None:
        log.warning("The worker of pages' asks ended (%s).", job.process.exitcode)
        if job.ask:
            _fail(job.ask, self.sayings.no_answer)
        self.close()


def _fail(ask: Path, reason: Text) -> None:
    """Say why there is no answer, while anybody may want to know."""
    if ask.is_dir():
        with suppress(OSError):  # the disk is full: it is asked for again
            room.fail(ask, reason)
