"""Which units fire, and which never do; no Keras."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Firing:
    """What the units (or channels) of a layer did over `count` examples, each array
    (units,)."""

    count: int
    rate: np.ndarray
    """The share (0 to 1) of examples and places at which a unit is above 0."""
    most: np.ndarray

    @property
    def dead(self) -> np.ndarray:
        """True where a unit was never above 0; means something behind a relu only."""
        return self.most <= 0

    def joined(self, other: Firing) -> Firing:
        """Over the examples of both.

        >>> few, many = firing(np.array([[0.0, 2.0]])), firing(np.zeros((3, 2)))
        >>> found = few.joined(many)
        >>> found.count, found.rate.tolist(), found.dead.tolist()
        (4, [0.0, 0.25], [True, False])
        """
        count = self.count + other.count
        fired = self.count * self.rate + other.count * other.rate
        return Firing(count, fired / count, np.maximum(self.most, other.most))


def firing(given: np.ndarray) -> Firing:
    """From what a layer gave for a batch, (n, ..., units).

    >>> found = firing(np.array([[0.0, 2.0, 1.0], [0.0, 0.0, 3.0]]))
    >>> found.rate.tolist(), found.dead.tolist()
    ([0.0, 0.5, 1.0], [True, False, False])
    """
    each = given.reshape(-1, given.shape[-1]).astype("float32")
    return Firing(len(given), (each > 0).mean(axis=0), each.max(axis=0))


def rectifies(layer: Any) -> bool:
    """Whether a Keras layer ends in a relu, so that a unit that is never above 0 learns
    nothing any more; one that leaks goes on."""
    if type(layer).__name__ == "ReLU":
        return not layer.negative_slope
    activation = getattr(getattr(layer, "activation", None), "__name__", "")
    return activation in ("relu", "relu6")
