"""Cropping2D: cuts the rim of the map away."""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import described, needs_map
from bricks.problem import Problem, Repair, Set
from bricks.tuples import Sides, sides
from bricks.words import N_, Text, size


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, channels), both sides narrower."""
    problem = needs_map(gets)
    if problem:
        return problem
    height, width = map(sum, sides(settings["cropping"]))
    if height >= gets[0] or width >= gets[1]:
        return _nothing_left(gets, (height + 1, width + 1))
    return gets[0] - height, gets[1] - width, gets[2]


def _nothing_left(gets: Shape, least: tuple[int, int]) -> Problem:
    whole = {"setting": "cropping", "size": 0}
    return Problem(
        needs=Text(N_("a map of at least {size}"), {"size": size(least)}),
        got=described(gets),
        do=Text(N_("Cut less away, so that something is left of the map.")),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), whole), (Set("cropping", 0),)
        ),
    )


BRICK = Brick(
    kind="Cropping2D",
    family="convolution",
    order=70,
    said=N_("Cropping"),
    about=N_("Cuts rows and columns off the edges of the map."),
    search=N_("cut rim border edge margin smaller shrink trim"),
    looks=Looks("crop", right="cropping"),
    start={"cropping": 1},
    params=(
        Sides(
            name="cropping",
            default=0,
            positional=True,
            help=N_("How much is cut off; height and width, or each side, may differ."),
        ),
    ),
    gives=gives,
)
