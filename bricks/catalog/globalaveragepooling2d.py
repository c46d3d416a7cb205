"""GlobalAveragePooling2D: the mean of each channel, over the whole map."""

from bricks.brick import Brick, Looks
from bricks.pooling import KEEPDIMS, pooled_map
from bricks.words import N_

BRICK = Brick(
    kind="GlobalAveragePooling2D",
    family="pooling",
    order=30,
    said=N_("Global average pooling"),
    about=N_("Turns every channel into one number, its mean: a map becomes a vector."),
    search=N_("shrink flatten mean channel vector"),
    looks=Looks("wedge"),
    params=(KEEPDIMS,),
    gives=pooled_map,
)
