"""Occlusion: how much the answer drops where a patch of the picture is covered."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from bricks.words import Text
from explain import unexplained
from explain.heatmaps.heat import Heat
from explain.heatmaps.integrated_gradients import AT_ONCE
from explain.kept import Kept
from explain.pace import Pace
from explain.scores import Scored
from explain.unexplained import Unexplained


def occlusion(
    model: keras.Model,
    x: np.ndarray,
    target: int | None = None,
    patch: int | None = None,
    stride: int | None = None,
    kept: Kept | None = None,
) -> Iterator[Heat]:
    """The drop of the score for each place of one example `x` (height, width, c); one
    Heat after every few places, the last one with share 1.

    The patch has the picture's mean colour and is a square of `patch` points; None: a
    quarter of the shorter side, moved by a third of itself. Where patches overlap, a
    place has the mean of their drops. `target` and `kept` as for Grad-CAM. Raises
    `Unexplained`.

    M. D. Zeiler, R. Fergus, Visualizing and Understanding Convolutional Networks,
    ECCV 2014.
    """
    if x.ndim != 3:
        raise Unexplained(Text(unexplained.NO_PICTURE))
    scored = (kept or Kept()).once("scored", lambda: Scored(model))
    scored.check(target)
    told = scored.told(x) if target is None else target
    side = patch or max(1, min(x.shape[:2]) // 4)
    places = _places(x.shape[0], x.shape[1], side, stride or max(1, side // 3))
    whole = float(scored.scores(x[None], told)[0])
    drops, times = np.zeros(x.shape[:2]), np.zeros(x.shape[:2])
    pace = Pace(min(32, AT_ONCE // x.size))
    done = 0
    while done < len(places):
        part = places[done : done + pace.size]
        with pace.timed(len(part)):
            answers = scored.scores(_covered(x, part), told)
        for place, answer in zip(part, answers, strict=True):
            drops[place] += whole - answer
            times[place] += 1
        done += len(part)
        yield Heat(drops / np.maximum(times, 1), whole, done / len(places))


Place = tuple[slice, slice]


def _places(height: int, width: int, side: int, stride: int) -> list[Place]:
    """Squares that cover all of the picture, the last of a row at its edge.

    >>> [(r.start, c.start) for r, c in _places(4, 5, 3, 2)]
    [(0, 0), (0, 2), (1, 0), (1, 2)]
    """

    def begins(whole: int) -> list[int]:
        last = max(0, whole - side)
        return sorted({*range(0, last, stride), last})

    return [
        (slice(row, row + side), slice(column, column + side))
        for row in begins(height)
        for column in begins(width)
    ]


def _covered(x: np.ndarray, places: list[Place]) -> np.ndarray:
    """The picture once for each place, with that covered, (n, height, width, c)."""
    covered = np.repeat(x[None], len(places), axis=0)
    mean = x.mean(axis=(0, 1))
    for picture, place in zip(covered, places, strict=True):
        picture[place] = mean
    return covered
