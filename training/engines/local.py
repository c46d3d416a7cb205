"""Runs as processes of this machine, forked from one in which Keras is imported."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection as pipes
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import psutil

from training import runs
from training.messages import (
    Gone,
    KeptFeatures,
    Message,
    Own,
    Prepare,
    Stop,
    Task,
)
from training.settings import Settings
from training.worker import life
from training.worker.process import work

if TYPE_CHECKING:  # Windows lacks the first
    from multiprocessing.context import ForkServerContext, SpawnContext

PRELOAD = "training.worker.preload"
GRACE_SECONDS = 2.0
"""How long a run may take to stop by itself; it is promised to be gone in 3."""
REPORT_SECONDS = 120.0
"""How long a stopped run may then take to test the best model."""
STARTING_SECONDS = 300.0
"""Silence at the start: on a busy machine Keras takes minutes to import."""
SPARE_PAUSE_SECONDS = 10.0
"""After a spare process died, the next one is not made at once."""

FEATURES = "features"
"""The folder of the home in which features of pretrained bases are kept."""
GIGABYTE = 1_000_000_000

GPU = Path("/dev/nvidiactl")

log = logging.getLogger(__name__)


@dataclass
class Job:
    """A worker's process; a spare one, warm and waiting, has no run."""

    process: BaseProcess
    connection: Connection
    run_id: str | None = None
    folder: Path | None = None
    heard: float = field(default_factory=monotonic)
    patience: float = STARTING_SECONDS
    told: Stop | None = None
    deadline: float | None = None
    silent: bool = False
    prepared: Prepare | None = None


class LocalEngine:
    """Starts, hears, stops and buries the processes of runs."""

    def __init__(self, settings: Settings, spares: bool = True) -> None:
        self.settings = settings
        self.spares = spares
        self.context = _context()
        self.jobs: list[Job] = []
        self._next_spare = 0.0

    @property
    def free(self) -> int:
        """How many more runs it takes."""
        return self.settings.slots - sum(job.run_id is not None for job in self.jobs)

    @property
    def run_ids(self) -> set[str]:
        """The runs that have a process."""
        return {job.run_id for job in self.jobs if job.run_id is not None}

    def start(
        self, run_id: str, folder: Path, own: Own | None = None
    ) -> tuple[int, float]:
        """Train what is in the folder; the process' id and when it started.

        Raises `OSError` or `EOFError` where no process can be had just now.
        """
        for old in self._of(run_id):  # it was stopped and still writes its report
            old.process.kill()
            self._bury(old)
        runs.tidy(folder)
        job = self._job_for(
            Task(run_id, str(folder), own, self._room(), self._features())
        )
        job.run_id, job.folder, job.heard = run_id, folder, monotonic()
        pid = job.process.pid
        assert pid is not None
        return pid, life.born(pid) or 0.0

    def prepare(self, task: Prepare) -> None:
        """Have the spare processes load the data of a script."""
        for job in self.jobs:
            if job.run_id is None and job.prepared != task:
                job.prepared = task
                with suppress(OSError):  # it has ended, which the events will tell
                    job.connection.send(task)

    def stop(self, run_id: str, report: bool = True) -> None:
        """Ask the run to stop, with a `report` where it is not to go on; where it does
        not in time, it is killed."""
        for job in self._of(run_id):
            job.deadline = job.deadline or monotonic() + GRACE_SECONDS
            if job.told != Stop(report):
                job.told = Stop(report)
                with suppress(OSError):
                    job.connection.send(job.told)

    def let_report(self, run_id: str) -> None:
        """The run has stopped as asked: it has time to write its report."""
        for job in self._of(run_id):
            job.deadline = monotonic() + REPORT_SECONDS

    def events(self, timeout: float) -> list[tuple[str, Message]]:
        """What runs have told since the last look; waits up to `timeout` seconds."""
        self._bury_the_silent()
        self._make_spares()
        connections = {job.connection: job for job in self.jobs}
        told: list[tuple[str, Message]] = []
        for ready in pipes.wait(list(connections), timeout):
            job = connections[ready]  # type: ignore[index]
            heard, run_id = list(self._heard(job)), job.run_id
            if run_id is not None:
                told += [(run_id, message) for message in heard]
        return told

    def close(self) -> None:
        """Kill what runs."""
        for job in self.jobs:
            job.process.kill()
        for job in self.jobs:
            job.process.join(5)
            job.connection.close()
            if job.folder:
                runs.tidy(job.folder)
        self.jobs.clear()

    def _of(self, run_id: str) -> list[Job]:
        return [job for job in self.jobs if job.run_id == run_id]

    def _room(self) -> int | None:
        """The bytes by which a run may grow: all that there are, so that Keras says
        that memory ran out before the kernel has to kill somebody."""
        if GPU.exists():
            return None  # its driver reserves addresses without end
        return psutil.virtual_memory().available + psutil.swap_memory().free

    def _features(self) -> KeptFeatures:
        """Those of all runs lie together."""
        where, most = self.settings.home / FEATURES, self.settings.features * GIGABYTE
        return KeptFeatures(str(where), most)

    def _job_for(self, task: Task) -> Job:
        """The spare that took the task, or else a new process."""
        for job in [job for job in self.jobs if job.run_id is None]:
            with suppress(OSError):
                job.connection.send(task)
                return job
            self._bury(job)
        job = self._new_job()
        job.connection.send(task)
        return job

    def _new_job(self) -> Job:
        ours, its = self.context.Pipe()
        process = self.context.Process(target=work, args=(its,), daemon=True)
        process.start()
        its.close()
        job = Job(process, ours)
        self.jobs.append(job)
        return job

    def _make_spares(self) -> None:
        if not self.spares or monotonic() < self._next_spare:
            return
        idle = sum(job.run_id is None for job in self.jobs)
        try:
            for _ in range(self.free - idle):
                self._new_job()
        except (OSError, EOFError) as error:
            log.warning("No spare worker can be had just now: %s", error)
            self._next_spare = monotonic() + SPARE_PAUSE_SECONDS

    def _heard(self, job: Job) -> Iterator[Message]:
        job.heard, job.patience = monotonic(), self.settings.silence
        try:
            while job.connection.poll():
                yield job.connection.recv()
        except (EOFError, OSError):
            yield self._bury(job)

    def _bury_the_silent(self) -> None:
        now = monotonic()
        for job in self.jobs:
            if job.run_id is None:
                continue
            job.silent = now > job.heard + job.patience
            if job.silent or (job.deadline and now > job.deadline):
                job.process.kill()  # its connection then says that it is gone

    def _bury(self, job: Job) -> Gone:
        self.jobs.remove(job)
        job.connection.close()
        job.process.join(GRACE_SECONDS)
        if job.process.is_alive():
            job.process.kill()
            job.process.join()
        if job.folder:
            runs.tidy(job.folder)
        if job.run_id is None:
            log.warning("A spare worker ended (%s).", job.process.exitcode)
            self._next_spare = monotonic() + SPARE_PAUSE_SECONDS
        return Gone(job.process.exitcode, job.silent)


def _context() -> ForkServerContext | SpawnContext:
    """Forked from a process with Keras in it, where that can be done."""
    methods = multiprocessing.get_all_start_methods()
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    if "forkserver" not in methods or backend != "tensorflow":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOAD])
    return context


def prepare_environment(settings: Settings) -> None:
    """Set what workers read: our settings, and where unset that of their libraries."""
    given = {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "2"}
    given["TF_FORCE_GPU_ALLOW_GROWTH"] = "true"
    if settings.slots > 1:
        each = str(max(1, (os.cpu_count() or 1) // settings.slots))
        for name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
            given[name] = each
    for name, value in given.items():
        os.environ.setdefault(name, value)
    os.environ.update(settings.to_environment())
    os.environ[life.PARENT] = str(os.getpid())
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
