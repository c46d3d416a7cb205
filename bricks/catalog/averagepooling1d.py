"""AveragePooling1D: a window slides along the steps and keeps one number."""

from bricks.brick import Brick, Looks
from bricks.pooling import POOL_STEPS, SLIDING_STEPS, pooled_steps
from bricks.words import N_

BRICK = Brick(
    kind="AveragePooling1D",
    family="pooling",
    order=60,
    said=N_("Average pooling along a sequence"),
    about=N_("Keeps the mean of each window and so shortens the sequence."),
    search=N_("shrink shorten reduce half downsample mean smooth pool sequence"),
    looks=Looks("flatnotch1d", right="pool_size"),
    start={"pool_size": 2},
    params=(POOL_STEPS, *SLIDING_STEPS),
    gives=pooled_steps,
)
