"""A heatmap: a number for each place, and how it is laid over a picture; no Keras."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Heat:
    """How much each place speaks for the answer; below 0, against it.

    `values` (height, width) may be smaller than the picture. `score` is the answer
    that is explained, before softmax or sigmoid where the tower ends with one. `share`
    (0 to 1) says how far a method is that takes many steps.
    """

    values: np.ndarray
    score: float
    share: float = 1.0


def shown(heat: Heat) -> np.ndarray:
    """The values from 0 to 1 for painting, (height, width): what speaks against the
    answer is 0, the strongest place for it 1.

    >>> shown(Heat(np.array([[-1.0, 1.0, 4.0]]), 0.5)).tolist()
    [[0.0, 0.25, 1.0]]
    >>> shown(Heat(np.array([[-1.0, 0.0]]), 0.5)).tolist()
    [[0.0, 0.0]]
    """
    values = np.maximum(np.nan_to_num(heat.values), 0)
    most = values.max(initial=0)
    return (values / most if most > 0 else values).astype("float32")


def enlarged(values: np.ndarray, height: int, width: int) -> np.ndarray:
    """Values (h, w) at another size (height, width), in between by straight lines.

    A point is where its area's middle is, as resizing in Keras has it.

    >>> enlarged(np.array([[0.0, 1.0]]), 1, 4).tolist()
    [[0.0, 0.25, 0.75, 1.0]]
    """
    rows, columns = _between(values.shape[0], height), _between(values.shape[1], width)
    return (rows @ values @ columns.T).astype("float32")


def _between(before: int, after: int) -> np.ndarray:
    """Shares of the two nearest points before in each point after, (after, before)."""
    place = (np.arange(after) + 0.5) * (before / after) - 0.5
    place = place.clip(0, before - 1)
    near = np.abs(place[:, None] - np.arange(before))
    return np.maximum(1 - near, 0)
