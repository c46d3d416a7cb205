"""UpSampling2D: every place of the map several times, so that the map is larger."""

from bricks.brick import Brick, Looks, Settings, Shape
from bricks.fit import needs_map
from bricks.param import Choice, Pair, both
from bricks.problem import Problem
from bricks.words import N_


def gives(gets: Shape, settings: Settings) -> Shape | Problem:
    """(height, width, channels), both sides `size` times as long."""
    height, width = both(settings["size"])
    return needs_map(gets) or (gets[0] * height, gets[1] * width, gets[2])


BRICK = Brick(
    kind="UpSampling2D",
    family="convolution",
    order=80,
    said=N_("Upsampling"),
    about=N_("Repeats every row and column of the map, so that it is larger."),
    search=N_("enlarge widen double bigger repeat decoder resize zoom upscale"),
    looks=Looks("widen", right="size"),
    start={"size": 2},
    params=(
        Pair(
            name="size",
            default=2,
            positional=True,
            most=64,
            help=N_("How many times as high and wide the map becomes."),
        ),
        Choice(
            name="interpolation",
            default="nearest",
            choices=("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"),
            help=N_("nearest repeats; bilinear and the others blend what is near."),
        ),
    ),
    gives=gives,
)
