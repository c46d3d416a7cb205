"""A worker's life: it beats, keeps its log short, and dies with its trainer."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from training.messages import Alive, Stop

BEAT_SECONDS = 1.0
MOST_LOG = 1_000_000
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Have Linux kill this process with the forkserver, which ends with the trainer."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(1)  # it ended before we could ask


def be_first_to_go() -> None:
    """When memory runs out, the kernel takes this process and not the page."""
    with suppress(OSError):  # not Linux, or not allowed: the kernel chooses by itself
        Path("/proc/self/oom_score_adj").write_text("700")


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
