"""RandomFlip: while training, some pictures are mirrored."""

from bricks.augmentation import WAVY, same_map
from bricks.brick import Brick
from bricks.param import Choice
from bricks.words import N_

BRICK = Brick(
    kind="RandomFlip",
    family="augmentation",
    order=10,
    said=N_("Random flip"),
    about=N_(
        "Mirrors every other picture while training, so that left or right does not "
        "matter."
    ),
    search=N_("augment mirror horizontal vertical more data overfitting turn"),
    looks=WAVY,
    start={"mode": "horizontal"},
    params=(
        Choice(
            name="mode",
            default="horizontal_and_vertical",
            positional=True,
            choices=("horizontal", "vertical", "horizontal_and_vertical"),
            help=N_("Left and right exchanged, or up and down, or both."),
        ),
    ),
    gives=same_map,
)
