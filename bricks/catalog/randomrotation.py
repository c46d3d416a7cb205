"""RandomRotation: while training, pictures are turned a little."""

from dataclasses import replace

from bricks.augmentation import FACTOR, FILLED, WAVY, same_map
from bricks.brick import Brick
from bricks.words import N_

BRICK = Brick(
    kind="RandomRotation",
    family="augmentation",
    order=20,
    said=N_("Random rotation"),
    about=N_("Turns every picture a little while training, each time differently."),
    search=N_("augment turn rotate angle more data overfitting"),
    looks=replace(WAVY, right="factor"),
    start={"factor": 0.05},
    params=(
        replace(
            FACTOR,
            help=N_("How far at most, as part of a full turn: 0.05 is 18 degrees."),
        ),
        *FILLED,
    ),
    gives=same_map,
)
