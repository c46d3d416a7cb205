"""What a brick gave for one example, as small pictures for the page; no Keras."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from explain.maps import by_strength, channels, pictured, shrunk, strength

MAPS, UNITS, STEPS = "maps", "units", "steps"
"""Pictures of channels; numbers in a row; features (rows) over steps (columns)."""
MOST_UNITS = 4096
LEAST_ACROSS, MOST_ACROSS = 64, 256
"""Units in a row: so many that there are four rows, where that can be."""


def kind(gave: np.ndarray) -> str:
    """Which of the three what a layer gave for one example is.

    >>> [kind(np.zeros(shape)) for shape in ((5,), (7, 2), (4, 6, 3))]
    ['units', 'steps', 'maps']
    """
    return {0: UNITS, 1: UNITS, 2: STEPS}.get(gave.ndim, MAPS)


@dataclass(frozen=True)
class Facts:
    """What can be said of it in numbers."""

    gave: np.ndarray

    def to_json(self) -> dict[str, Any]:
        """`zeros` is the share (0 to 1) of what is exactly 0, `silent` the number of
        channels (or units) that are 0 everywhere."""
        gave = self.gave
        dead = (gave.reshape(-1, gave.shape[-1]) == 0).all(axis=0) if gave.ndim else []
        whole = {"low": gave.min(), "high": gave.max(), "zeros": (gave == 0).mean()}
        return {
            "kind": kind(gave),
            "shape": list(gave.shape),
            "channels": len(channels(gave)) if kind(gave) == MAPS else gave.shape[-1],
            "silent": int(np.sum(dead)),
            **{name: float(value) for name, value in whole.items()},
        }


def order(gave: np.ndarray, by: str) -> np.ndarray:
    """The numbers of a map's channels, as they are counted or the strongest first."""
    if by == "strength":
        return by_strength(gave)
    return np.arange(len(channels(gave)))


def strengths(gave: np.ndarray) -> np.ndarray:
    """How strongly each channel answers, as a share (0 to 1) of the strongest."""
    found = np.nan_to_num(strength(gave))
    return found / max(float(found.max(initial=0)), 1e-12)


def of_channels(gave: np.ndarray, wanted: np.ndarray, side: int) -> np.ndarray:
    """Some channels (n, height, width, 1) uint8, of at most `side` points each."""
    some = channels(gave)[wanted]
    return shrunk(pictured(np.moveaxis(some, 0, -1)), side)[..., None]


def of_units(gave: np.ndarray) -> np.ndarray:
    """Units as one picture (1, rows, columns, 1) uint8: 0 black, the largest white.

    Where some are below 0, 0 is grey; what is left over in the last row is black.

    >>> of_units(np.array([0.0, 1.0, 2.0])).ravel().tolist()
    [0, 128, 255]
    >>> of_units(np.array([-1.0, 0.0])).ravel().tolist()
    [0, 128]
    """
    points = _points(gave.reshape(-1)[:MOST_UNITS])
    across = min(MOST_ACROSS, max(LEAST_ACROSS, -(-len(points) // 4)), len(points))
    rows = -(-len(points) // across)
    whole = np.zeros(rows * across, "uint8")
    whole[: len(points)] = points
    return whole.reshape(1, rows, across, 1)


def of_steps(gave: np.ndarray, side: int) -> np.ndarray:
    """A sequence as one picture (1, features, steps, 1) uint8, in the same greys."""
    points = _points(gave)
    return shrunk(points.T[None], side)[..., None]


def _points(values: np.ndarray) -> np.ndarray:
    values = np.nan_to_num(values.astype("float32"))
    most = max(float(np.abs(values).max(initial=0)), 1e-12)
    if values.min(initial=0) < 0:
        return np.round(128 + 127.5 * values / most).clip(0, 255).astype("uint8")
    return np.round(255 * values / most).astype("uint8")


def seen(x: np.ndarray) -> np.ndarray | None:
    """The examples as a network sees them (n, height, width, channels) uint8, where
    they are pictures."""
    if x.ndim != 4 or x.shape[-1] not in (1, 3):
        return None
    return np.round(x * (255 / white(x))).clip(0, 255).astype("uint8")


def white(x: np.ndarray) -> float:
    """The number of a white point: 1, or 255 where a brick of the tower scales them.

    >>> white(np.array([0.0, 0.8])), white(np.array([0, 128]))
    (1.0, 255.0)
    """
    return 255.0 if x.dtype != np.uint8 and x.max(initial=0) > 1.5 else 1.0
