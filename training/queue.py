"""Whose turn it is: fair between people, one run of each at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_ACTIVE = 3
"""Runs that one person may have at once: one running, two waiting."""


@dataclass(frozen=True)
class Waiting:
    """A run that waits; `number` says who came first."""

    id: str
    owner: str
    number: int


@dataclass(frozen=True)
class Wait:
    """How long a waiting run still waits."""

    place: int
    """1 for the one that comes next."""
    seconds: float | None
    """Until it begins, most likely; None where that is not known."""


def order(
    waiting: Iterable[Waiting],
    running: Iterable[str],
    served: Mapping[str, int],
) -> list[Waiting]:
    """The waiting runs by turns: everybody's first, then everybody's second, ...

    `running` are the owners of running runs, `served` when each owner was served last.

    >>> jobs = [Waiting("a1", "ann", 1), Waiting("a2", "ann", 2), Waiting("b", "bo", 3)]
    >>> [job.id for job in order(jobs, [], {})]
    ['a1', 'b', 'a2']
    """
    before = Counter(running)
    ranked = []
    for job in sorted(waiting, key=lambda job: job.number):
        ranked.append((before[job.owner], served.get(job.owner, 0), job.number, job))
        before[job.owner] += 1
    return [job for *_, job in sorted(ranked, key=lambda entry: entry[:3])]


def next_up(
    waiting: Iterable[Waiting],
    running: Iterable[str],
    served: Mapping[str, int],
) -> Waiting | None:
    """The run that a free slot takes, or None: nobody runs two at once."""
    busy = set(running)
    for job in order(waiting, busy, served):
        if job.owner not in busy:
            return job
    return None


def place(
    run_id: str,
    waiting: Iterable[Waiting],
    running: Iterable[str],
    served: Mapping[str, int],
) -> int:
    """1 for the run that comes next, 2 for the one after it, ..."""
    ids = [job.id for job in order(waiting, running, served)]
    return ids.index(run_id) + 1
