"""BatchNormalization: keeps each channel's mean near 0 and its spread near 1."""

from math import prod

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.param import Flag, Share
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape:
    """The shape it gets."""
    return gets


def weights(gets: Shape, settings: Settings) -> int:
    """Moving mean and variance of each channel, and its scale and centre if learned."""
    return gets[-1] * (2 + settings["center"] + settings["scale"])


def madds(gets: Shape, gives: Shape, settings: Settings) -> int:
    """One multiply-add for each number: scale and shift."""
    return prod(gives)


BRICK = Brick(
    kind="BatchNormalization",
    family="normalization",
    order=10,
    said=N_("Batch normalization"),
    about=N_(
        "Brings every channel to mean 0 and spread 1, so that training is calmer."
    ),
    search=N_("normalize mean variance batchnorm stable faster"),
    looks=Looks("ruled", plate=True),
    params=(
        Share(
            name="momentum",
            default=0.99,
            most=0.9999,
            help=N_("How slowly the moving mean follows; close to 1 is slow."),
        ),
        Share(
            name="epsilon",
            default=0.001,
            least=1e-7,
            most=1.0,
            more=True,
            help=N_("A small number that keeps the division from zero."),
        ),
        Flag(
            name="center",
            default=True,
            more=True,
            help=N_("Whether a shift is learned for each channel."),
        ),
        Flag(
            name="scale",
            default=True,
            more=True,
            help=N_("Whether a factor is learned for each channel."),
        ),
    ),
    gives=gives,
    weights=weights,
    madds=madds,
)
