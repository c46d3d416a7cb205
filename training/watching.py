"""What a page that watches runs is told: how far they are, and the epochs it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, and_, literal, or_, select

from training.rows import RunRow, run_row
from training.tables import epochs, reading, runs

_SHORT = [column for column in runs.c if column.name != "document"]


@dataclass(frozen=True)
class Known:
    """What a page has of a run already: its epochs up to this one, and of which start,
    since a run that was started again may have gone back to its checkpoint."""

    epoch: int = 0
    start: int = 0


@dataclass(frozen=True)
class Watched:
    """A run without its document, and its finished epochs after `since`."""

    run: RunRow
    start: int
    """The how-manieth start of a run of its owner it is."""
    since: int
    epochs: list[dict[str, Any]]


def watched(engine: Engine, owner: str, asked: Mapping[str, Known]) -> list[Watched]:
    """Those of the runs that are this owner's, all of one moment."""
    theirs = select(*_SHORT, literal("").label("document")).where(
        runs.c.owner == owner, runs.c.id.in_(list(asked)), runs.c.deleted.is_(None)
    )
    with reading(engine) as connection:
        rows = connection.execute(theirs).all()
        since = {r.id: _since(r.served, r.epoch, asked[r.id]) for r in rows}
        figures = defaultdict(list)
        if since:
            for id, told in connection.execute(_lacking(since)):
                figures[id].append(told)
    return [Watched(run_row(r), r.served, since[r.id], figures[r.id]) for r in rows]


def _since(start: int, epoch: int, known: Known) -> int:
    """Up to which epoch the page's are still the run's; a run may have lost some."""
    return known.epoch if known.start == start and known.epoch <= epoch else 0


def _lacking(since: Mapping[str, int]) -> Any:
    which = [
        and_(epochs.c.run_id == id, epochs.c.epoch > epoch)
        for id, epoch in since.items()
    ]
    wanted = select(epochs.c.run_id, epochs.c.figures).where(or_(*which))
    return wanted.order_by(epochs.c.run_id, epochs.c.epoch)
