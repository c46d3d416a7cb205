"""Conv1D: filters that slide along a sequence and answer to patterns."""

from dataclasses import replace
from math import prod

from bricks.activations import ACTIVATION
from bricks.brick import Brick, Looks, Settings, Shape
from bricks.convolution import (
    FILTERS,
    GROUPS,
    PADDING,
    USE_BIAS,
    strides_or_dilation,
    swept_steps,
    uneven_groups,
)
from bricks.fit import needs_sequence
from bricks.initializers import BIAS_INITIALIZER, KERNEL_INITIALIZER
from bricks.param import Whole
from bricks.problem import Problem
from bricks.regularizers import BIAS_REGULARIZER, KERNEL_REGULARIZER
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(steps, filters)."""
    return (
        needs_sequence(gets)
        or strides_or_dilation(settings)
        or uneven_groups(gets, settings)
        or swept_steps(gets, settings, settings["filters"])
    )


def _kernel(gets: Shape, settings: Settings) -> int:
    """Weights of one filter: steps x the features of its group."""
    return settings["kernel_size"] * gets[1] // settings["groups"]


def weights(gets: Shape, settings: Settings) -> int:
    """A kernel for each filter, and its bias."""
    return (_kernel(gets, settings) + settings["use_bias"]) * settings["filters"]


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each kernel weight at each place."""
    return prod(gives) * _kernel(gets, settings)


BRICK = Brick(
    kind="Conv1D",
    family="convolution",
    order=50,
    said=N_("Convolution along a sequence"),
    about=N_(
        "Slides filters along the steps; each finds one pattern of a few steps, such "
        "as some words or a heartbeat."
    ),
    search=N_("filter kernel pattern sequence time signal text sound causal wave"),
    looks=Looks("slot1d", left="filters", right="kernel_size"),
    start={"filters": 32, "kernel_size": 3, "activation": "relu"},
    params=(
        FILTERS,
        Whole(
            name="kernel_size",
            positional=True,
            most=1_024,
            help=N_("How many steps each filter is long."),
        ),
        ACTIVATION,
        Whole(
            name="strides",
            default=1,
            most=1_024,
            help=N_("How far the filter moves each time; 2 halves the sequence."),
        ),
        replace(
            PADDING,
            choices=("valid", "same", "causal"),
            help=N_(
                "same keeps the length by adding zeros; causal adds them before the "
                "first step, so that no step sees a later one; valid adds nothing."
            ),
        ),
        USE_BIAS,
        Whole(
            name="dilation_rate",
            default=1,
            most=1_024,
            more=True,
            help=N_("Gaps between the filter's points: it sees farther."),
        ),
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
