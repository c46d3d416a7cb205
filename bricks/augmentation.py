"""What the augmentations share: their settings and their shape rule.

They change the pictures while training, each time a little differently, and let them
through as they are at any other time.
"""

from dataclasses import replace

from bricks.brick import Looks, Settings, Shape
from bricks.fit import needs_map
from bricks.param import Choice, Real, Whole
from bricks.problem import Problem
from bricks.tuples import Range
from bricks.words import N_, Text

WAVY = Looks("wavy", plate=True)
_AT_RUN = Text(N_("Keras would only notice when the tower runs."))

FACTOR = Range(
    name="factor",
    positional=True,
    help=N_("How far at most, either way; or a lower and an upper bound."),
)

FILLED = (
    Choice(
        name="fill_mode",
        default="reflect",
        choices=("reflect", "nearest", "wrap", "constant"),
        more=True,
        help=N_("What fills points that become empty; reflect mirrors the picture."),
    ),
    Real(
        name="fill_value",
        default=0.0,
        more=True,
        help=N_("The number that constant fills with."),
    ),
    Choice(
        name="interpolation",
        default="bilinear",
        choices=("bilinear", "nearest"),
        more=True,
        help=N_("How points between points are reckoned; nearest takes the next one."),
    ),
)

VALUE_RANGE = Range(
    name="value_range",
    default=(0, 255),
    ends=True,
    least=-1_000_000.0,
    most=1_000_000.0,
    help=N_("From where to where the picture's numbers go: 0 to 1, or 0 to 255."),
)

HEIGHT = Whole(
    name="height",
    positional=True,
    most=4_096,
    help=N_("How many rows it gives."),
)
WIDTH = replace(HEIGHT, name="width", help=N_("How many columns it gives."))


def same_map(gets: Shape, settings: Settings) -> Shape | Problem:
    """The map it gets."""
    return needs_map(gets, _AT_RUN) or gets


def sized(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, channels) of the settings' height and width."""
    shape = (settings["height"], settings["width"], gets[-1])
    return needs_map(gets, _AT_RUN) or shape
