"""Small models and towers that the tests of explain share."""

from __future__ import annotations

from typing import Any

import numpy as np

from bricks.project import Project
from bricks.tower import GROUND, Placed, Ref, Tower


def conv(filters: Any, id: str = "", **settings: Any) -> Placed:
    """A convolution that keeps the map's size."""
    own = {"filters": filters, "kernel_size": 3, "padding": "same", **settings}
    return Placed("Conv2D", own, id=id or f"conv{filters}")


def branching() -> Project:
    """Digits through a Residual, a Parallel and a Block that is repeated."""
    split = ((conv(2, "left"),), (conv(3, "right", activation="relu"),))
    inside = (
        conv(Ref("filters"), "inside"),
        Placed("Activation", {"activation": "relu"}, id="relu"),
    )
    bricks = (
        conv(4, "first"),
        Placed("Residual", id="residual", inner=((conv(4, "body"),), ())),
        Placed("Parallel", {"merge": "Concatenate"}, id="parallel", inner=split),
        Placed(
            "Block",
            {"repeat": 2},
            name="Twice",
            id="block",
            inner=(inside,),
            parameters={"filters": 5},
        ),
        Placed("MaxPooling2D", {"pool_size": 2}, id="pool"),
        Placed("Flatten", id="flat"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="answer"),
    )
    return Project("Branching", Tower(Placed("Digits", id=GROUND), bricks))


def sequential() -> Any:
    """Three classes of pictures (8, 8, 1)."""
    import keras

    keras.utils.set_random_seed(3)
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Conv2D(4, 3, activation="relu", name="low"),
            keras.layers.BatchNormalization(name="even"),
            keras.layers.Conv2D(5, 3, activation="relu", name="high"),
            keras.layers.MaxPooling2D(2, name="pool"),
            keras.layers.Flatten(name="flat"),
            keras.layers.Dropout(0.5, name="drop"),
            keras.layers.Dense(3, activation="softmax", name="answer"),
        ]
    )


def nested() -> Any:
    """A base of its own graph inside a Sequential, itself with a model in it."""
    import keras

    keras.utils.set_random_seed(4)
    layers = keras.layers
    core = keras.Sequential(
        [keras.Input((8, 8, 4)), layers.Conv2D(4, 3, padding="same", name="deepest")]
    )
    inputs = keras.Input((8, 8, 1))
    x = layers.Conv2D(4, 3, padding="same", activation="relu", name="in_base")(inputs)
    x = layers.Add(name="sum")([x, core(x)])
    base = keras.Model(inputs, layers.MaxPooling2D(2)(x), name="base")
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Rescaling(0.5, name="scaled"),
            base,
            layers.Flatten(),
            layers.Dense(2, activation="softmax", name="answer"),
        ]
    )


def pictures(count: int = 3, *shape: int) -> np.ndarray:
    """Points from 0 to 1."""
    chance = np.random.default_rng(5)
    return chance.random((count, *(shape or (8, 8, 1))), "float32")
