"""The process of one run, from its start to its end."""

from __future__ import annotations

import logging
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from training import runs
from training.messages import Prepare, Task
from training.worker import life


def work(connection: Connection) -> None:
    """Get warm, wait for the one task, do it, end."""
    life.die_with_parent()
    life.be_first_to_go()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the trainer says when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not connection.poll():
        _warm_up()
    try:
        task = connection.recv()
        while isinstance(task, Prepare):
            _load(task, connection)
            task = connection.recv()
    except EOFError:
        return
    _do(task, connection)


def _warm_up() -> None:
    try:
        from training.worker.warm import warm_up

        warm_up()
    except Exception:  # it will be slower, and the run will say what is wrong
        logging.getLogger(__name__).exception("A worker could not be warmed up.")


def _load(task: Prepare, connection: Connection) -> None:
    from training.worker.train import prepared

    prepared.load(task.script, task.own, busy=connection.poll)


def _do(task: Task, connection: Connection) -> None:
    folder = Path(task.folder)
    life.limit_memory(task.room)
    line = life.Line(connection)
    life.log_to(folder / runs.LOG)
    line.open(folder / runs.LOG)
    from training.worker.train import (
        run,
    )  # imports Keras: in the log, and after the fork

    run(task, line)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # at once: nothing of TensorFlow needs to be put away
