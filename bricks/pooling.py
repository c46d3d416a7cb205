"""The settings that the poolings share."""

from dataclasses import replace

from bricks.param import Choice, Pair
from bricks.words import N_

POOL_SIZE = Pair(
    name="pool_size",
    positional=True,
    help=N_("Height and width of the window."),
)
HALVING = replace(POOL_SIZE, default=2)  # Keras' default where it has one

SLIDING = (
    Pair(
        name="strides",
        default=None,
        optional=True,
        help=N_("How far the window moves; empty means its own size."),
    ),
    Choice(
        name="padding",
        default="valid",
        choices=("valid", "same"),
        help=N_("same keeps the rim by adding to it; valid leaves it out."),
    ),
)
