"""Digits, made larger and coloured, on a small pretrained base of random weights."""

from __future__ import annotations

from typing import Any

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training

SMALL = {"weights": None, "include_top": False, "alpha": 0.25}


def standing(frozen: bool | int = True, epochs: int = 1, **more: Any) -> Project:
    """A tower whose brick "base" is MobileNet at 48 x 48, a quarter as wide."""
    bricks = (
        Placed("UpSampling2D", {"size": 6}, id="large"),
        Placed("Conv2D", {"filters": 3, "kernel_size": 1}, id="colours"),
        Placed("MobileNet", {**SMALL, "frozen": frozen, **more}, id="base"),
        Placed("GlobalAveragePooling2D", id="mean"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="top"),
    )
    training = Training(epochs=epochs, batch_size=64, seed=1)
    return Project("Standing", Tower(Placed("Digits", id="data"), bricks), training)
