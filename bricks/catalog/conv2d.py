"""Conv2D: filters that slide over a map and answer to patterns."""

from dataclasses import replace
from math import prod

from bricks.activations import ACTIVATION
from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_map
from bricks.initializers import BIAS_INITIALIZER, KERNEL_INITIALIZER
from bricks.param import Choice, Flag, Pair, Whole, both
from bricks.problem import Problem, Repair, Set
from bricks.window import slid, window_too_large
from bricks.words import N_, Text


def _reach(settings: Settings) -> tuple[int, int]:
    """Height and width that the kernel covers, gaps of a dilation included."""
    kernel, dilation = both(settings["kernel_size"]), both(settings["dilation_rate"])
    return (kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1


def _strides_and_dilation(settings: Settings) -> Problem | None:
    if both(settings["strides"]) == (1, 1) or both(settings["dilation_rate"]) == (1, 1):
        return None
    return Problem(
        needs=Text(N_("either strides or a dilation_rate above 1")),
        got=Text(N_("both")),
        do=Text(N_("Set one of them back to 1.")),
        repair=Repair(Text(N_("Set strides to 1")), (Set("strides", 1),)),
    )


_NO_GAPS = Repair(
    Text(N_("Set {setting} to {size}"), {"setting": "dilation_rate", "size": 1}),
    (Set("dilation_rate", 1),),
)


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, filters)."""
    problem = needs_map(gets) or _strides_and_dilation(settings)
    if problem is None and settings["padding"] == "valid":
        problem = window_too_large(gets, _reach(settings), "kernel_size")
        if problem and both(settings["dilation_rate"]) != (1, 1):
            problem = replace(problem, repair=_NO_GAPS)
    if problem:
        return problem
    moved = slid(gets, _reach(settings), both(settings["strides"]), settings["padding"])
    return (*moved, settings["filters"])


def weights(gets: Shape, settings: Settings) -> int:
    """Kernel height x width x channels for each filter, and its bias."""
    kernel = prod(both(settings["kernel_size"])) * gets[2]
    return (kernel + settings["use_bias"]) * settings["filters"]


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each kernel weight at each place."""
    return prod(gives) * prod(both(settings["kernel_size"])) * gets[2]


BRICK = Brick(
    kind="Conv2D",
    family="convolution",
    order=10,
    said=N_("Convolution"),
    about=N_("Slides small filters over the map; each filter finds one pattern."),
    search=N_("filter kernel pattern edge feature map image convolution"),
    looks=Looks("slots", left="filters", right="kernel_size"),
    start={"filters": 32, "kernel_size": 3, "activation": "relu"},
    params=(
        Whole(
            name="filters",
            positional=True,
            help=N_("How many filters, and so how many channels it gives."),
        ),
        Pair(
            name="kernel_size",
            positional=True,
            help=N_("Height and width of each filter."),
        ),
        ACTIVATION,
        Pair(
            name="strides",
            default=1,
            help=N_("How far the filter moves each time; 2 halves the map."),
        ),
        Choice(
            name="padding",
            default="valid",
            choices=("valid", "same"),
            help=N_("same keeps the map's size by adding zeros; valid adds nothing."),
        ),
        Flag(
            name="use_bias",
            default=True,
            more=True,
            help=N_("Whether each filter adds a number of its own."),
        ),
        Pair(
            name="dilation_rate",
            default=1,
            more=True,
            help=N_("Gaps between the filter's points: it sees farther."),
        ),
        KERNEL_INITIALIZER,
        BIAS_INITIALIZER,
    ),
    gives=gives,
    weights=weights,
    madds=madds,
    ends_with=lambda settings: settings["activation"],
)
