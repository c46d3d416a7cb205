"""Block: bricks with a name, repeated; in code, a function with a loop."""

from bricks.brick import Container, Looks
from bricks.param import Whole
from bricks.words import N_

BRICK = Container(
    kind="Block",
    family="container",
    order=10,
    said=N_("Block"),
    about=N_(
        "A crate of bricks, stacked as often as you say. With a name it is a function "
        "in the code; it may have parameters of its own."
    ),
    search=N_("block repeat group function loop again copy module crate"),
    looks=Looks("crate", right="repeat"),
    start={"repeat": 2},
    towers=("bricks",),
    params=(
        Whole(
            name="repeat",
            default=1,
            most=64,
            help=N_("How often the bricks inside are stacked on each other."),
        ),
    ),
    joins=lambda placed, gets, each, settings: each[0],
)
