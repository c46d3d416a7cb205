"""Activation: a function that every number goes through."""

from bricks.activations import NAMES
from bricks.brick import Brick, Looks
from bricks.fit import same_shape
from bricks.param import Choice
from bricks.words import N_

BRICK = Brick(
    kind="Activation",
    family="activation",
    said=N_("Activation"),
    about=N_("Sends every number through a function, such as relu or softmax."),
    search=N_("relu softmax sigmoid tanh function nonlinear"),
    looks=Looks("glass", plate=True),
    start={"activation": "relu"},
    params=(
        Choice(
            name="activation",
            choices=NAMES,
            positional=True,
            help=N_("Which function."),
        ),
    ),
    gives=same_shape,
    ends_with=lambda settings: settings["activation"],
)
