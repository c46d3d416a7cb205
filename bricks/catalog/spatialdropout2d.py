"""SpatialDropout2D: while training, whole channels are set to zero at random.

Source: J. Tompson et al., Efficient Object Localization (2015), section 3.2.
"""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_map
from bricks.param import Share
from bricks.problem import Problem
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """The map it gets."""
    return needs_map(gets) or gets


BRICK = Brick(
    kind="SpatialDropout2D",
    family="regularization",
    order=20,
    said=N_("Spatial dropout"),
    about=N_(
        "Silences whole channels of a map while training; neighbouring places tell "
        "the same, so single ones would not be missed."
    ),
    search=N_("overfitting random regularize forget noise channel dropout map"),
    looks=Looks("holes_map", right="rate", plate=True),
    start={"rate": 0.2},
    params=(
        Share(
            name="rate",
            positional=True,
            help=N_("The share of the channels that is silenced."),
        ),
    ),
    gives=gives,
)
