"""ZeroPadding2D: a rim of zeros around the map."""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_map
from bricks.problem import Problem
from bricks.tuples import Sides, sides
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, channels), both sides wider."""
    problem = needs_map(gets)
    if problem:
        return problem
    height, width = map(sum, sides(settings["padding"]))
    return gets[0] + height, gets[1] + width, gets[2]


BRICK = Brick(
    kind="ZeroPadding2D",
    family="convolution",
    order=60,
    said=N_("Zero padding"),
    about=N_("Puts a rim of zeros around the map, so that a filter reaches its edge."),
    search=N_("rim border edge margin widen enlarge pad frame zeros bigger"),
    looks=Looks("rim", right="padding"),
    start={"padding": 1},
    params=(
        Sides(
            name="padding",
            default=1,
            positional=True,
            help=N_("How wide the rim is; height and width, or each side, may differ."),
        ),
    ),
    gives=gives,
)
