"""GlobalMaxPooling2D: the strongest answer of each channel, over the whole map."""

from bricks.brick import Brick, Looks
from bricks.pooling import KEEPDIMS, pooled_map
from bricks.words import N_

BRICK = Brick(
    kind="GlobalMaxPooling2D",
    family="pooling",
    order=40,
    said=N_("Global max pooling"),
    about=N_(
        "Turns every channel into one number, its strongest: a map becomes a vector."
    ),
    search=N_("shrink flatten strongest maximum channel vector"),
    looks=Looks("wedgemax"),
    params=(KEEPDIMS,),
    gives=pooled_map,
)
