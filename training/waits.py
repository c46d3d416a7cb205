"""When a waiting run begins, most likely: by what those before it still have to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import inf, isfinite

from sqlalchemy import Connection, Engine, Row, select

from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.walk import walk
from training import calibration, changes
from training.calibration import Calibration
from training.queue import Running, Wait, Waiting, order
from training.rows import ACTIVE, RUNNING
from training.settings import Settings
from training.tables import epochs, reading, runs

START_SECONDS = 4.0
"""From its turn to its first batch."""
MOST_NEW = 3
"""Documents that are read in one look; the next looks know more."""


@dataclass(frozen=True)
class Work:
    """What a run still has to do: seconds in all, and of an epoch; infinite where that
    is not known."""

    seconds: float = inf
    epoch: float = inf


def begins(left: Sequence[float], ahead: Sequence[float], slots: int) -> float | None:
    """Seconds until a slot is free: those that run have `left` so many, and the ones
    before it take theirs `ahead` of it. None where too much is infinite.

    >>> begins([30.0, 10.0], [60.0], slots=2)
    30.0
    """
    free = [0.0] * (slots - len(left)) + sorted(left)[-slots:]
    heapify(free)
    for seconds in ahead:
        heapreplace(free, free[0] + seconds)
    return free[0] if isfinite(free[0]) else None


def foretold(
    mine: Waiting,
    ahead: Sequence[Waiting],
    running: Sequence[Running],
    work: Mapping[str, Work],
    settings: Settings,
) -> float | None:
    """Seconds until a run's turn, after the turns of those `ahead`.

    Who has no run going waits for no more than a slice of each of the others.
    """
    owners = {run.owner for run in running} | {job.owner for job in ahead}
    turn = inf if mine.owner in owners else settings.slice
    takes = {id: min(does.seconds, turn + does.epoch) for id, does in work.items()}
    left = [0.0 if run.wanted else takes[run.id] for run in running]
    before = [takes[job.id] + START_SECONDS for job in ahead]
    return begins(left, before, settings.slots)


class Waits:
    """Foretells when runs begin; without `settings` it tells their places alone."""

    def __init__(self, engine: Engine, settings: Settings | None) -> None:
        self.engine = engine
        self.settings = settings
        self._known: dict[tuple[str, str], float] = {}

    def of(self, run_id: str) -> Wait | None:
        """How long it waits; None when it does not."""
        with reading(self.engine) as connection:
            line = changes.line(connection)
            owners = [run.owner for run in line.running]
            turns = order(line.waiting, owners, changes.served(connection))
            ids = [job.id for job in turns]
            if run_id not in ids:
                return None
            place = ids.index(run_id)
            if self.settings is None:
                return Wait(place + 1, None)
            work = self._work(connection, self.settings)
        ahead, mine = turns[:place], turns[place]
        seconds = foretold(mine, ahead, line.running, work, self.settings)
        return Wait(place + 1, seconds)

    def _work(self, connection: Connection, settings: Settings) -> dict[str, Work]:
        """What each run that waits or has a slot still has to do."""
        last = (epochs.c.run_id == runs.c.id) & (epochs.c.epoch == runs.c.epoch)
        names = ("id", "state", "epochs", "epoch", "progress")
        active = select(*(runs.c[name] for name in names), epochs.c.figures)
        rows = connection.execute(
            active.outerjoin(epochs, last).where(runs.c.state.in_(ACTIVE))
        ).all()
        machine = calibration.read(settings)
        if machine is None:
            return {row.id: _work(row, inf) for row in rows}
        new = [row.id for row in rows if row.figures is None]
        self._learn(connection, new, machine)
        at = machine.measured
        return {row.id: _work(row, self._known.get((row.id, at), inf)) for row in rows}

    def _learn(
        self, connection: Connection, ids: Sequence[str], machine: Calibration
    ) -> None:
        """Estimate the epochs of some runs of which nothing is known yet."""
        new = [id for id in ids if (id, machine.measured) not in self._known]
        documents = select(runs.c.id, runs.c.document)
        some = documents.where(runs.c.id.in_(new[:MOST_NEW]))
        for id, document in connection.execute(some):
            self._known[id, machine.measured] = _estimate(document, machine)


def _work(row: Row, epoch: float) -> Work:
    """By what the run itself tells, or else by its last epoch, or by an estimate."""
    rest = row.epochs - row.epoch
    if row.figures:
        epoch = row.figures.get("seconds", inf)
    left = row.progress.get("seconds_left") if row.state == RUNNING else None
    if left is not None:
        return Work(left, left / max(1, rest))
    return Work(rest * epoch if rest else START_SECONDS, epoch)


def _estimate(document: str, machine: Calibration) -> float:
    """Seconds of an epoch of this project; infinite where that can't be told."""
    try:
        project = Project.from_json(document, MOST_SAVED)
    except ProjectError:
        return inf
    placed = project.tower.data
    data = data_brick(placed.kind)
    if data is None:
        return inf
    split = data.split(data.full(placed.settings))
    stages = walk(project.tower)
    return calibration.estimate(stages, project.training, split, machine).seconds
