"""What the table of runs sends: stars, notes, deleting, and which are compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from training.store import Refused, Store

Operation = dict[str, Any]
OPERATIONS = (
    "star_run",
    "note_run",
    "delete_runs",
    "restore_runs",
    "choose_runs",
    "list_runs",
    "open_run",
)
MOST_CHOSEN = 8  # curves that can be told apart
MOST_AT_ONCE = 1_000


@dataclass
class Compared:
    """What a person looks at in Compare, for as long as the page is open."""

    chosen: list[str] | None = None
    """Ids of runs; None where nothing was chosen yet."""
    everywhere: bool = False
    """Whether the runs of all of this person's towers are listed."""
    deleted: list[list[str]] = field(default_factory=list)
    """What each deleting took away, the last at the end."""
    opening: str | None = None
    """The run whose tower is to be opened, till the page has done so."""


def apply(compared: Compared, op: Operation, store: Store, owner: str) -> None:
    """Do one operation; what can't be read changes nothing.

    Raises `Refused` for a run that may not be deleted now.
    """
    run, runs = str(op.get("run")), _ids(op)
    if op.get("op") == "star_run":
        store.star_run(owner, run, op.get("on") is True)
    elif op.get("op") == "note_run":
        store.note_run(owner, run, str(op.get("note") or ""))
    elif op.get("op") == "choose_runs":
        compared.chosen = runs[-MOST_CHOSEN:]
    elif op.get("op") == "list_runs":
        compared.everywhere = op.get("everywhere") is True
    elif op.get("op") == "open_run":
        compared.opening = run
    elif op.get("op") == "delete_runs":
        _delete(compared, runs, store, owner)
    elif op.get("op") == "restore_runs" and compared.deleted:
        for id in compared.deleted.pop():
            store.restore_run(owner, id)


def _ids(op: Operation) -> list[str]:
    runs = op.get("runs")
    rows = runs[:MOST_AT_ONCE] if isinstance(runs, list) else []
    return list(dict.fromkeys(id for id in rows if isinstance(id, str)))


def _delete(compared: Compared, runs: list[str], store: Store, owner: str) -> None:
    """Delete those that may be; the first that may not is told."""
    gone, refused = [], None
    for id in runs:
        try:
            if store.delete_run(owner, id):
                gone.append(id)
        except Refused as error:
            refused = refused or error
    if gone:
        compared.deleted.append(gone)
    if compared.chosen is not None:
        compared.chosen = [id for id in compared.chosen if id not in gone]
    if refused is not None:
        raise refused
