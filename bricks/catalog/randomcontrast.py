"""RandomContrast: while training, pictures get more or less contrast."""

from dataclasses import replace

from bricks.augmentation import FACTOR, VALUE_RANGE, WAVY, same_map
from bricks.brick import Brick
from bricks.words import N_

BRICK = Brick(
    kind="RandomContrast",
    family="augmentation",
    order=60,
    said=N_("Random contrast"),
    about=N_("Gives every picture a little more or less contrast while training."),
    search=N_("augment light dark grey colour color more data overfitting"),
    looks=replace(WAVY, right="factor"),
    start={"factor": 0.2, "value_range": (0, 1)},
    params=(
        replace(
            FACTOR, least=0.0, help=N_("How much at most: 0.2 is a fifth less or more.")
        ),
        VALUE_RANGE,
    ),
    gives=same_map,
)
