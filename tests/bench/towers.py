"""Towers to measure with."""

from __future__ import annotations

from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower


def conv(filters: int) -> Placed:
    settings = {
        "filters": filters,
        "kernel_size": 3,
        "padding": "same",
        "activation": "relu",
    }
    return Placed("Conv2D", settings)


def high(count: int) -> Project:
    """A tower of `count` bricks that holds."""
    middle = [conv(8 + n % 8) for n in range(count - 2)]
    top = [Placed("Flatten"), Placed("Dense", {"units": 10, "activation": "softmax"})]
    return Project("high", Tower(Placed("MNIST", id=GROUND), tuple(middle + top)))
