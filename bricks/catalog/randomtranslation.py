"""RandomTranslation: while training, pictures are moved a little."""

from dataclasses import replace

from bricks.augmentation import FACTOR, FILLED, WAVY, same_map
from bricks.brick import Brick
from bricks.words import N_

BRICK = Brick(
    kind="RandomTranslation",
    family="augmentation",
    order=30,
    said=N_("Random translation"),
    about=N_(
        "Moves every picture a little while training, up or down and to the side."
    ),
    search=N_("augment shift move more data overfitting"),
    looks=replace(WAVY, right="height_factor"),
    start={"height_factor": 0.1, "width_factor": 0.1},
    params=(
        replace(
            FACTOR,
            name="height_factor",
            help=N_("How far up or down at most, as part of the height."),
        ),
        replace(
            FACTOR,
            name="width_factor",
            help=N_("How far to the side at most, as part of the width."),
        ),
        *FILLED,
    ),
    gives=same_map,
)
