"""What the poolings share: their settings and shape rules."""

from dataclasses import replace

from bricks.brick import Settings, Shape
from bricks.fit import needs_map, needs_sequence
from bricks.param import Choice, Flag, Pair, Whole, both
from bricks.problem import Problem
from bricks.window import slid, window_too_large
from bricks.words import N_

POOL_SIZE = Pair(
    name="pool_size",
    positional=True,
    help=N_("Height and width of the window."),
)
HALVING = replace(POOL_SIZE, default=2)  # Keras' default where it has one

_PADDING = Choice(
    name="padding",
    default="valid",
    choices=("valid", "same"),
    help=N_("same keeps the rim by adding to it; valid leaves it out."),
)

SLIDING = (
    Pair(
        name="strides",
        default=None,
        optional=True,
        help=N_("How far the window moves; empty means its own size."),
    ),
    _PADDING,
)

POOL_STEPS = Whole(
    name="pool_size",
    positional=True,
    most=1_024,
    help=N_("How many steps the window is long."),
)
HALVING_STEPS = replace(POOL_STEPS, default=2)

SLIDING_STEPS = (
    Whole(
        name="strides",
        default=None,
        optional=True,
        most=1_024,
        help=N_("How far the window moves; empty means its own size."),
    ),
    _PADDING,
)

KEEPDIMS = Flag(
    name="keepdims",
    default=False,
    more=True,
    help=N_("Whether the axes that it sums up stay, each 1 long."),
)


def pooled(gets: Shape, settings: Settings) -> Shape | Problem:
    """The shape after a 2D pooling: (height, width, channels)."""
    window = both(settings["pool_size"])
    strides = both(settings["strides"] or window)
    return needs_map(gets) or _pooled(gets, window, strides, settings)


def pooled_steps(gets: Shape, settings: Settings) -> Shape | Problem:
    """The shape after a 1D pooling: (steps, features)."""
    window = settings["pool_size"]
    strides = settings["strides"] or window
    return needs_sequence(gets) or _pooled(gets, (window,), (strides,), settings)


def _pooled(
    gets: Shape,
    window: tuple[int, ...],
    strides: tuple[int, ...],
    settings: Settings,
) -> Shape | Problem:
    problem = None
    if settings["padding"] == "valid":
        problem = window_too_large(gets, window, "pool_size")
    return problem or (*slid(gets, window, strides, settings["padding"]), gets[-1])


def _one_each(gets: Shape, settings: Settings) -> Shape:
    """One number for each channel; with keepdims, the other axes are 1 long."""
    ones = (1,) * (len(gets) - 1) if settings["keepdims"] else ()
    return (*ones, gets[-1])


def pooled_map(gets: Shape, settings: Settings) -> Shape | Problem:
    """(channels,), or (1, 1, channels) with keepdims."""
    return needs_map(gets) or _one_each(gets, settings)


def pooled_sequence(gets: Shape, settings: Settings) -> Shape | Problem:
    """(features,), or (1, features) with keepdims."""
    return needs_sequence(gets) or _one_each(gets, settings)
