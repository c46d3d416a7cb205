"""What the Try panel is told: the runs that can answer, and what their data are."""

from __future__ import annotations

from typing import Any

from bricks.catalog import data_brick
from bricks.project import Project
from codegen import drawn
from training.rows import RunRow
from training.telling import kind_of
from ui.board import VERSION
from ui.compare.listing import facts
from ui.desk import Desk, settings, store
from ui.looking.given import prepares
from ui.looking.runs import lookable, run_json
from ui.views import tested

MOST_RUNS = 60
MOST_OTHERS = 30
"""Runs of other towers, to be asked beside those of this one."""
MOST_SHOWN = 4
"""Runs that answer side by side."""


def try_json(desk: Desk, lang: str) -> dict[str, Any]:
    """What the panel needs; each run names its data by their place in `grounds`."""
    own = lookable(desk)[:MOST_RUNS]
    runs = [*own, *_others(desk, {run.id for run in own})] if own else []
    grounds: list[dict[str, Any]] = []
    return {
        "panel": "try",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "most": MOST_SHOWN,
        "most_bytes": settings().limits.upload,
        "runs": [
            row
            for run in runs
            if (row := _run(run, run.project_id == desk.id, grounds)) is not None
        ],
        "grounds": grounds,
    }


def _others(desk: Desk, known: set[str]) -> list[RunRow]:
    """The newest runs of this person's other towers that have a model."""
    everywhere = store().listed_runs(desk.owner)
    rows = [run for run in everywhere if run.project_id != desk.id and not run.study_id]
    return [run for run in lookable(desk, rows) if run.id not in known][:MOST_OTHERS]


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


def ground_json(project: Project) -> dict[str, Any]:
    """What a tower's data are; runs on the same can be given the same example."""
    placed = project.tower.data
    brick = data_brick(placed.kind)
    full = brick.full(placed.settings) if brick else {}
    return {
        "kind": placed.kind,
        "dataset": full.get("dataset") or None,
        "title": str(full.get("title") or placed.kind),
        "unit": tested.unit(placed),
        "draws": prepares(project) in drawn.STROKES,
        "classes": list(brick.answers(full)) if brick else [],
    }
