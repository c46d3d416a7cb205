"""What the record keeps of studies, inside one look at it or one change of it."""

from __future__ import annotations

import time
from collections import defaultdict
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from bricks.project import Project, tupled
from bricks.words import Text
from training import asking, changes
from training.rows import ACTIVE, RUNNING, StudyRow, run_row, study_row
from training.studies.trial import MISFIT, Trial, figure, of_run
from training.tables import epochs, misfits, runs, studies


def study(connection: Connection, which: ColumnElement[bool]) -> StudyRow | None:
    """The study that this names."""
    row = connection.execute(select(studies).where(which)).first()
    return study_row(row) if row else None


def listed(connection: Connection, which: ColumnElement[bool]) -> list[StudyRow]:
    """The studies that this names, newest first."""
    found = select(studies).where(which).order_by(studies.c.number.desc())
    return [study_row(row) for row in connection.execute(found)]


def add(connection: Connection, **values: Any) -> None:
    """A new study, which runs from now on."""
    now = {"id": token_hex(16), "state": RUNNING, "made": time.time()}
    connection.execute(insert(studies).values(**now, **values))


def trials(connection: Connection, study_id: str, goal: str) -> list[Trial]:
    """The study's trials by their numbers; their runs without documents."""
    short = [column for column in runs.c if column.name != "document"]
    mine = runs.c.study_id == study_id
    rows = connection.execute(
        select(*short, literal("").label("document")).where(mine)
    ).all()
    figures = _figures(connection, mine)
    found = [of_run(run_row(row), figures[row.id], goal) for row in rows]
    return sorted([*found, *_misfits(connection, study_id)], key=lambda t: t.number)


def curves(
    connection: Connection, study_id: str, goal: str
) -> dict[int, list[tuple[int, float]]]:
    """The goal's figure after each epoch of each trial."""
    mine = runs.c.study_id == study_id
    rows = connection.execute(select(runs.c.id, runs.c.trial).where(mine)).all()
    figures = _figures(connection, mine)
    found = {}
    for row in rows:
        told = ((one["epoch"], figure(one, goal)) for one in figures[row.id])
        found[row.trial] = [(epoch, one) for epoch, one in told if one is not None]
    return found


def active_runs(connection: Connection) -> dict[str, int]:
    """How many runs of each study wait or train."""
    going = runs.c.study_id.is_not(None) & runs.c.state.in_(ACTIVE)
    count = select(runs.c.study_id, func.count()).where(going)
    rows = connection.execute(count.group_by(runs.c.study_id))
    return {row[0]: row[1] for row in rows}


def running(connection: Connection) -> list[str]:
    """The ids of the studies that go on; their documents may be long."""
    going = select(studies.c.id).where(studies.c.state == RUNNING)
    return list(connection.scalars(going.order_by(studies.c.number)))


def _figures(
    connection: Connection, mine: ColumnElement[bool]
) -> dict[str, list[dict[str, Any]]]:
    """The finished epochs of each run."""
    joined = epochs.join(runs, runs.c.id == epochs.c.run_id)
    told = select(epochs.c.run_id, epochs.c.figures).select_from(joined).where(mine)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(told.order_by(epochs.c.epoch)):
        found[row.run_id].append(row.figures)
    return found


def _misfits(connection: Connection, study_id: str) -> list[Trial]:
    told = select(misfits).where(misfits.c.study_id == study_id)
    return [
        Trial(
            row.trial,
            {key: tupled(value) for key, value in row.chosen.items()},
            MISFIT,
            reason=Text.from_json(row.reason),
        )
        for row in connection.execute(told)
    ]


def add_run(
    connection: Connection, row: StudyRow, number: int, chosen: Any, project: Project
) -> None:
    """A run of this variant, put in the queue."""
    named = {"study_id": row.id, "trial": number, "chosen": chosen}
    key = f"{row.id}:{number}"
    asking.put(
        connection,
        asking.new(row.owner, row.project_id, project.to_json(), key, **named),
    )


def add_misfit(
    connection: Connection, study_id: str, number: int, chosen: Any, reason: Text
) -> None:
    """A variant whose tower does not hold."""
    values = {"study_id": study_id, "trial": number, "chosen": chosen}
    connection.execute(insert(misfits).values(**values, reason=reason.to_json()))


def end(
    connection: Connection, id: str, state: str, reason: Text | None = None
) -> bool:
    """The study ends, and all that still waits or runs of it."""
    going = (studies.c.id == id) & (studies.c.state == RUNNING)
    told = reason.to_json() if reason else None
    change = update(studies).where(going)
    ended = connection.execute(
        change.values(state=state, reason=told, ended=time.time())
    )
    if not ended.rowcount:
        return False
    changes.stop(connection, runs.c.study_id == id, told)
    return True


def active(connection: Connection, owner: str) -> bool:
    """Whether a study of this owner is running."""
    count = select(func.count()).where(
        studies.c.owner == owner, studies.c.state == RUNNING
    )
    return bool(connection.scalar(count))


def hide(connection: Connection, id: str) -> None:
    """The study and its runs are stopped, and deleted from the same moment on."""
    now = time.time()
    connection.execute(update(studies).where(studies.c.id == id).values(deleted=now))
    mine = runs.c.study_id == id
    changes.stop(connection, mine)
    there = mine & runs.c.deleted.is_(None)
    connection.execute(update(runs).where(there).values(deleted=now))


def show(connection: Connection, id: str) -> None:
    """Undo `hide`; runs that were deleted one by one before stay so."""
    when = connection.scalar(select(studies.c.deleted).where(studies.c.id == id))
    mine = (runs.c.study_id == id) & (runs.c.deleted == when)
    connection.execute(update(runs).where(mine).values(deleted=None))
    connection.execute(update(studies).where(studies.c.id == id).values(deleted=None))


def remove(connection: Connection, before: float) -> None:
    """Forget the studies that were deleted before this moment."""
    old = select(studies.c.id).where(studies.c.deleted < before)
    connection.execute(delete(misfits).where(misfits.c.study_id.in_(old)))
    connection.execute(delete(studies).where(studies.c.deleted < before))
