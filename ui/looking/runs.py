"""The runs of a tower that can be looked into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from training.rows import ACTIVE, RunRow
from training.runs import CHECKPOINT, MODEL, folder
from ui.desk import Desk, settings, store
from ui.looking.operations import WEIGHTS

MOST_OTHERS = 30
"""Runs of other towers, to be looked at beside those of this one."""


def lookable(desk: Desk, rows: list[RunRow] | None = None) -> list[RunRow]:
    """Those of this tower, or of `rows`, that have a model, the newest first; those of
    studies come last."""
    runs = [
        run
        for run in (store().listed_runs(desk.owner, desk.id) if rows is None else rows)
        if (folder(settings(), run.id) / MODEL).is_file()
    ]
    return sorted(runs, key=lambda run: run.study_id is not None)


def elsewhere(desk: Desk) -> list[RunRow]:
    """The newest runs of this person's other towers that have a model."""
    everywhere = store().listed_runs(desk.owner)
    rows = [run for run in everywhere if run.project_id != desk.id and not run.study_id]
    return lookable(desk, rows)[:MOST_OTHERS]


def is_moving(desk: Desk) -> bool:
    """Whether a run of this tower trains, or waits for its turn."""
    return any(run.state in ACTIVE for run in store().listed_runs(desk.owner, desk.id))


def run_json(run: RunRow) -> dict[str, Any]:
    """A run to choose from; times are in milliseconds since 1970."""
    return {
        "id": run.id,
        "name": run.name,
        "state": run.state,
        "when": round(1000 * (run.ended or run.asked)),
        "epoch": run.epoch,
        "weights": list(_weights(run)),
    }


def _weights(run: RunRow) -> Iterator[str]:
    """The weights that there are: of the best epoch, and of the last."""
    where = folder(settings(), run.id)
    yield WEIGHTS[0]
    if any((where / CHECKPOINT).glob("[0-9]*")):
        yield WEIGHTS[1]
