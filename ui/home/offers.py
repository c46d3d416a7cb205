"""What the panel of Take home is told: the tower, and the runs that left a model."""

from __future__ import annotations

from typing import Any

from bricks.catalog import data_brick
from bricks.containers import same
from bricks.project import Project
from bricks.training import callbacks
from bricks.training.clash import running
from bricks.walk import walk
from codegen.literal import identifier
from training import bases
from training.rows import RunRow
from ui.board import VERSION
from ui.board.payload import stage_json
from ui.compare.listing import facts
from ui.desk import Desk
from ui.figures import figure, share
from ui.looking.runs import lookable
from ui.words import Translate, translator

MOST_RUNS = 50


def home_json(desk: Desk, lang: str) -> dict[str, Any]:
    """What the panel needs."""
    tell = translator(lang)
    stages, runs = walk(desk.project.tower), lookable(desk)[:MOST_RUNS]
    return {
        "panel": "home",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "saved": desk.version,
        "elsewhere": desk.elsewhere,
        "name": identifier(desk.project.name, "tower"),
        "title": desk.project.name,
        "whole": all(stage.problem is None for stage in stages),
        "needs": runs_with(desk.project, tell),
        "bases": bases.kept(desk.project.tower),
        "stages": [stage_json(stage, tell) for stage in stages],
        "runs": [_run(run, desk.project, tell) for run in runs],
    }


def _run(run: RunRow, project: Project, tell: Translate) -> dict[str, Any]:
    """A run to choose; times are in milliseconds since 1970."""
    known = facts(run)
    return {
        "id": run.id,
        "name": identifier(run.name, "tower"),
        "title": run.name,
        "when": round(1000 * (run.ended or run.asked)),
        "epochs": run.epoch,
        "result": _result(known.outcome.test, tell),
        "changed": known.project is not None
        and not same(known.project.tower, project.tower),
    }


def _result(test: Any, tell: Translate) -> str:
    """How the test went, in a few words."""
    if "accuracy" in test:
        return tell("Test accuracy") + " " + share(test["accuracy"])
    if "mae" in test:
        return tell("Test error") + " " + figure(test["mae"])
    return tell("Test loss") + " " + figure(test["loss"]) if "loss" in test else ""


def runs_with(project: Project, _: Translate) -> str:
    """What the script needs, and how it is run, as its own head says it."""
    data = data_brick(project.tower.data.kind)
    assert data is not None, "a tower stands on a data brick"
    loading = data.loading(data.full(project.tower.data.settings))
    others = (callbacks()[kind].needs for kind in running(project.training))
    needs = (*loading.needs, *(need for needed in others for need in needed))
    command = f"python train.py{loading.command}"
    if not needs:
        return _("Runs anywhere with Keras: {command}").format(command=command)
    said = _("Runs anywhere with Keras and {needs}: {command}")
    return said.format(command=command, needs=", ".join(needs))
