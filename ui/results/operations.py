"""What the panel of results sends: which run is looked at, and with which weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explain.answers import BEST, FILES

Operation = dict[str, Any]
OPERATIONS = ("judge_run",)


@dataclass
class Judged:
    """What a person looks at in Results, for as long as the page is open."""

    run: str | None = None
    """A run's id; None for the newest."""
    which: str = BEST
    """By the weights of the best epoch, or of the last one."""


def apply(judged: Judged, op: Operation) -> None:
    """Do one operation; what can't be read changes nothing."""
    which = op.get("which")
    if isinstance(op.get("run"), str) and which in FILES:
        judged.run, judged.which = str(op["run"]), str(which)
