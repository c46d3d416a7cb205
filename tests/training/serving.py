"""A trainer in a process of its own, and the processes that it has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil

from training.rows import RunRow
from training.settings import Settings

ROOT = Path(__file__).parents[2]


class Server:
    """`python -m training serve`, its messages in the home's trainer.log."""

    def __init__(self, settings: Settings, **environ: str) -> None:
        self.settings = settings
        self.environ = environ

    def start(self) -> None:
        """Start it, as start.py does."""
        self.settings.home.mkdir(parents=True, exist_ok=True)
        environ = {**os.environ, **self.settings.to_environment(), **self.environ}
        with self.settings.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "training", "serve"],
                cwd=ROOT,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """End it with the signal KILL."""
        self.process.kill()
        self.process.wait()

    def terminate(self) -> None:
        """Ask it to end, and wait."""
        self.process.terminate()
        self.process.wait(30)

    def family(self) -> list[psutil.Process]:
        """All processes below it; each is known by its id and its start."""
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def forkserver(self) -> psutil.Process | None:
        """The process from which its workers are forked."""
        for one in self.family():
            if one.ppid() == self.process.pid and "forkserver" in told(one):
                return one
        return None

    def workers(self) -> list[psutil.Process]:
        """What was forked from it."""
        server = self.forkserver()
        return server.children() if server else []


def told(process: psutil.Process) -> str:
    """Its command line; empty where it has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def worker_of(row: RunRow | None) -> psutil.Process | None:
    """The live process that has this run."""
    if row is None or row.pid is None or row.state != "running":
        return None
    try:
        process = psutil.Process(row.pid)
    except psutil.NoSuchProcess:
        return None
    return process if lives(process) else None


def lives(process: psutil.Process) -> bool:
    """Whether it does anything yet: one that has ended may still stand in the table of
    processes, till its parent, or init, looks."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
