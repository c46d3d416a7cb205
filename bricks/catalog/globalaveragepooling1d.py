"""GlobalAveragePooling1D: the mean of each feature, over all steps."""

from bricks.brick import Brick, Looks
from bricks.pooling import KEEPDIMS, pooled_sequence
from bricks.words import N_

BRICK = Brick(
    kind="GlobalAveragePooling1D",
    family="pooling",
    order=70,
    said=N_("Global average pooling along a sequence"),
    about=N_(
        "Turns every feature into one number, its mean over the steps: a sequence "
        "becomes a vector."
    ),
    search=N_("shrink flatten mean sequence vector sentence"),
    looks=Looks("wedge"),
    params=(KEEPDIMS,),
    gives=pooled_sequence,
)
