"""Whose turn it is, and who gives way: fair between people.

Nobody has a second run going while somebody who has none waits; a slot that nobody else
wants is lent, until somebody does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST_ACTIVE = 3
"""Runs that one person may have at once, going or waiting."""


@dataclass(frozen=True)
class Waiting:
    """A run that waits; `number` says who came first."""

    id: str
    owner: str
    number: int
    study: bool = False
    """It is one of a study, which comes after what its owner asks for by itself."""


@dataclass(frozen=True)
class Running:
    """A run that has a slot; `served` says which began first."""

    id: str
    owner: str
    served: int
    wanted: str | None = None
    """The state that it is to go to: it leaves."""
    study: bool = False
    last: bool = False
    """All of its epochs are trained: it ends soon."""


@dataclass(frozen=True)
class Line:
    """All runs that wait or have a slot."""

    waiting: Sequence[Waiting] = ()
    running: Sequence[Running] = ()


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
    for job in sorted(waiting, key=lambda job: (job.study, job.number)):
        ranked.append((before[job.owner], served.get(job.owner, 0), job.number, job))
        before[job.owner] += 1
    return [job for *_, job in sorted(ranked, key=lambda entry: entry[:3])]


def next_up(
    waiting: Iterable[Waiting],
    running: Iterable[str],
    served: Mapping[str, int],
) -> Waiting | None:
    """The run that a free slot takes: of who runs nothing, or else lent to another."""
    return next(iter(order(waiting, running, served)), None)


def place(
    run_id: str,
    waiting: Iterable[Waiting],
    running: Iterable[str],
    served: Mapping[str, int],
) -> int:
    """1 for the run that comes next, 2 for the one after it, ..."""
    ids = [job.id for job in order(waiting, running, served)]
    return ids.index(run_id) + 1


def giving_way(line: Line, slots: int, over: Collection[str] = ()) -> list[str]:
    """The runs that leave, for people who wait and run nothing: lent slots first, the
    last begun of whoever has most; then those whose time is `over`.

    >>> lent = [Running("a1", "ann", 1), Running("a2", "ann", 2)]
    >>> giving_way(Line([Waiting("b", "bo", 3)], lent), slots=2)
    ['a2']
    """
    stays = [run for run in line.running if run.wanted is None]
    busy = {run.owner for run in line.running}
    without = {job.owner for job in line.waiting} - busy
    missing = len(without) + len(stays) - slots
    lent = _lent(stays)
    late = [run for run in stays if run.id in over and run not in lent]
    late.sort(key=lambda run: run.served)
    leaving = [run for run in [*lent, *late] if not run.last]
    return [run.id for run in leaving[: max(0, missing)]]


def _lent(stays: Iterable[Running]) -> list[Running]:
    """Every run but the first of each person, in the order in which they leave."""
    of = Counter[str]()
    ranked = []
    for run in sorted(stays, key=lambda run: (run.study, run.served)):
        ranked.append((of[run.owner], run.served, run))
        of[run.owner] += 1
    ranked.sort(key=lambda entry: entry[:2], reverse=True)
    return [run for rank, _, run in ranked if rank > 0]
