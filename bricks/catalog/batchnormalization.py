"""BatchNormalization: keeps each channel's mean near 0 and its spread near 1.

Source: S. Ioffe and C. Szegedy, Batch Normalization (2015).
"""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import same_shape
from bricks.normalization import EPSILON, LEARNED, learned, once_each
from bricks.param import Share
from bricks.words import N_


def weights(gets: Shape, settings: Settings) -> int:
    """Moving mean and variance of each channel, and what it learns."""
    return fixed(gets, settings) + learned(gets, settings)


def fixed(gets: Shape, settings: Settings) -> int:
    """Moving mean and variance, which follow the data and learn nothing."""
    return 2 * gets[-1]


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
        EPSILON,
        *LEARNED,
    ),
    gives=same_shape,
    weights=weights,
    fixed=fixed,
    madds=once_each,
)
