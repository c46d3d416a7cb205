"""What the recurrent bricks share: their settings, shape rule and figures."""

from __future__ import annotations

from collections.abc import Callable

from bricks.activations import NAMES, TANH
from bricks.brick import Settings, Shape
from bricks.fit import needs_sequence
from bricks.initializers import (
    BIAS_INITIALIZER,
    KERNEL_INITIALIZER,
    RECURRENT_INITIALIZER,
)
from bricks.param import Choice, Flag, Share, Whole, Wrap
from bricks.problem import Problem, Repair, Set
from bricks.regularizers import (
    BIAS_REGULARIZER,
    KERNEL_REGULARIZER,
    RECURRENT_REGULARIZER,
)
from bricks.words import N_, Text

UNITS = Whole(
    name="units",
    positional=True,
    most=8_192,
    help=N_("How many units, and so how many numbers it keeps in mind."),
)

FIRST = (
    UNITS,
    Flag(
        name="return_sequences",
        default=False,
        help=N_("Whether it answers at every step; else only after the last one."),
    ),
    Wrap(
        name="bidirectional",
        layer="Bidirectional",
        default=False,
        help=N_(
            "Whether a second one reads from the end, and both answers are joined."
        ),
    ),
    Share(
        name="dropout",
        default=0.0,
        help=N_("The share of what comes in that is silenced while training."),
    ),
    Share(
        name="recurrent_dropout",
        default=0.0,
        help=N_("The share of what it keeps in mind that is silenced while training."),
    ),
    TANH,
)

GATES = Choice(
    name="recurrent_activation",
    default="sigmoid",
    choices=NAMES,
    more=True,
    help=N_("The function of its gates, which say what to keep and what to forget."),
)

LAST = (
    Flag(
        name="go_backwards",
        default=False,
        more=True,
        help=N_("Whether it reads from the end to the beginning."),
    ),
    Flag(
        name="use_bias",
        default=True,
        more=True,
        help=N_("Whether each unit adds a number of its own."),
    ),
    KERNEL_INITIALIZER,
    RECURRENT_INITIALIZER,
    BIAS_INITIALIZER,
    KERNEL_REGULARIZER,
    RECURRENT_REGULARIZER,
    BIAS_REGULARIZER,
    Flag(
        name="unroll",
        default=False,
        more=True,
        help=N_("Whether its loop is written out: quicker for few steps, but larger."),
    ),
)


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(units,), or (steps, units); twice the units where it is bidirectional."""
    problem = needs_sequence(gets) or _both_ways(settings)
    if problem:
        return problem
    units = settings["units"] * _times(settings)
    return (gets[0], units) if settings["return_sequences"] else (units,)


def _times(settings: Settings) -> int:
    return 2 if settings["bidirectional"] else 1


def _both_ways(settings: Settings) -> Problem | None:
    if not (settings["bidirectional"] and settings["go_backwards"]):
        return None
    name = "go_backwards"
    return Problem(
        needs=Text(N_("either bidirectional or go_backwards")),
        got=Text(N_("both")),
        do=Text(N_("Bidirectional reads both ways already.")),
        repair=Repair(
            Text(N_("Switch {setting} off"), {"setting": name}), (Set(name, False),)
        ),
    )


Figure = Callable[[Shape, Settings], int]


def weights(gates: int, biases: Figure | None = None) -> Figure:
    """Each gate has a kernel, a recurrent kernel and a bias of each unit.

    Source: S. Hochreiter and J. Schmidhuber, Long Short-Term Memory (1997); an LSTM has
    4 gates, a GRU 3, a simple one only itself.
    """

    def figure(gets: Shape, settings: Settings) -> int:
        units = settings["units"]
        bias = biases(gets, settings) if biases else settings["use_bias"]
        return _times(settings) * gates * units * (gets[1] + units + bias)

    return figure


def madds(gates: int) -> Callable[[Shape, Shape, Settings], int]:
    """One multiply-add for each weight that is no bias, at every step."""

    def figure(gets: Shape, gives: Shape, settings: Settings) -> int:
        units = settings["units"]
        return gets[0] * _times(settings) * gates * units * (gets[1] + units)

    return figure
