"""What the convolutions share: their settings and shape rules."""

from __future__ import annotations

from dataclasses import replace
from math import gcd

from bricks.brick import Settings, Shape
from bricks.param import Choice, Flag, Pair, Whole, both
from bricks.problem import Problem, Repair, Set
from bricks.window import slid, window_too_large
from bricks.words import N_, Text

FILTERS = Whole(
    name="filters",
    positional=True,
    help=N_("How many filters, and so how many channels it gives."),
)
KERNEL_SIZE = Pair(
    name="kernel_size",
    positional=True,
    help=N_("Height and width of each filter."),
)
STRIDES = Pair(
    name="strides",
    default=1,
    help=N_("How far the filter moves each time; 2 halves the map."),
)
PADDING = Choice(
    name="padding",
    default="valid",
    choices=("valid", "same"),
    help=N_("same keeps the map's size by adding zeros; valid adds nothing."),
)
DILATION_RATE = Pair(
    name="dilation_rate",
    default=1,
    more=True,
    help=N_("Gaps between the filter's points: it sees farther."),
)
GROUPS = Whole(
    name="groups",
    default=1,
    more=True,
    help=N_("In how many groups the channels are filtered, each on its own."),
)
DEPTH_MULTIPLIER = Whole(
    name="depth_multiplier",
    default=1,
    most=1_024,
    more=True,
    help=N_("How many filters each channel has of its own."),
)
USE_BIAS = Flag(
    name="use_bias",
    default=True,
    more=True,
    help=N_("Whether each filter adds a number of its own."),
)


def reach(settings: Settings) -> tuple[int, int]:
    """Height and width that the kernel covers, gaps of a dilation included.

    >>> reach({"kernel_size": 3, "dilation_rate": (1, 2)})
    (3, 5)
    """
    kernel, dilation = both(settings["kernel_size"]), both(settings["dilation_rate"])
    return (kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1


def swept(gets: Shape, settings: Settings, channels: int) -> Shape | Problem:
    """(height, width, channels) after filters slid over the map `gets`."""
    window, strides = reach(settings), both(settings["strides"])
    return _too_far(gets, window, settings) or (
        *slid(gets, window, strides, settings["padding"]),
        channels,
    )


def swept_steps(gets: Shape, settings: Settings, channels: int) -> Shape | Problem:
    """(steps, channels) after filters slid over the sequence `gets`."""
    window = ((settings["kernel_size"] - 1) * settings["dilation_rate"] + 1,)
    return _too_far(gets, window, settings) or (
        *slid(gets, window, (settings["strides"],), settings["padding"]),
        channels,
    )


def _too_far(
    gets: Shape, window: tuple[int, ...], settings: Settings
) -> Problem | None:
    if settings["padding"] != "valid":
        return None
    problem = window_too_large(gets, window, "kernel_size")
    if problem and both(settings["dilation_rate"]) != (1, 1):
        return replace(problem, repair=_back_to_one("dilation_rate"))
    return problem


def strides_or_dilation(settings: Settings) -> Problem | None:
    """The problem where both are above 1, else None."""
    if both(settings["strides"]) == (1, 1) or both(settings["dilation_rate"]) == (1, 1):
        return None
    return Problem(
        needs=Text(N_("either strides or a dilation_rate above 1")),
        got=Text(N_("both")),
        do=Text(N_("Set one of them back to 1.")),
        repair=_back_to_one("strides"),
    )


def uneven_groups(gets: Shape, settings: Settings) -> Problem | None:
    """The problem where the groups divide channels or filters unevenly, else None."""
    channels, filters, groups = gets[-1], settings["filters"], settings["groups"]
    if channels % groups == 0 and filters % groups == 0:
        return None
    fitting = gcd(groups, channels, filters)
    return Problem(
        needs=Text(
            N_("as many channels and filters as {groups} groups can share evenly"),
            {"groups": groups},
        ),
        got=Text(
            N_("{channels} channels and {filters} filters"),
            {"channels": channels, "filters": filters},
        ),
        do=Text(N_("Choose groups that divide both.")),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), {"setting": "groups", "size": fitting}),
            (Set("groups", fitting),),
        ),
    )


def _back_to_one(setting: str) -> Repair:
    return Repair(
        Text(N_("Set {setting} to {size}"), {"setting": setting, "size": 1}),
        (Set(setting, 1),),
    )
