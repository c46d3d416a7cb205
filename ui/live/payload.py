"""What the panel of live runs is told with the page: which runs, and their words."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bricks.brick import Base
from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.param import Whole
from bricks.project import Project
from bricks.training import SETTINGS
from bricks.training.measures import METRICS
from bricks.words import Text
from training import longer
from training.rows import ACTIVE, RunRow
from ui.board import VERSION
from ui.compare.listing import changed
from ui.desk import MOST_SAVED, Desk, store
from ui.training.asked import asked
from ui.training.words import figure_name
from ui.views import tested
from ui.words import translator

MOST_ENDED = 3
"""Runs that have ended and can be laid over those that go on."""
MOST_SHOWN = 8
MOST_TOLD = 12
"""Changes since the run before: there is room for more than in a table's line."""
MOST_EPOCHS = next(
    one.most for one in SETTINGS if isinstance(one, Whole) and one.name == "epochs"
)


def shown_runs(desk: Desk) -> list[RunRow]:
    """The runs of this tower that go on or wait, and the last that have ended, the
    newest first; those of studies have a view of their own."""
    runs = _all_runs(desk)
    ended = [run for run in runs if run.state not in ACTIVE][:MOST_ENDED]
    active = [run for run in runs if run.state in ACTIVE][: MOST_SHOWN - len(ended)]
    return [run for run in runs if run in active or run in ended]


def _all_runs(desk: Desk) -> list[RunRow]:
    rows = store().listed_runs(desk.owner, desk.id)
    return [run for run in rows if run.study_id is None]


def live_json(desk: Desk, runs: list[RunRow], lang: str) -> dict[str, Any]:
    """What the panel needs."""
    said = changed(runs, lang, MOST_TOLD)
    tell = translator(lang)
    return {
        "panel": "live",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "unit": tested.unit(desk.project.tower.data),
        "titles": {name: figure_name(name, tell) for name in ("loss", *METRICS)},
        "shares": [name for name, metric in METRICS.items() if metric.share],
        "rising": [name for name, metric in METRICS.items() if metric.rises],
        "most_epochs": MOST_EPOCHS,
        "earlier": len(_all_runs(desk)) - len(runs),
        "runs": [_run(run, said.get(run.id, ""), lang) for run in runs],
    }


def _run(run: RunRow, said: str, lang: str) -> dict[str, Any]:
    """A run; times are in milliseconds since 1970."""
    measures, replanned, thaws = _asked(run.owner, run.id)
    return {
        "id": run.id,
        "name": run.name,
        "when": round(1000 * run.asked),
        "state": run.state,
        "epoch": run.epoch,
        "epochs": run.epochs,
        "said": said,
        "astray": run.astray,
        "measures": measures,
        "thaws": thaws,
        "replanned": replanned.told(translator(lang)) if replanned else "",
    }


@lru_cache(maxsize=2_000)
def _asked(owner: str, id: str) -> tuple[tuple[str, ...], Text | None, int]:
    """What a run measures beside the loss; what more epochs would do to its schedule,
    which does not depend on how many there are; after how many epochs its base is
    fine-tuned, 0 where it never changes its step."""
    run = store().run(owner, id)
    try:
        project = Project.from_json(run.document if run else "", MOST_SAVED)
    except ProjectError:
        return (), None, 0
    measured = asked(id, project, str).measured
    based = any(isinstance(catalog().get(one.kind), Base) for one in project.tower)
    thaws = project.training.frozen_epochs if based else 0
    return measured[1:], longer.replanned(project.training), thaws
