"""AveragePooling2D: a window slides over the map and keeps one number of each place."""

from bricks.brick import Brick, Looks
from bricks.pooling import POOL_SIZE, SLIDING, pooled
from bricks.words import N_

BRICK = Brick(
    kind="AveragePooling2D",
    family="pooling",
    order=20,
    said=N_("Average pooling"),
    about=N_("Keeps the mean of each window and so shrinks the map."),
    search=N_("shrink reduce half downsample mean smooth pool halve smaller"),
    looks=Looks("flatnotch", right="pool_size"),
    start={"pool_size": 2},
    params=(POOL_SIZE, *SLIDING),
    gives=pooled,
)
