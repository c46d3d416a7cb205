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


def outlook(
    project: Project, plan: Plan, settings: Settings, pace: float | None = None
) -> dict[str, Any]:
    """How many variants a plan has, how many of them do not hold, and about how many
    seconds all others take: by what this machine was measured to do, else by `pace`,
    the seconds that an epoch of this project took; None where neither is known.

    Raises ProjectError as `check` does.
    """
    check(project, plan)
    plan_json = json.dumps(plan.to_json(), sort_keys=True)
    share, epoch = _looked(project.to_json(), plan_json, _measured(settings), settings)
    misfits = round(share * plan.count)
    each, seconds = epoch or pace, None
    if each is not None:
        epochs = plan.epochs or project.training.epochs
        seconds = (plan.count - misfits) * epochs * each
        if plan.minutes is not None:
            seconds = min(seconds, 60.0 * plan.minutes)
    return {"count": plan.count, "misfits": misfits, "seconds": seconds}


def _measured(settings: Settings) -> str | None:
    """When the machine was measured: an estimate is as old as that."""
    known = calibration.read(settings)
    return known.measured if known else None


@lru_cache(maxsize=256)
def _looked(
    document: str, plan_json: str, _: str | None, settings: Settings
) -> tuple[float, float | None]:
    """The share of variants that do not hold, and an epoch's seconds of the others."""
    project = Project.from_json(document, MOST_SAVED)
    plan = Plan.from_json(json.loads(plan_json))
    variants = [_variant(project, chosen) for chosen in sampled(plan)]
    good = [variant for variant in variants if variant is not None]
    known = [_epoch(variant, settings) for variant in good]
    times = [seconds for seconds in known if seconds is not None]
    misfits = 1 - len(good) / max(1, len(variants))
    return misfits, sum(times) / len(times) if times else None


def _variant(project: Project, chosen: dict[str, Any]) -> Project | None:
    """The variant, or None where it does not hold."""
    try:
        variant = varied(project, chosen)
    except ProjectError:
        return None
    return variant if misfit(variant) is None else None


def sampled(plan: Plan) -> Iterator[dict[str, Any]]:
    """Some of the variants of a plan, drawn from all of them; of a small grid all."""
    chance = random.Random(plan.seed)
    if plan.method == "grid":
        # An even step would meet only some values of the last axis.
        some = chance.sample(range(plan.count), min(plan.count, SAMPLED))
        every = [*itertools.product(*(axis.values for axis in plan.axes))]
        for values in (every[n] for n in sorted(some)):
            yield {axis.key: v for axis, v in zip(plan.axes, values, strict=True)}
        return
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
