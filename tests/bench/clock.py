"""Medians of several runs, and the moment at which workers are warm."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import psutil

from tests.training.workshop import Workshop

RESTED = 3.0  # seconds in which a warm worker does nothing


def seconds(work: Callable[[], object], times: int = 7) -> float:
    """The median time of `times` calls, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def warm(workshop: Workshop) -> None:
    """Have the trainer go on until its spare workers are warm and do nothing more."""
    engine, before, since = workshop.trainer.engine, 0.0, time.monotonic()

    def rested() -> bool:
        nonlocal before, since
        spares = [job.process.pid for job in engine.jobs if job.run_id is None]
        used = sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in spares)
        if used - before > 0.02 or used < 0.1 * len(spares) or not spares:
            before, since = used, time.monotonic()
        return time.monotonic() > since + RESTED

    workshop.work_until(rested)
