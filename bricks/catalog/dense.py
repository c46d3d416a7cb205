"""Dense: every unit looks at every number it gets."""

from bricks.activations import ACTIVATION
from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_vector
from bricks.initializers import BIAS_INITIALIZER, KERNEL_INITIALIZER
from bricks.param import Flag, Whole
from bricks.problem import Problem
from bricks.regularizers import BIAS_REGULARIZER, KERNEL_REGULARIZER
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(units,)."""
    return needs_vector(gets) or (settings["units"],)


def weights(gets: Shape, settings: Settings) -> int:
    """A weight for each input, and a bias, in every unit."""
    return (gets[0] + settings["use_bias"]) * settings["units"]


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each weight that is not a bias."""
    return gets[0] * settings["units"]


BRICK = Brick(
    kind="Dense",
    family="core",
    order=20,
    said=N_("Fully connected"),
    about=N_("Every unit weighs all numbers it gets and gives one answer."),
    search=N_("fully connected linear neuron unit perceptron classify"),
    looks=Looks("slope", left="units"),
    start={"units": 128, "activation": "relu"},
    params=(
        Whole(
            name="units",
            positional=True,
            help=N_("How many units, and so how many numbers it gives."),
        ),
        ACTIVATION,
        Flag(
            name="use_bias",
            default=True,
            more=True,
            help=N_("Whether each unit adds a number of its own."),
        ),
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
