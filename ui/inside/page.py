"""What the Inside panel is told with the page: the runs, and the tower of one."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import Any

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.walk import walk
from explain.heatmaps.methods import METHODS, Method
from training.imagenet import asks
from training.picture import picture_shape
from training.rows import RunRow
from ui.board import VERSION
from ui.board.payload import stage_json
from ui.compare.listing import facts
from ui.desk import MOST_SAVED, Desk, store
from ui.looking.ground import ground_json
from ui.looking.operations import Looking
from ui.looking.runs import elsewhere, lookable, run_json
from ui.words import Translate, translator


def page_json(desk: Desk, lang: str) -> dict[str, Any]:
    """Every run that can be looked into; the stages of the one that is."""
    runs = lookable(desk)
    looking = _looking(desk, runs)
    run = next((one for one in runs if looking and one.id == looking.run), None)
    return {
        "panel": "inside",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "runs": [run_json(one) for one in runs],
        "others": [run_json(one) for one in _alike(desk, run)] if run else [],
        "looking": _looking_json(looking) if looking else None,
        "tower": _tower(desk.owner, run.id, lang) if run else None,
        "methods": [_method(one, translator(lang)) for one in METHODS],
        "bare": None if runs else _stages(desk.project, lang),
    }


def _alike(desk: Desk, run: RunRow) -> list[RunRow]:
    """The runs of this person's other towers that are on the same data as `run`."""
    mine = _ground(run)
    return [one for one in elsewhere(desk) if mine and _ground(one) == mine]


def _ground(run: RunRow) -> dict[str, Any] | None:
    """None where the tower can't be read any more."""
    project = facts(run).project
    return ground_json(project) if project else None


def _method(method: Method, tell: Translate) -> dict[str, Any]:
    return asdict(method) | {"title": tell(method.title), "says": tell(method.says)}


def _looking(desk: Desk, runs: list[RunRow]) -> Looking | None:
    """What is asked to be looked at; the first run where that is not of this tower."""
    asked = desk.looking
    if asked and any(run.id == asked.run for run in runs):
        return asked
    return Looking(runs[0].id) if runs else None


def _looking_json(looking: Looking) -> dict[str, Any]:
    return {
        "run": looking.run,
        "which": looking.which,
        "test": list(looking.test),
        "number": looking.number,
    }


@lru_cache(maxsize=32)
def _tower(owner: str, id: str, lang: str) -> dict[str, Any] | None:
    """The tower that a run trained; None where it can't be read any more."""
    run = store().run(owner, id)
    try:
        project = Project.from_json(run.document if run else "", MOST_SAVED)
    except ProjectError:
        return None
    return {
        "stages": _stages(project, lang),
        "pictures": picture_shape(project) is not None,
        "examples": not asks(project.tower.data),
    }


def _stages(project: Project, lang: str) -> list[dict[str, Any]]:
    tell = translator(lang)
    return [stage_json(stage, tell) for stage in walk(project.tower)]
