"""Conv2D: filters that slide over a map and answer to patterns."""

from math import prod

from bricks.activations import ACTIVATION
from bricks.brick import Brick, Looks, Settings, Shape
from bricks.convolution import (
    DILATION_RATE,
    FILTERS,
    GROUPS,
    KERNEL_SIZE,
    PADDING,
    STRIDES,
    USE_BIAS,
    strides_or_dilation,
    swept,
    uneven_groups,
)
from bricks.fit import needs_map
from bricks.initializers import BIAS_INITIALIZER, KERNEL_INITIALIZER
from bricks.param import both
from bricks.problem import Problem
from bricks.regularizers import BIAS_REGULARIZER, KERNEL_REGULARIZER
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, filters)."""
    return (
        needs_map(gets)
        or strides_or_dilation(settings)
        or uneven_groups(gets, settings)
        or swept(gets, settings, settings["filters"])
    )


def _kernel(gets: Shape, settings: Settings) -> int:
    """Weights of one filter: height x width x the channels of its group."""
    return prod(both(settings["kernel_size"])) * gets[2] // settings["groups"]


def weights(gets: Shape, settings: Settings) -> int:
    """A kernel for each filter, and its bias."""
    return (_kernel(gets, settings) + settings["use_bias"]) * settings["filters"]


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each kernel weight at each place."""
    return prod(gives) * _kernel(gets, settings)


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
        FILTERS,
        KERNEL_SIZE,
        ACTIVATION,
        STRIDES,
        PADDING,
        USE_BIAS,
        DILATION_RATE,
        GROUPS,
        KERNEL_INITIALIZER,
        BIAS_INITIALIZER,
        KERNEL_REGULARIZER,
        BIAS_REGULARIZER,
    ),
    gives=gives,
    weights=weights,
    madds=madds,
    ends_with=lambda settings: settings["activation"],
)
