"""MaxPooling1D: a window slides along the steps and keeps one number."""

from bricks.brick import Brick, Looks
from bricks.pooling import HALVING_STEPS, SLIDING_STEPS, pooled_steps
from bricks.words import N_

BRICK = Brick(
    kind="MaxPooling1D",
    family="pooling",
    order=50,
    said=N_("Max pooling along a sequence"),
    about=N_("Keeps the strongest answer of each window and so shortens the sequence."),
    search=N_("shrink shorten reduce half downsample strongest pool sequence"),
    looks=Looks("notch1d", right="pool_size"),
    start={"pool_size": 2},
    params=(HALVING_STEPS, *SLIDING_STEPS),
    gives=pooled_steps,
)
