"""How a run comes onto the record: asked for once, by somebody who may."""

from __future__ import annotations

import time
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select

from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.words import N_, Text
from training import changes, longer
from training.imagenet import asks
from training.queue import MOST_ACTIVE
from training.rows import ACTIVE, RUNNING, WAITING, RunRow, run_row
from training.tables import StoreError, runs, studies


class Refused(StoreError):
    """A run that may not be asked for now; `str(error)` says why."""


TOO_MANY = Text(
    N_(
        "You have {most} runs going or waiting, which is the most: "
        "wait for one to end, or stop one."
    ),
    {"most": MOST_ACTIVE},
)


def by_key(connection: Connection, owner: str, key: str) -> RunRow | None:
    """The run that was asked for with this key, as by the first of two clicks."""
    same = select(runs).where(runs.c.owner == owner, runs.c.key == key)
    row = connection.execute(same).first()
    return run_row(row) if row else None


def make_room(connection: Connection, owner: str) -> None:
    """Raise `Refused` where the owner has as many runs as one may have."""
    if active(connection, owner) >= MOST_ACTIVE:
        raise Refused(TOO_MANY)


def active(connection: Connection, owner: str) -> int:
    """How many of their runs go on or wait; those that a running study has asked for
    are not counted, nor those that stop with their study."""
    going = select(studies.c.id).where(studies.c.state == RUNNING)
    resumed = runs.c.study_id.not_in(going) & runs.c.wanted.is_(None)
    theirs = select(func.count()).where(
        runs.c.owner == owner,
        runs.c.state.in_(ACTIVE),
        runs.c.study_id.is_(None) | resumed,
    )
    return connection.scalar(theirs) or 0


def new(
    owner: str, project_id: str, document: str, key: str, **more: Any
) -> dict[str, Any]:
    """What is written of a new run; `more` are further columns, such as a study's.

    Raises `bricks.errors.ProjectError` when the document can't be read.
    """
    project = Project.from_json(document, MOST_SAVED)
    return {
        "id": token_hex(16),
        "owner": owner,
        "project_id": project_id,
        "key": key,
        "name": project.name,
        "document": document,
        "state": WAITING,
        "epochs": 0 if asks(project.tower.data) else project.training.epochs,
        "progress": {},
        "about": {},
        "chosen": {},
        "asked": time.time(),
    } | more


def put(connection: Connection, values: dict[str, Any]) -> RunRow:
    """Put a new run in the queue."""
    connection.execute(insert(runs).values(**values))
    asked = by_key(connection, values["owner"], values["key"])
    assert asked is not None
    return asked


def more(
    connection: Connection,
    which: ColumnElement[bool],
    epochs: int,
    room_of: str | None = None,
) -> bool:
    """Let a run that has ended train on, to so many epochs in all; raises `Refused`
    where that are no more than before, or the person `room_of` has too many runs."""
    row = connection.execute(select(runs).where(which)).first()
    if row is None or row.state in ACTIVE:
        return False
    wrong = longer.wrong(row.epochs, epochs)
    if wrong:
        raise Refused(wrong)
    if room_of is not None:
        make_room(connection, room_of)
    document = longer.document(row.document, epochs)
    return changes.more(connection, which, epochs, document)
