"""LayerNormalization: keeps the mean of each place near 0 and its spread near 1.

Source: J. Ba, J. Kiros and G. Hinton, Layer Normalization (2016).
"""

from bricks.brick import Brick, Looks
from bricks.fit import same_shape
from bricks.normalization import EPSILON, LEARNED, learned, once_each
from bricks.words import N_

BRICK = Brick(
    kind="LayerNormalization",
    family="normalization",
    order=20,
    said=N_("Layer normalization"),
    about=N_(
        "Brings the channels of every place to mean 0 and spread 1 together, for each "
        "example by itself; small batches do not trouble it."
    ),
    search=N_("normalize mean variance layernorm stable transformer sequence"),
    looks=Looks("ruled", plate=True),
    params=(EPSILON, *LEARNED),
    gives=same_shape,
    weights=learned,
    madds=once_each,
)
