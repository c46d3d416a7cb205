"""RandomShear: while training, pictures are slanted a little."""

from dataclasses import replace

from bricks.augmentation import FILLED, WAVY, same_map
from bricks.brick import Brick
from bricks.tuples import Range
from bricks.words import N_

BRICK = Brick(
    kind="RandomShear",
    family="augmentation",
    order=50,
    said=N_("Random shear"),
    about=N_("Slants every picture a little while training, as italics are slanted."),
    search=N_("augment slant skew italic more data overfitting"),
    looks=replace(WAVY, right="x_factor"),
    start={"x_factor": 0.1},
    params=(
        Range(
            name="x_factor",
            default=0.0,
            least=0.0,
            help=N_("How far its rows slide to the side at most."),
        ),
        Range(
            name="y_factor",
            default=0.0,
            least=0.0,
            help=N_("How far its columns slide up or down at most."),
        ),
        *FILLED,
    ),
    gives=same_map,
)
