"""What the Try panel is told: the runs that can answer, and what their data are."""

from __future__ import annotations

from typing import Any

from training.imagenet import asks
from training.rows import RunRow
from training.telling import kind_of
from ui.board import VERSION
from ui.compare.listing import facts
from ui.desk import Desk, settings
from ui.looking.ground import ground_json
from ui.looking.runs import elsewhere, is_moving, lookable, run_json

MOST_RUNS = 60
MOST_SHOWN = 4
"""Runs that answer side by side."""


def try_json(desk: Desk, lang: str) -> dict[str, Any]:
    """What the panel needs; each run names its data by their place in `grounds`."""
    own = lookable(desk)[:MOST_RUNS]
    runs = [*own, *elsewhere(desk)] if own else []
    grounds: list[dict[str, Any]] = []
    return {
        "panel": "try",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "most": MOST_SHOWN,
        "most_bytes": settings().limits.tried,
        "runs": [
            row
            for run in runs
            if (row := _run(run, run.project_id == desk.id, grounds)) is not None
        ],
        "grounds": grounds,
        "moving": not own and is_moving(desk),
        "asks": asks(desk.project.tower.data),
    }


def _run(
    run: RunRow, here: bool, grounds: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """A run and what came of it; None where its tower can't be read."""
    known = facts(run)
    if known.project is None:
        return None
    ground = ground_json(known.project)
    if ground not in grounds:
        grounds.append(ground)
    told = known.outcome
    return run_json(run) | {
        "here": here,
        "ground": grounds.index(ground),
        "answers": kind_of(known.project),
        "accuracy": told.test.get("accuracy", told.accuracy),
        "mae": told.test.get("mae", told.mae),
    }
