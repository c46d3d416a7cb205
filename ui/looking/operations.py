"""What another view hands over to Inside: which run, and which examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

OPERATIONS = ("look_inside",)
WEIGHTS = ("best", "last")
MOST = 64  # examples
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Looking:
    """A run, its weights at the "best" or the "last" epoch, and test examples."""

    run: str
    which: str = "best"
    test: tuple[int, ...] = ()
    number: int = 0
    """Of the operation: the same example may be handed over again."""


def look_inside(op: dict[str, Any]) -> Looking | None:
    """What is asked for, where it can be read.

    >>> look_inside({"run": "0" * 32, "given": {"test": 7}}).test
    (7,)
    """
    run, which, given = op.get("run"), op.get("which"), op.get("given")
    told = given.get("test") if isinstance(given, dict) else None
    test = told if isinstance(told, list) else [told]
    whole = [n for n in test if isinstance(n, int) and not isinstance(n, bool)]
    if not isinstance(run, str) or not _ID.fullmatch(run):
        return None
    return Looking(
        run,
        which if which in WEIGHTS else WEIGHTS[0],
        tuple(n for n in whole if n >= 0)[:MOST],
        op["seq"] if isinstance(op.get("seq"), int) else 0,
    )
