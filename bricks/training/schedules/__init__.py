"""The schedules: every module of this folder is one, found by looking here."""

from __future__ import annotations

from functools import cache

from bricks.training.part import found
from bricks.training.schedule import Schedule


@cache
def schedules() -> dict[str, Schedule]:
    """Every schedule by its kind, the simplest first."""
    return {part.kind: part for part in found(__path__, __name__, "SCHEDULE")}
