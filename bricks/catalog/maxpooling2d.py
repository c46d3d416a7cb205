"""MaxPooling2D: a window slides over the map and keeps one number of each place."""

from bricks.brick import Brick, Looks
from bricks.pooling import HALVING, SLIDING, pooled
from bricks.words import N_

BRICK = Brick(
    kind="MaxPooling2D",
    family="pooling",
    order=10,
    said=N_("Max pooling"),
    about=N_("Keeps the strongest answer of each window and so shrinks the map."),
    search=N_("shrink reduce half downsample strongest pool halve smaller"),
    looks=Looks("notch", right="pool_size"),
    start={"pool_size": 2},
    params=(HALVING, *SLIDING),
    gives=pooled,
)
