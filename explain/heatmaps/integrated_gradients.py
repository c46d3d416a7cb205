"""Integrated gradients: what each point adds, from an empty picture to this one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from bricks.words import Text
from explain import unexplained
from explain.gradients import gradient
from explain.heatmaps.heat import Heat
from explain.kept import Kept
from explain.pace import Pace
from explain.scores import Scored
from explain.unexplained import Unexplained

AT_ONCE = 224 * 224 * 3
"""Numbers that go through the model in one go, at most."""


def integrated_gradients(
    model: keras.Model,
    x: np.ndarray,
    target: int | None = None,
    baseline: np.ndarray | None = None,
    steps: int = 32,
    kept: Kept | None = None,
) -> Iterator[Heat]:
    """The heat of each point of one example `x` (height, width, channels), summed over
    its channels; one Heat after every few steps, the last one with share 1.

    `target` and `kept` as for Grad-CAM, `baseline` is the empty picture (zeros). The
    values add up to how much the score differs between the two. Raises `Unexplained`.

    M. Sundararajan, A. Taly, Q. Yan, Axiomatic Attribution for Deep Networks, ICML
    2017. The integral is taken at the middles of equal steps.
    """
    if x.ndim != 3:
        raise Unexplained(Text(unexplained.NO_PICTURE))
    scored = (kept or Kept()).once("scored", lambda: Scored(model))
    scored.check(target)
    told = scored.told(x) if target is None else target
    empty = np.zeros_like(x) if baseline is None else baseline
    way = (np.arange(steps, dtype="float32") + 0.5) / steps
    pace = Pace(min(8, AT_ONCE // x.size))

    def score(given: Any) -> tuple[Any, Any]:
        return keras.ops.sum(scored.numbers(given, told)[0]), []

    total = np.zeros_like(x, "float32")
    reached = float(scored.scores(x[None], told)[0])
    done = 0
    while done < steps:
        part = way[done : done + pace.size, None, None, None]
        with pace.timed(len(part)):
            _, found, _ = gradient(score, empty + part * (x - empty))
        total += found.sum(axis=0)
        done += len(part)
        values = (total / done * (x - empty)).sum(axis=-1)
        yield Heat(values, reached, done / steps)
