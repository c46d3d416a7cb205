"""Small towers that stand on a pretrained base, quick to train."""

from __future__ import annotations

from typing import Any

from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from codegen.source import script

SHAPES = Placed("Shapes", {"count": 90}, id=GROUND)
HEAD = (
    Placed("GlobalAveragePooling2D", id="pool"),
    Placed("Dropout", {"rate": 0.2}, id="drop"),
    Placed("Dense", {"units": 3, "activation": "softmax"}, id="top"),
)


def base(frozen: bool | int = True, weights: str | None = None, **more: Any) -> Placed:
    """The smallest of the MobileNets, with random weights unless others are named."""
    settings = {"weights": weights, "include_top": False, "alpha": 0.25, **more}
    return Placed("MobileNet", {**settings, "frozen": frozen}, id="base")


def on_base(
    training: Training,
    *below: Placed,
    ground: Placed = SHAPES,
    stands_on: Placed | None = None,
    head: tuple[Placed, ...] = HEAD,
) -> Project:
    """A tower on `below` and on a base, shut unless another one is named."""
    bricks = (*below, stands_on or base(), *head)
    return Project("On a base", Tower(ground, bricks), training)


def shut(epochs: int = 3, **more: Any) -> Project:
    """On features that are worked out once."""
    return on_base(Training(32, epochs, learning_rate=0.01, **more))


def in_two_steps(frozen: int, epochs: int, *below: Placed, **more: Any) -> Project:
    """The head first, then the last layers of the base with it."""
    training = Training(32, epochs, frozen_epochs=frozen, learning_rate=0.01, **more)
    return on_base(training, *below, stands_on=base(frozen=80))


WAKE = '''


def wake(base):
    """Random weights as Keras draws them give features of nearly nothing."""
    import numpy as np

    chance = np.random.default_rng(5)
    for layer in base.layers:
        if "conv" in type(layer).__name__.lower():
            kernel, *rest = layer.get_weights()
            deep = 1 if "Depthwise" in type(layer).__name__ else kernel.shape[2]
            spread = (2 / (kernel.shape[0] * kernel.shape[1] * deep)) ** 0.5
            layer.set_weights([chance.normal(0, spread, kernel.shape), *rest])
'''


def awake(project: Project) -> str:
    """The project's script, its base with random weights that tell pictures apart."""
    before, model, after = script(project).partition("    inputs = keras.Input(")
    return f"{before}    wake(base)\n{model}{after}{WAKE}"


def digits_on_base(frozen: bool | int = True, **more: Any) -> Project:
    """Digits, made larger and coloured by a convolution that learns, on MobileNet at
    48 x 48."""
    bricks = (
        Placed("UpSampling2D", {"size": 6}, id="large"),
        Placed("Conv2D", {"filters": 3, "kernel_size": 1}, id="colours"),
        base(frozen, **more),
        Placed("GlobalAveragePooling2D", id="mean"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="top"),
    )
    training = Training(epochs=1, batch_size=64, seed=1)
    return Project(
        "Digits on a base", Tower(Placed("Digits", id="data"), bricks), training
    )
