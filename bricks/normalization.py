"""What the normalizations share: their settings and figures."""

from math import prod

from bricks.brick import Settings, Shape
from bricks.initializers import BIAS_INITIALIZER
from bricks.param import Choice, Flag, Share
from bricks.regularizers import BETA_REGULARIZER, GAMMA_REGULARIZER
from bricks.words import N_

EPSILON = Share(
    name="epsilon",
    default=0.001,
    least=1e-7,
    most=1.0,
    more=True,
    help=N_("A small number that keeps the division from zero."),
)

LEARNED = (
    Flag(
        name="center",
        default=True,
        more=True,
        help=N_("Whether a shift is learned for each channel."),
    ),
    Flag(
        name="scale",
        default=True,
        more=True,
        help=N_("Whether a factor is learned for each channel."),
    ),
    Choice(
        name="beta_initializer",
        default="zeros",
        choices=BIAS_INITIALIZER.choices,
        more=True,
        help=N_("How the learned shifts start."),
    ),
    Choice(
        name="gamma_initializer",
        default="ones",
        choices=BIAS_INITIALIZER.choices,
        more=True,
        help=N_(
            "How the learned factors start; zeros let a Residual begin as nothing."
        ),
    ),
    BETA_REGULARIZER,
    GAMMA_REGULARIZER,
)


def learned(gets: Shape, settings: Settings) -> int:
    """The factor and the shift of each channel, where they are learned."""
    return gets[-1] * (settings["center"] + settings["scale"])


def once_each(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each number: a factor and a shift."""
    return prod(gives)
