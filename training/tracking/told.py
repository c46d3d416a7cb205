"""What is told of a run to other programs: everything but whose it is."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bricks.naming import told
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.tower import Placed
from bricks.walk import walk
from training import runs, tables
from training.ledger import Ledger
from training.rows import ENDED, RunRow
from training.settings import Settings

VALIDATION = "val_"
APART = "epochs"
"""Of the settings: it may grow when a run is to train for longer."""


@dataclass(frozen=True)
class Told:
    """A run as it is on record now, with its finished epochs and its folder."""

    row: RunRow
    epochs: tuple[dict[str, Any], ...]
    folder: Path

    @property
    def ended(self) -> bool:
        """Whether no more epochs come for now."""
        return self.row.state in ENDED

    @property
    def script(self) -> Path:
        """What it runs."""
        return self.folder / runs.SCRIPT

    @property
    def report(self) -> Path:
        """What came of it, once it has ended."""
        return self.folder / runs.REPORT

    @cached_property
    def project(self) -> Project:
        """The tower and how it is trained."""
        return Project.from_json(self.row.document, MOST_SAVED)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Those of the training, what a study chose, and the tower in a few words."""
        tower, training = self.project.tower, self.project.training.to_json()
        fixed = {name: value for name, value in training.items() if name != APART}
        return {
            **dict(flat(fixed)),
            **{f"chosen.{axis}": value for axis, value in flat(self.row.chosen)},
            "tower": ", ".join(map(brick, tower.bricks)),
            "tower.weights": sum(stage.weights for stage in walk(tower)),
        }

    @property
    def tags(self) -> dict[str, str]:
        """What it is, and what is needed to repeat it; no names of people or data."""
        row = self.row
        tags = {
            "run": row.id,
            "project": row.project_id,
            "data": self.project.tower.data.kind,
            "state": row.state,
            APART: row.epochs,
            "device": row.device,
            "study": row.study_id,
            "trial": row.trial,
            **dict(flat(row.about)),
        }
        return {f"brickyard.{k}": str(v) for k, v in tags.items() if v is not None}

    @property
    def test(self) -> dict[str, float]:
        """How it did on the test data, once it has ended."""
        if not self.ended or not self.report.is_file():
            return {}
        found = json.loads(self.report.read_text(encoding="utf-8")).get("test", {})
        return {name: float(value) for name, value in found.items() if is_figure(value)}


def read(settings: Settings, ledger: Ledger, run_id: str) -> Told | None:
    """The run, unless it is removed."""
    row = ledger.run(run_id)
    if row is None:
        return None
    table = tables.epochs
    figures = select(table.c.figures).where(table.c.run_id == run_id)
    with tables.reading(ledger.engine) as connection:
        found = tuple(connection.scalars(figures.order_by(table.c.epoch)))
    return Told(row, found, runs.folder(settings, run_id))


def after(epochs: tuple[dict[str, Any], ...], last: int) -> Iterator[dict[str, Any]]:
    """The epochs that come after the epoch `last`."""
    return (figures for figures in epochs if figures["epoch"] > last)


def figures(epoch: Mapping[str, Any]) -> dict[str, float]:
    """What was measured of an epoch."""
    return {k: float(v) for k, v in epoch.items() if k != "epoch" and is_figure(v)}


def is_figure(value: Any) -> bool:
    """Whether it can be drawn as a point."""
    return isinstance(value, int | float) and math.isfinite(value)


def brick(placed: Placed) -> str:
    """A brick with what is set on it, and the bricks in it.

    >>> brick(Placed("Dense", {"units": 32, "activation": "relu"}))
    'Dense(units=32, activation=relu)'
    """
    settings = (f"{name}={told(value)}" for name, value in placed.settings.items())
    rows = [", ".join(map(brick, row)) for row in placed.inner]
    inner = f"[{' | '.join(rows)}]" if rows else ""
    return f"{placed.kind}({', '.join(settings)}){inner}"


def flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Settings within settings by names with dots.

    >>> dict(flat({"callbacks": {"nan": {}, "early": {"patience": 2}}}))
    {'callbacks.nan': 'on', 'callbacks.early.patience': 2}
    """
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from flat(value, f"{before}{name}.")
        elif isinstance(value, bool | int | float | str):
            yield before + name, value
        elif isinstance(value, Mapping):
            yield before + name, "on"
        elif isinstance(value, list | tuple):
            yield before + name, ", ".join(map(str, value))
        else:
            yield before + name, str(value)
