"""A run in plain lines, for `python -m training show`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bricks.words import Text
from training.rows import RunRow

WIDTH = 14


def lines(row: RunRow, last: Mapping[str, Any], where: Path) -> Iterator[str]:
    """What the record tells of it, and what is needed to repeat it.

    `last` are the figures of its last epoch, `where` is its folder.
    """
    reason = f": {Text.from_json(row.reason)}" if row.reason else ""
    yield f"{row.name}: {row.state}{reason}"
    yield _line("epochs", f"{row.epoch} of {row.epochs}")
    for name, moment in _moments(row):
        yield _line(name, datetime.fromtimestamp(moment).isoformat(" ", "seconds"))
    for name, figure in last.items():
        if name != "epoch":
            yield _line(name, f"{figure:.6g}")
    for name, value in _flat(row.about):
        yield _line(name, str(value))
    yield _line("folder", str(where) if where.is_dir() else "none yet")


def _moments(row: RunRow) -> Iterator[tuple[str, float]]:
    told = {"asked": row.asked, "started": row.started, "ended": row.ended}
    return ((name, moment) for name, moment in told.items() if moment is not None)


def _flat(about: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Plain values by their names; what is inside follows a dot.

    >>> list(_flat({"seed": 3, "data": {"sha256": {"a.npz": "00"}}}))
    [('seed', 3), ('data.sha256.a.npz', '00')]
    """
    for name, value in about.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _line(name: str, value: str) -> str:
    return f"  {name:<{WIDTH}}  {value}"
