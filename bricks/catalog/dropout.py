"""Dropout: while training, a share of the numbers is set to zero at random.

Source: N. Srivastava et al., Dropout (2014).
"""

from bricks.brick import Brick, Looks
from bricks.fit import same_shape
from bricks.param import Share
from bricks.words import N_

BRICK = Brick(
    kind="Dropout",
    family="regularization",
    order=10,
    said=N_("Dropout"),
    about=N_("Silences a random share while training, so that no unit is relied upon."),
    search=N_("overfitting random regularize forget noise"),
    looks=Looks("holes", right="rate", plate=True),
    start={"rate": 0.5},
    params=(
        Share(
            name="rate",
            positional=True,
            help=N_("The share that is silenced: 0.5 is half of them."),
        ),
    ),
    gives=same_shape,
)
