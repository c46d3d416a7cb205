"""Which units fire, and which never do; no Keras."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Firing:
    """What the units (or channels) of a layer did over a batch, each array (units,)."""

    rate: np.ndarray
    """The share (0 to 1) of examples and places at which a unit is above 0."""
    mean: np.ndarray
    most: np.ndarray
    dead: np.ndarray
    """True where a unit was never above 0; means something behind a relu only."""


def firing(given: np.ndarray) -> Firing:
    """From what a layer gave for a batch, (n, ..., units).

    >>> found = firing(np.array([[0.0, 2.0, 1.0], [0.0, 0.0, 3.0]]))
    >>> found.rate.tolist(), found.dead.tolist()
    ([0.0, 0.5, 1.0], [True, False, False])
    """
    each = given.reshape(-1, given.shape[-1]).astype("float32")
    most = each.max(axis=0)
    return Firing((each > 0).mean(axis=0), each.mean(axis=0), most, most <= 0)


def rectifies(layer: Any) -> bool:
    """Whether a Keras layer ends in a relu, so that a unit that is never above 0 learns
    nothing any more."""
    activation = getattr(getattr(layer, "activation", None), "__name__", "")
    return activation == "relu" or type(layer).__name__ == "ReLU"
