"""How a tower is to be trained: batch size, epochs, optimizer, seed."""

from __future__ import annotations

from dataclasses import dataclass

from bricks.param import Choice, Flag, Param, Share, Whole
from bricks.words import N_

OPTIMIZERS = {
    "adam": "Adam",
    "rmsprop": "RMSprop",
    "sgd": "SGD",
}  # name -> Keras' class
LEARNING_RATES = {"adam": 0.001, "rmsprop": 0.001, "sgd": 0.01}  # Keras' defaults

SETTINGS: tuple[Param, ...] = (
    Whole(
        name="batch_size",
        default=128,
        most=8_192,
        help=N_("How many pictures go through the tower before the weights change."),
    ),
    Whole(
        name="epochs",
        default=10,
        most=1_000,
        help=N_("How often it sees every picture."),
    ),
    Choice(
        name="optimizer",
        default="adam",
        choices=tuple(OPTIMIZERS),
        help=N_("The rule that changes the weights; adam is a good start."),
    ),
    Share(
        name="learning_rate",
        default=0.001,
        least=1e-6,
        most=10.0,
        help=N_("How far each step goes; too large and the loss jumps about."),
    ),
    Whole(
        name="seed",
        default=42,
        least=0,
        most=2**31 - 1,
        help=N_("Where chance begins; the same seed repeats the run."),
    ),
    Flag(
        name="class_weights",
        default=False,
        help=N_("Mistakes in classes with few examples count more."),
    ),
)


@dataclass(frozen=True)
class Training:
    """The settings of a training; each is described in `SETTINGS`."""

    batch_size: int = 128
    epochs: int = 10
    optimizer: str = "adam"
    learning_rate: float = 0.001
    seed: int = 42
    class_weights: bool = False
