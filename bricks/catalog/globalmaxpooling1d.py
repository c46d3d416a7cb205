"""GlobalMaxPooling1D: the strongest answer of each feature, over all steps."""

from bricks.brick import Brick, Looks
from bricks.pooling import KEEPDIMS, pooled_sequence
from bricks.words import N_

BRICK = Brick(
    kind="GlobalMaxPooling1D",
    family="pooling",
    order=80,
    said=N_("Global max pooling along a sequence"),
    about=N_(
        "Turns every feature into one number, its strongest over the steps: a "
        "sequence becomes a vector."
    ),
    search=N_("shrink flatten strongest maximum sequence vector sentence"),
    looks=Looks("wedgemax"),
    params=(KEEPDIMS,),
    gives=pooled_sequence,
)
