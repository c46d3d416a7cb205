"""The activation functions, a setting that several bricks share."""

from bricks.param import Choice
from bricks.words import N_

NAMES = (
    "relu",
    "leaky_relu",
    "elu",
    "gelu",
    "silu",
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
