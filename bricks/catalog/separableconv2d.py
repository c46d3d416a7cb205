"""SeparableConv2D: first each channel by itself, then all channels at each place.

Source: F. Chollet, Xception (2017), section 2.
"""

from math import prod

from bricks.activations import ACTIVATION
from bricks.brick import Brick, Looks, Settings, Shape
from bricks.convolution import (
    DEPTH_MULTIPLIER,
    DILATION_RATE,
    FILTERS,
    KERNEL_SIZE,
    PADDING,
    STRIDES,
    USE_BIAS,
    swept,
)
from bricks.fit import needs_map
from bricks.initializers import (
    BIAS_INITIALIZER,
    DEPTHWISE_INITIALIZER,
    POINTWISE_INITIALIZER,
)
from bricks.param import both
from bricks.problem import Problem
from bricks.regularizers import (
    BIAS_REGULARIZER,
    DEPTHWISE_REGULARIZER,
    POINTWISE_REGULARIZER,
)
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, filters)."""
    return needs_map(gets) or swept(gets, settings, settings["filters"])


def _kernels(gets: Shape, settings: Settings) -> int:
    """Weights of the filters of each channel, and of those that mix the channels."""
    deep = gets[2] * settings["depth_multiplier"]
    return deep * (prod(both(settings["kernel_size"])) + settings["filters"])


def weights(gets: Shape, settings: Settings) -> int:
    """Both kernels, and a bias for each filter."""
    return _kernels(gets, settings) + settings["use_bias"] * settings["filters"]


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each kernel weight at each place."""
    return prod(gives[:2]) * _kernels(gets, settings)


BRICK = Brick(
    kind="SeparableConv2D",
    family="convolution",
    order=20,
    said=N_("Separable convolution"),
    about=N_(
        "Filters each channel by itself, then mixes the channels at each place: nearly "
        "a Conv2D, for a fraction of its weights."
    ),
    search=N_("xception mobilenet light cheap few weights filter pattern depthwise"),
    looks=Looks("slots_separable", left="filters", right="kernel_size"),
    start={"filters": 32, "kernel_size": 3, "activation": "relu"},
    params=(
        FILTERS,
        KERNEL_SIZE,
        ACTIVATION,
        STRIDES,
        PADDING,
        USE_BIAS,
        DILATION_RATE,
        DEPTH_MULTIPLIER,
        DEPTHWISE_INITIALIZER,
        POINTWISE_INITIALIZER,
        BIAS_INITIALIZER,
        DEPTHWISE_REGULARIZER,
        POINTWISE_REGULARIZER,
        BIAS_REGULARIZER,
    ),
    gives=gives,
    weights=weights,
    madds=madds,
    ends_with=lambda settings: settings["activation"],
)
