"""RandomBrightness: while training, pictures get lighter or darker."""

from dataclasses import replace

from bricks.augmentation import FACTOR, VALUE_RANGE, WAVY, same_map
from bricks.brick import Brick
from bricks.words import N_

BRICK = Brick(
    kind="RandomBrightness",
    family="augmentation",
    order=70,
    said=N_("Random brightness"),
    about=N_("Makes every picture a little lighter or darker while training."),
    search=N_("augment light dark exposure more data overfitting"),
    looks=replace(WAVY, right="factor"),
    start={"factor": 0.2, "value_range": (0, 1)},
    params=(
        replace(
            FACTOR, help=N_("How much at most: 0.2 is a fifth of the whole range.")
        ),
        VALUE_RANGE,
    ),
    gives=same_map,
)
