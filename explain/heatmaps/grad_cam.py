"""Grad-CAM: which places of a layer's maps speak for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from bricks.words import Text
from explain import unexplained
from explain.gradients import gradient
from explain.heatmaps.heat import Heat
from explain.kept import Kept
from explain.rewired import Rewired, every, rewired
from explain.scores import Scored
from explain.unexplained import Unexplained


def grad_cam(
    model: keras.Model,
    layer: keras.Layer,
    x: np.ndarray,
    target: int | None = None,
    kept: Kept | None = None,
) -> Heat:
    """The heat at a layer that gives maps, for one example `x` (height, width, c).

    `target` is the number of a class; None is the answer itself: the class the model
    tells, the side of a yes or no, or the value. `kept` is the model's, where it is
    asked more than once. Raises `Unexplained`.

    R. R. Selvaraju et al., Grad-CAM, ICCV 2017: each channel weighs what its gradient
    is in the mean over the map, and what the sum has below 0 is left out.
    """
    seen = looked(model, layer, x, target, kept)
    weights = seen.gradients.mean(axis=(0, 1))
    return Heat(np.maximum(seen.maps @ weights, 0), seen.score)


@dataclass(frozen=True)
class Looked:
    """A layer's maps and the score's gradients by them, each (height, width, c)."""

    maps: np.ndarray
    gradients: np.ndarray
    score: float


def looked(
    model: keras.Model,
    layer: keras.Layer,
    x: np.ndarray,
    target: int | None,
    kept: Kept | None = None,
) -> Looked:
    """One pass forward and one back, from the score to the layer."""
    if x.ndim != 3:
        raise Unexplained(Text(unexplained.NO_PICTURE))
    scored = _scored(model, layer, kept or Kept())
    scored.check(target)
    if len(scored.shape) != 3:
        raise Unexplained(Text(unexplained.NOT_A_MAP))

    def score(by: Any) -> tuple[Any, list[Any]]:
        with scored.push.of(by):
            values, maps = scored.numbers(x[None], target)
        return values[0], maps

    nowhere = np.zeros((1, *scored.shape), "float32")
    value, gradients, (maps,) = gradient(score, nowhere)
    if not np.isfinite(value):
        raise Unexplained(Text(unexplained.NOT_FINITE))
    return Looked(maps[0], gradients[0], value)


def _scored(model: keras.Model, layer: keras.Layer, kept: Kept) -> Scored:
    """The model is wired once for all of its layers: a base has hundreds of them."""

    def wired() -> Rewired:
        return rewired(model, every(model), pushed=True, scores=True)

    def made() -> Scored:
        return Scored(model, layer, kept.once("pushed", wired))

    return kept.once(("pushed", layer), made)
