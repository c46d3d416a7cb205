"""The settings that the poolings share."""

from bricks.param import Choice, Pair
from bricks.words import N_

POOLING = (
    Pair(
        name="pool_size",
        default=2,
        positional=True,
        help=N_("Height and width of the window."),
    ),
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
