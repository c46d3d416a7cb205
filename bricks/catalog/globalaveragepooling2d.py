"""GlobalAveragePooling2D: the mean of each channel, over the whole map."""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_map
from bricks.param import Flag
from bricks.problem import Problem
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(channels,), or (1, 1, channels) with keepdims."""
    problem = needs_map(gets)
    if problem:
        return problem
    return (1, 1, gets[2]) if settings["keepdims"] else (gets[2],)


BRICK = Brick(
    kind="GlobalAveragePooling2D",
    family="pooling",
    order=30,
    said=N_("Global average pooling"),
    about=N_("Turns every channel into one number, its mean: a map becomes a vector."),
    search=N_("shrink flatten mean channel vector"),
    looks=Looks("wedge"),
    params=(
        Flag(
            name="keepdims",
            default=False,
            more=True,
            help=N_("Whether it gives a map of 1×1 instead of a vector."),
        ),
    ),
    gives=gives,
)
