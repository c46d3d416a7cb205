"""Conv2DTranspose: a convolution the other way round, which widens the map.

Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic (2016), chapter 4.
"""

from dataclasses import replace
from math import prod

from bricks.activations import ACTIVATION
from bricks.brick import Brick, Looks, Settings, Shape
from bricks.convolution import (
    DILATION_RATE,
    FILTERS,
    KERNEL_SIZE,
    PADDING,
    STRIDES,
    USE_BIAS,
    reach,
    strides_or_dilation,
)
from bricks.fit import needs_map
from bricks.initializers import BIAS_INITIALIZER, KERNEL_INITIALIZER
from bricks.param import Pair, both
from bricks.problem import Problem, Repair, Set
from bricks.regularizers import BIAS_REGULARIZER, KERNEL_REGULARIZER
from bricks.words import N_, Text


def length(n: int, window: int, stride: int, padding: str, extra: int | None) -> int:
    """How long an axis of `n` becomes; `extra` is its output_padding.

    >>> length(7, 3, 2, "same", None), length(7, 3, 2, "valid", None)
    (14, 15)
    >>> length(7, 3, 2, "same", 0)
    13
    """
    if padding == "same":
        return n * stride if extra is None else (n - 1) * stride + window % 2 + extra
    return (n - 1) * stride + (max(window, stride) if extra is None else window + extra)


def _extra(settings: Settings) -> tuple[int, int] | tuple[None, None]:
    value = settings["output_padding"]
    return (None, None) if value is None else both(value)


def _output_padding(settings: Settings) -> Problem | None:
    """The problem where output_padding reaches its limits, else None."""
    for extra, stride, window in zip(
        _extra(settings), both(settings["strides"]), reach(settings), strict=True
    ):
        if extra is None:
            continue
        if extra >= stride:
            return _within(N_("an output_padding below the strides"), extra)
        if settings["padding"] == "same" and extra == 0 and window % 2 == 0:
            strict = Text(N_("Keras takes it, and TensorFlow then ends the program."))
            needs = N_("an output_padding of at least 1, as the kernel is even")
            return replace(_within(needs, extra), strict=strict)
    return None


def _within(needs: str, extra: int) -> Problem:
    name = {"setting": "output_padding"}
    return Problem(
        needs=Text(needs),
        got=Text("{value}", {"value": extra}),
        do=Text(N_("Change {setting}."), name),
        repair=Repair(
            Text(N_("Set {setting} to its default"), name),
            (Set("output_padding", None),),
        ),
    )


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, filters)."""
    problem = (
        needs_map(gets) or strides_or_dilation(settings) or _output_padding(settings)
    )
    if problem:
        return problem
    axes = zip(
        gets, reach(settings), both(settings["strides"]), _extra(settings), strict=False
    )
    widened = (length(n, k, s, settings["padding"], extra) for n, k, s, extra in axes)
    return (*widened, settings["filters"])


def _kernel(gets: Shape, settings: Settings) -> int:
    """Weights of one filter: height x width x channels."""
    return prod(both(settings["kernel_size"])) * gets[2]


def weights(gets: Shape, settings: Settings) -> int:
    """A kernel for each filter, and its bias."""
    return (_kernel(gets, settings) + settings["use_bias"]) * settings["filters"]


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each kernel weight at each place of the map it gets."""
    return prod(gets[:2]) * _kernel(gets, settings) * settings["filters"]


BRICK = Brick(
    kind="Conv2DTranspose",
    family="convolution",
    order=40,
    said=N_("Transposed convolution"),
    about=N_(
        "Lets every place paint its filters onto a larger map: it widens what "
        "convolutions have shrunk, as decoders do."
    ),
    search=N_("deconvolution upsample widen enlarge bigger decoder generator paint"),
    looks=Looks("slots_transpose", left="filters", right="kernel_size"),
    start={
        "filters": 32,
        "kernel_size": 3,
        "activation": "relu",
        "strides": 2,
        "padding": "same",
    },
    params=(
        FILTERS,
        KERNEL_SIZE,
        ACTIVATION,
        replace(
            STRIDES,
            help=N_("How far apart the places stand on the larger map; 2 doubles it."),
        ),
        PADDING,
        Pair(
            name="output_padding",
            default=None,
            optional=True,
            least=0,
            more=True,
            help=N_("Rows and columns added at the end; empty chooses them itself."),
        ),
        USE_BIAS,
        DILATION_RATE,
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
