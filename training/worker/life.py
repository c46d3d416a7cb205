"""A worker's life: it beats, keeps its log short, and dies with its trainer."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from training.messages import Alive, Stop

BEAT_SECONDS = 1.0
MOST_LOG = 1_000_000
PR_SET_PDEATHSIG = 1
PARENT = "BRICKYARD_TRAINER"
"""The variable that tells the trainer's children its process id."""
STARTED = 19
"""Where in /proc/PID/stat, behind the name, the start stands: ticks since boot."""


class Interrupted(Exception):
    """The owner wants the run to stop."""


def die_with_parent() -> None:
    """Have Linux kill this process with the forkserver, which dies with the trainer.

    Without it a worker ends when it reads that the trainer's pipe is closed, which one
    that is stopped, or that imports Keras, does late or never.
    """
    _die_with_whoever_made_us()
    trainer = multiprocessing.parent_process()
    if trainer is not None and not trainer.is_alive():
        os._exit(1)  # it ended before we could ask


def die_with_trainer() -> None:
    """The same for a process that the trainer itself has started, and for no other."""
    trainer = os.environ.get(PARENT)
    if trainer is None:
        return
    _die_with_whoever_made_us()
    if str(os.getppid()) != trainer:
        os._exit(1)


def _die_with_whoever_made_us() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def born(pid: int) -> float | None:
    """When this process started, by a clock that nobody sets; None where there is none.

    By the wall's clock a process would seem to be another one once the clock is set.
    """
    try:
        if sys.platform != "linux":
            return float(psutil.Process(pid).create_time())
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(told[STARTED]) / os.sysconf("SC_CLK_TCK")
    except (OSError, psutil.Error):
        return None


def limit_memory(room: int | None) -> None:
    """Let this process grow by so many bytes and no more, where Linux can say so."""
    if room is None or sys.platform != "linux":
        return
    import resource  # Windows has none

    status = Path("/proc/self/status").read_text()
    has = next(line for line in status.splitlines() if line.startswith("VmData:"))
    most = int(has.split()[1]) * 1024 + room
    resource.setrlimit(resource.RLIMIT_DATA, (most, resource.RLIM_INFINITY))


@contextmanager
def limited_memory(room: int) -> Iterator[None]:
    """The same until it is done."""
    if sys.platform != "linux":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    limit_memory(room)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def be_first_to_go(before: int = 700) -> None:
    """When memory runs out, the kernel takes this process and not the page; of several
    that say so, the one with the highest number `before` (up to 1000)."""
    with suppress(OSError):  # not Linux, or not allowed: the kernel chooses by itself
        Path("/proc/self/oom_score_adj").write_text(str(before))


class Line:
    """The pipe to the trainer, for all threads of a worker."""

    def __init__(self, connection: Connection) -> None:
        self.stop = threading.Event()
        self.report = True
        """Whether a run that stops is to write its report."""
        self._connection = connection
        self._one_at_a_time = threading.Lock()

    def send(self, message: Any) -> None:
        """Tell the trainer; without a trainer there is nothing left to do."""
        try:
            with self._one_at_a_time:
                self._connection.send(message)
        except OSError:
            os._exit(1)

    def open(self, log: Path) -> None:
        """Begin to listen, to beat, and to keep an eye on the log."""
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._beat, args=(log,), daemon=True).start()

    def _listen(self) -> None:
        try:
            while True:
                told = self._connection.recv()
                if isinstance(told, Stop):
                    self.report = told.report
                    self.stop.set()
        except (EOFError, OSError):
            os._exit(1)

    def _beat(self, log: Path) -> None:
        pause = threading.Event()
        while not pause.wait(BEAT_SECONDS):
            self.send(Alive())
            cap(log)


def log_to(path: Path) -> None:
    """Send what this process prints, and what its libraries print, to the file."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)


def cap(log: Path, most: int = MOST_LOG) -> None:
    """Cut the log where it has grown too long, and write no more into it."""
    if log.stat().st_size <= most:
        return
    os.truncate(log, most)
    with log.open("a") as file:
        file.write("\n(the log is cut here)\n")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)
