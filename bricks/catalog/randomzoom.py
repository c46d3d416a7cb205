"""RandomZoom: while training, pictures come nearer or move away."""

from dataclasses import replace

from bricks.augmentation import FACTOR, FILLED, WAVY, same_map
from bricks.brick import Brick
from bricks.words import N_

BRICK = Brick(
    kind="RandomZoom",
    family="augmentation",
    order=40,
    said=N_("Random zoom"),
    about=N_("Brings every picture a little nearer or farther while training."),
    search=N_("augment scale larger smaller near far more data overfitting"),
    looks=replace(WAVY, right="height_factor"),
    start={"height_factor": 0.1},
    params=(
        replace(
            FACTOR,
            name="height_factor",
            least=-0.99,
            help=N_("How far at most, as part of the height; below 0 is nearer."),
        ),
        replace(
            FACTOR,
            name="width_factor",
            least=-0.99,
            default=None,
            optional=True,
            positional=False,
            help=N_("The same for the width; empty keeps the proportions."),
        ),
        *FILLED,
    ),
    gives=same_map,
)
