"""The process that checks an upload: started, asked whether it lives, ended."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil

from uploads.incoming import Incoming

ROOT = Path(__file__).resolve().parent.parent
_children: dict[Path, subprocess.Popen[bytes]] = {}
_lock = threading.Lock()


def start(incoming: Incoming) -> None:
    """Check it in a program of its own, which outlives the page's server."""
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with _lock:
        if incoming.taker():
            return
        _let_go()
        process = subprocess.Popen(
            [sys.executable, "-m", "uploads", "take", str(incoming.root.resolve())],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        incoming.set_taker(process.pid, _started(process.pid))
        _children[incoming.root] = process


def _let_go() -> None:
    """Forget our children that have ended: asking them is what lets them go."""
    for root in [root for root, child in _children.items() if child.poll() is not None]:
        del _children[root]


def _started(pid: int) -> float:
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return 0.0


def _process(incoming: Incoming) -> psutil.Process | None:
    """The process that checks it, if it lives: ids are used again, with other times."""
    if child := _children.get(incoming.root):
        child.poll()  # an ended child of ours is there until it is asked
    taker = incoming.taker()
    if taker is None:
        return None
    pid, started = taker
    try:
        process = psutil.Process(pid)
        dead = process.status() == psutil.STATUS_ZOMBIE
        return None if dead or process.create_time() != started else process
    except psutil.NoSuchProcess:
        return None


def is_alive(incoming: Incoming) -> bool:
    """Whether it is still at it."""
    return _process(incoming) is not None


def kill(incoming: Incoming) -> None:
    """End it and what it started, and wait until they are gone."""
    process = _process(incoming)
    if process is None:
        return
    with suppress(psutil.NoSuchProcess):
        below = process.children(recursive=True)
        for one in (process, *below):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs([process, *below], timeout=10)
