"""Rescaling: every number times a factor, plus a shift."""

from bricks.brick import Brick, Looks
from bricks.fit import same_shape
from bricks.normalization import once_each
from bricks.param import Real
from bricks.words import N_

BRICK = Brick(
    kind="Rescaling",
    family="normalization",
    order=40,
    said=N_("Rescaling"),
    about=N_(
        "Multiplies every number and adds to it: 1/255 makes 0 to 255 into 0 to 1."
    ),
    search=N_("scale divide 255 range pixels points zero one minus offset"),
    looks=Looks("ruled", right="scale", plate=True),
    start={"scale": 2.0, "offset": -1.0},
    params=(
        Real(
            name="scale",
            positional=True,
            help=N_("What every number is multiplied by."),
        ),
        Real(
            name="offset",
            default=0.0,
            help=N_("What is added after that; scale 2 and offset -1 lead to -1 to 1."),
        ),
    ),
    gives=same_shape,
    madds=once_each,
)
