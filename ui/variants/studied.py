"""Studies as the browser has them: their trials, how far they are, which is best."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bricks.containers import plan as network
from bricks.errors import ProjectError
from bricks.naming import Names
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.training.measures import METRICS, rises
from bricks.variants import Axis, Plan, goal, parameter, varied
from bricks.variants.axis import value
from bricks.walk import walk
from bricks.words import Text
from training.rows import ACTIVE, RUNNING, StudyRow
from training.settings import Settings
from training.studies import Studies, Trial
from training.studies.trial import best
from ui.board.payload import stage_json
from ui.training.words import figure_name
from ui.variants.naming import axis_names
from ui.variants.offering import param_json
from ui.variants.outlook import outlook
from ui.words import Translate, translator

MOST_LISTED = 30  # studies in the menu


def menu_json(rows: Sequence[StudyRow], lang: str) -> list[dict[str, Any]]:
    """The studies of a tower, the newest first."""
    return [_listed(row, lang) for row in rows[:MOST_LISTED]]


def _listed(row: StudyRow, lang: str) -> dict[str, Any]:
    fixed = _fixed(row.document, json.dumps(row.plan), lang)
    return {
        "id": row.id,
        "when": round(1000 * row.made),
        "state": row.state,
        "axes": list(dict.fromkeys(axis["title"] for axis in fixed["axes"])),
        "count": fixed["plan"]["count"],
    }


@lru_cache(maxsize=200)
def _fixed(document: str, plan_json: str, lang: str) -> dict[str, Any]:
    """What of a study never changes: its axes, its goal, its tower."""
    project = Project.from_json(document, MOST_SAVED)
    plan, tell = Plan.from_json(json.loads(plan_json)), translator(lang)
    names = Names(project.tower)
    return {
        "axes": [_axis(project, axis, names, tell) for axis in plan.axes],
        "goal": goal_json(goal(project), tell),
        "tower": [stage_json(stage, tell) for stage in walk(project.tower)],
        "plan": {
            "method": plan.method,
            "count": plan.count,
            "epochs": plan.epochs or project.training.epochs,
            "prune": plan.prune,
            "minutes": plan.minutes,
        },
    }


def _axis(project: Project, axis: Axis, names: Names, tell: Translate) -> Any:
    group, title = axis_names(names, axis.brick, axis.name, tell)
    param = parameter(project, axis.brick, axis.name)
    told = param_json(param, axis.brick, tell) if param else {"kind": "text"}
    return {
        **told,
        "key": axis.key,
        "brick": axis.brick,
        "group": group,
        "title": title,
        "values": axis.values,
        "low": axis.low,
        "high": axis.high,
        "log": axis.log,
    }


def goal_json(name: str, tell: Translate) -> dict[str, Any]:
    """The figure that is to be best."""
    figure = name.removeprefix("val_")
    return {
        "group": tell("Validation"),
        "title": figure_name(figure, tell),
        "rises": rises(name),
        "share": figure in METRICS and METRICS[figure].share,
    }


def study_json(
    studies: Studies, row: StudyRow, now: Project, settings: Settings, lang: str
) -> dict[str, Any]:
    """A study with all its trials; `now` is the project on the desk."""
    fixed = _fixed(row.document, json.dumps(row.plan), lang)
    study = Project.from_json(row.document, MOST_SAVED)
    trials, tell = studies.trials(row.owner, row.id), translator(lang)
    found = best(trials, goal(study))
    present = _present(now, fixed["axes"])
    return fixed | {
        "id": row.id,
        "state": row.state,
        "when": round(1000 * row.made),
        "said": Text.from_json(row.reason).told(tell) if row.reason else "",
        "best": found.number if found else None,
        "left": _left(row, study, trials, settings) if row.state == RUNNING else None,
        "changed": _changed(study, now, present),
        "rows": [_row(trial, fixed["axes"], present, tell) for trial in trials],
    }


def _row(
    trial: Trial, axes: list[Any], present: dict[str, Any] | None, tell: Translate
) -> dict[str, Any]:
    run = trial.run
    batches = run.progress if run and trial.state == RUNNING else {}
    within = batches.get("batch", 0) / max(1, batches.get("batches", 1))
    return {
        "number": trial.number,
        "run": run.id if run else None,
        "state": trial.state,
        "chosen": [trial.chosen.get(axis["key"]) for axis in axes],
        "value": trial.value,
        "epoch": trial.epochs,
        "epochs": run.epochs if run else None,
        "far": round((trial.epochs + within) / run.epochs, 2) if run else None,
        "seconds": round(trial.seconds, 1),
        "said": trial.reason.told(tell) if trial.reason else "",
        "mine": trial.chosen == present,
    }


def _present(now: Project, axes: list[Any]) -> dict[str, Any] | None:
    """What the varied settings are on the desk; None where one is gone."""
    found = {}
    for axis in axes:
        name = axis["key"].partition(".")[2]
        if parameter(now, axis["brick"], name) is None:
            return None
        found[axis["key"]] = value(now, axis["brick"], name)
    return found


def _changed(study: Project, now: Project, present: dict[str, Any] | None) -> str:
    """Whether the desk's tower is another than the one that was varied: "gone" where a
    varied setting is no longer there, "other" where anything else is different."""
    if present is None:
        return "gone"
    try:
        same = varied(study, present).tower
    except ProjectError:
        return "other"
    alike = network((same.data, *same.bricks)) == network(
        (now.tower.data, *now.tower.bricks)
    )
    return "" if alike else "other"


def _left(
    row: StudyRow, study: Project, trials: list[Trial], settings: Settings
) -> float | None:
    """About how many seconds it takes from now on, where that is known."""
    plan = Plan.from_json(row.plan)
    ended = [t for t in trials if t.state not in ACTIVE]
    timed = [t.seconds for t in ended if t.seconds]
    spent = sum(t.seconds for t in trials)
    if timed:
        going = sum(t.epochs / t.run.epochs for t in trials if t.run and t not in ended)
        left = (plan.count - len(ended) - going) * sum(timed) / len(timed)
    else:
        try:
            known = outlook(study, plan, settings)["seconds"]
        except ProjectError:
            known = None
        if known is None:
            return None
        left = known - spent
    if plan.minutes is not None:
        left = min(left, 60 * plan.minutes - spent)
    return max(0.0, left)
