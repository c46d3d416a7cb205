"""How much a plan is: how many variants, how many of them hold, how long they take."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from functools import lru_cache
from math import exp, log
from typing import Any

from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.variants import Axis, Plan, check, misfit, varied
from bricks.walk import walk
from training import calibration
from training.settings import Settings

SAMPLED = 32  # variants that are looked at to tell how long all of them take
Figures = tuple[tuple[str, Any], ...]


def outlook(project: Project, plan: Plan, settings: Settings) -> dict[str, Any]:
    """How many variants a plan has, how many of them hold, and about how long all of
    them take, in seconds where that is known. Raises ProjectError as `check` does."""
    check(project, plan)
    return dict(_outlook(project.to_json(), _key(plan), _marked(settings), settings))


def _key(plan: Plan) -> str:
    return json.dumps(plan.to_json(), sort_keys=True)


def _marked(settings: Settings) -> str | None:
    """When the machine was measured: an estimate is as old as that."""
    known = calibration.read(settings)
    return known.measured if known else None


@lru_cache(maxsize=256)
def _outlook(
    document: str, plan_json: str, _: str | None, settings: Settings
) -> tuple[tuple[str, Any], ...]:
    project = Project.from_json(document, MOST_SAVED)
    plan = Plan.from_json(json.loads(plan_json))
    tried, misfits, times = 0, 0, []
    for chosen in sampled(plan):
        tried += 1
        try:
            variant = varied(project, chosen)
        except ProjectError:
            variant = None
        if variant is None or misfit(variant) is not None:
            misfits += 1
        else:
            times.append(_epoch(variant, settings))
    known = [seconds for seconds in times if seconds is not None]
    epochs = plan.epochs or project.training.epochs
    left = plan.count * (tried - misfits) / max(1, tried)
    seconds = left * epochs * sum(known) / len(known) if known else None
    if seconds is not None and plan.minutes is not None:
        seconds = min(seconds, 60.0 * plan.minutes)
    share = misfits / max(1, tried)
    return (
        ("count", plan.count),
        ("misfits", round(share * plan.count)),
        ("seconds", seconds),
    )


def sampled(plan: Plan) -> Iterator[dict[str, Any]]:
    """Some of the variants of a plan, spread over all of them; of a small grid all."""
    if plan.method == "grid":
        step = max(1, plan.count // SAMPLED)
        every = itertools.product(*(axis.values for axis in plan.axes))
        for values in itertools.islice(every, 0, plan.count, step):
            yield {axis.key: v for axis, v in zip(plan.axes, values, strict=True)}
        return
    chance = random.Random(plan.seed)
    for _ in range(min(plan.count, SAMPLED)):
        yield {axis.key: _drawn(axis, chance) for axis in plan.axes}


def _drawn(axis: Axis, chance: random.Random) -> Any:
    if axis.values:
        return chance.choice(axis.values)
    assert axis.low is not None
    assert axis.high is not None
    if axis.log:
        value = exp(chance.uniform(log(axis.low), log(axis.high)))
    else:
        value = chance.uniform(axis.low, axis.high)
    whole = isinstance(axis.low, int) and isinstance(axis.high, int)
    return round(value) if whole else value


def _epoch(project: Project, settings: Settings) -> float | None:
    """Seconds of an epoch, where the machine was measured."""
    known, data = calibration.read(settings), data_brick(project.tower.data.kind)
    if known is None or data is None:
        return None
    split = data.split(data.full(project.tower.data.settings))
    return calibration.estimate(
        walk(project.tower), project.training, split, known
    ).seconds
