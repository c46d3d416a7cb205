"""How a run goes from one state to another, inside one change of the record."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select, true, update

from training import queue
from training.queue import Line, Running, Waiting
from training.rows import (
    ACTIVE,
    ENDED,
    PAUSED,
    RESUMABLE,
    RUNNING,
    STOPPED,
    WAITING,
)
from training.tables import runs

Turns = tuple[Sequence[Waiting], Sequence[str], Mapping[str, int]]

_WAITS_ANEW: dict[str, Any] = {
    "state": WAITING,
    "wanted": None,
    "reason": None,
    "ended": None,
    "tries": 0,
}


def stop(
    connection: Connection,
    which: ColumnElement[bool],
    reason: dict[str, Any] | None = None,
) -> bool:
    """A waiting run is stopped; of a running one it is written that it is to stop."""
    return _halt(connection, which, STOPPED, reason)


def pause(
    connection: Connection,
    which: ColumnElement[bool],
    reason: dict[str, Any] | None = None,
) -> bool:
    """As `stop`, but the run is to go on some day; one that is to stop stops."""
    stops = func.coalesce(runs.c.wanted, "") == STOPPED
    return _halt(connection, which & ~stops, PAUSED, reason)


def _halt(
    connection: Connection,
    which: ColumnElement[bool],
    state: str,
    reason: dict[str, Any] | None,
) -> bool:
    waits, runs_now = (which & (runs.c.state == now) for now in (WAITING, RUNNING))
    ended = {"state": state, "reason": reason, "ended": time.time()}
    halted = _set(connection, waits, **ended)
    return _set(connection, runs_now, wanted=state, reason=reason) or halted


def resume(connection: Connection, which: ColumnElement[bool]) -> bool:
    """A run that ended before its last epoch goes back to the queue."""
    ended = which & runs.c.state.in_(RESUMABLE) & runs.c.deleted.is_(None)
    return _set(connection, ended, **_WAITS_ANEW)


def more(
    connection: Connection, which: ColumnElement[bool], epochs: int, document: str
) -> bool:
    """A run that has ended goes back to the queue, to train so many epochs in all."""
    ended = which & runs.c.state.in_(ENDED) & (runs.c.epochs < epochs)
    longer = {"epochs": epochs, "document": document, "progress": {}}
    there = ended & runs.c.deleted.is_(None)
    return _set(connection, there, **longer, **_WAITS_ANEW)


def delete(connection: Connection, which: ColumnElement[bool]) -> bool:
    """A run that does not go on is hidden from now on."""
    ended = runs.c.state.not_in(ACTIVE) & runs.c.deleted.is_(None)
    return _set(connection, which & ended, deleted=time.time())


def give_way(connection: Connection, run_id: str) -> bool:
    """A running run is to leave its slot to somebody else, and to wait anew."""
    stays = (runs.c.state == RUNNING) & runs.c.wanted.is_(None)
    return _set(connection, stays & (runs.c.id == run_id), wanted=WAITING)


def again(connection: Connection, run_id: str, counted: bool = True) -> bool:
    """A run whose process is gone waits for another one, unless it was to end."""
    mine = (runs.c.id == run_id) & (runs.c.state == RUNNING)
    asked = mine & runs.c.wanted.in_((STOPPED, PAUSED))
    gone: dict[str, Any] = {"wanted": None, "pid": None, "born": None}
    ended = _set(connection, asked, state=runs.c.wanted, ended=time.time(), **gone)
    gave_way = func.coalesce(runs.c.wanted, "") == WAITING
    uncounted = (gave_way if counted else true()) & (runs.c.tries > 0)
    tries = case((uncounted, runs.c.tries - 1), else_=runs.c.tries)
    return ended or _set(connection, mine, state=WAITING, tries=tries, **gone)


def end(
    connection: Connection, run_id: str, state: str, reason: dict[str, Any] | None
) -> bool:
    """A running run has ended, well or badly."""
    return _set(
        connection,
        (runs.c.id == run_id) & (runs.c.state == RUNNING),
        state=state,
        reason=reason,
        wanted=None,
        ended=time.time(),
        pid=None,
        born=None,
    )


def take(connection: Connection) -> str | None:
    """The id of the run whose turn it is, now running; None when nobody waits."""
    waiting, running, last = turns(connection)
    turn = queue.next_up(waiting, running, last)
    if turn is None:
        return None
    now = time.time()
    _set(
        connection,
        runs.c.id == turn.id,
        state=RUNNING,
        started=func.coalesce(runs.c.started, now),
        served=1 + max(last.values(), default=0),
        tries=runs.c.tries + 1,
        progress={},
        wanted=None,
    )
    return turn.id


def place(connection: Connection, run_id: str) -> int | None:
    """0 for a running run, 1 for the one that comes next, ...; None for others."""
    state = connection.scalar(select(runs.c.state).where(runs.c.id == run_id))
    if state not in ACTIVE:
        return None
    return 0 if state == RUNNING else queue.place(run_id, *turns(connection))


def line(connection: Connection) -> Line:
    """All runs that wait or have a slot."""
    columns = ("id", "owner", "number", "state", "served", "wanted", "epoch", "epochs")
    active = select(*(runs.c[name] for name in columns), runs.c.study_id)
    rows = connection.execute(active.where(runs.c.state.in_(ACTIVE))).all()
    return Line(
        [
            Waiting(r.id, r.owner, r.number, r.study_id is not None)
            for r in rows
            if r.state == WAITING
        ],
        [
            Running(
                r.id,
                r.owner,
                r.served,
                r.wanted,
                r.study_id is not None,
                r.epoch >= r.epochs,
            )
            for r in rows
            if r.state == RUNNING
        ],
    )


def turns(connection: Connection) -> Turns:
    """What `queue.order` asks for: who waits, who runs, when each was served last."""
    now = line(connection)
    owners = [run.owner for run in now.running]
    return now.waiting, owners, served(connection) if now.waiting else {}


def served(connection: Connection) -> dict[str, int]:
    """When a run of each owner got a slot last."""
    last = select(runs.c.owner, func.max(runs.c.served)).group_by(runs.c.owner)
    return {row[0]: row[1] for row in connection.execute(last)}


def _set(connection: Connection, which: ColumnElement[bool], **values: Any) -> bool:
    return bool(connection.execute(update(runs).where(which).values(**values)).rowcount)
