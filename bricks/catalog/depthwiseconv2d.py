"""DepthwiseConv2D: each channel is filtered by itself.

Source: A. Howard et al., MobileNets (2017), section 3.1.
"""

from math import prod

from bricks.activations import ACTIVATION
from bricks.brick import Brick, Looks, Settings, Shape
from bricks.convolution import (
    DEPTH_MULTIPLIER,
    DILATION_RATE,
    KERNEL_SIZE,
    PADDING,
    STRIDES,
    USE_BIAS,
    swept,
)
from bricks.fit import needs_map
from bricks.initializers import BIAS_INITIALIZER, DEPTHWISE_INITIALIZER
from bricks.param import both
from bricks.problem import Problem
from bricks.regularizers import BIAS_REGULARIZER, DEPTHWISE_REGULARIZER
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, channels x depth_multiplier)."""
    channels = gets[-1] * settings["depth_multiplier"]
    return needs_map(gets) or swept(gets, settings, channels)


def weights(gets: Shape, settings: Settings) -> int:
    """A small kernel for each channel it gives, and its bias."""
    kernel = prod(both(settings["kernel_size"]))
    return (kernel + settings["use_bias"]) * gets[2] * settings["depth_multiplier"]


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each kernel weight at each place."""
    return prod(gives) * prod(both(settings["kernel_size"]))


BRICK = Brick(
    kind="DepthwiseConv2D",
    family="convolution",
    order=30,
    said=N_("Depthwise convolution"),
    about=N_(
        "Filters each channel by itself and mixes none of them; a 1×1 Conv2D after it "
        "does that."
    ),
    search=N_("mobilenet channel each light cheap filter pattern"),
    looks=Looks("slots_depthwise", left="depth_multiplier", right="kernel_size"),
    start={"kernel_size": 3, "activation": "relu"},
    params=(
        KERNEL_SIZE,
        ACTIVATION,
        STRIDES,
        PADDING,
        DEPTH_MULTIPLIER,
        USE_BIAS,
        DILATION_RATE,
        DEPTHWISE_INITIALIZER,
        BIAS_INITIALIZER,
        DEPTHWISE_REGULARIZER,
        BIAS_REGULARIZER,
    ),
    gives=gives,
    weights=weights,
    madds=madds,
    ends_with=lambda settings: settings["activation"],
)
