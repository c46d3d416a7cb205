"""The chosen runs as files: CSV for a spreadsheet, JSON with all of their epochs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from training.comparison import training_settings
from training.rows import RunRow
from ui.compare.listing import facts
from ui.desk import store

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would calculate."""


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("Dense"), safe(-0.5)
    ("'=1+1", 'Dense', -0.5)
    """
    formula = isinstance(value, str) and value.startswith(FORMULA)
    return f"'{value}" if formula else value


def _figures(run: RunRow) -> dict[str, Any]:
    known = facts(run)
    came = known.outcome
    return {
        "id": run.id,
        "name": run.name,
        "asked": _time(run.asked),
        "ended": _time(run.ended),
        "state": run.state,
        "epoch": run.epoch,
        "epochs": run.epochs,
        "best_epoch": came.best_epoch,
        "val_accuracy": came.accuracy,
        "val_loss": came.loss,
        "val_mae": came.mae,
        **{f"test_{name}": value for name, value in came.test.items()},
        "seconds": came.seconds,
        "device": run.device,
        "data": known.data,
        "starred": run.starred,
        "note": run.note,
    }


def _time(seconds: float | None) -> str | None:
    """Unix seconds as ISO 8601."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def as_csv(runs: Sequence[RunRow]) -> bytes:
    """A row for each run; UTF-8 with the mark by which Excel knows it."""
    rows = [
        {**_figures(run), **{f"training.{n}": _cell(v) for n, v in settings.items()}}
        for run, settings in zip(runs, _settings(runs), strict=True)
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe(name) for name in names])
    for row in rows:
        cells = [row.get(name) for name in names]
        writer.writerow(["" if cell is None else safe(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _settings(runs: Sequence[RunRow]) -> list[dict[str, Any]]:
    """How each was trained; nothing of one whose project is damaged."""
    projects = [facts(run).project for run in runs]
    known = iter(training_settings([p.training for p in projects if p is not None]))
    return [next(known) if project is not None else {} for project in projects]


def _cell(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def as_json(owner: str, runs: Sequence[RunRow]) -> str:
    """Everything of each run: its figures, every epoch, and its project."""
    rows = [
        {
            **_figures(run),
            "history": store().epochs(run.id),
            "project": _project(owner, run.id),
        }
        for run in runs
    ]
    return json.dumps(_strict(rows), ensure_ascii=False, indent=1, allow_nan=False)


def _project(owner: str, id: str) -> Any:
    run = store().run(owner, id)
    return json.loads(run.document) if run else None


def _strict(value: Any) -> Any:
    """Plain data without what JSON has no number for."""
    if isinstance(value, dict):
        return {key: _strict(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_strict(one) for one in value]
    odd = isinstance(value, float) and not math.isfinite(value)
    return None if odd else value
