"""The activation functions, a setting that several bricks share."""

from dataclasses import replace

from bricks.param import Choice
from bricks.words import N_

NAMES = (
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "relu6",
    "softplus",
    "tanh",
    "sigmoid",
    "hard_sigmoid",
    "softmax",
    "linear",
)

ACTIVATION = Choice(
    name="activation",
    default=None,
    choices=(None, *NAMES),
    help=N_("The function each answer goes through; relu keeps what is above zero."),
)

TANH = replace(
    ACTIVATION,
    default="tanh",
    choices=NAMES,
    more=True,
    help=N_("The function each step's answer goes through."),
)
