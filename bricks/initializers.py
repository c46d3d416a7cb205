"""How weights start, settings that several bricks share."""

from bricks.param import Choice
from bricks.words import N_

_NAMES = (
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "random_normal",
    "random_uniform",
    "zeros",
    "ones",
)

KERNEL_INITIALIZER = Choice(
    name="kernel_initializer",
    default="glorot_uniform",
    choices=_NAMES,
    more=True,
    help=N_("How the weights start; he_normal suits relu."),
)

BIAS_INITIALIZER = Choice(
    name="bias_initializer",
    default="zeros",
    choices=_NAMES,
    more=True,
    help=N_("How the biases start."),
)
