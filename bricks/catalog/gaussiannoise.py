"""GaussianNoise: while training, a little chance is added to every number."""

from bricks.brick import Brick, Looks
from bricks.fit import same_shape
from bricks.param import Share
from bricks.words import N_

BRICK = Brick(
    kind="GaussianNoise",
    family="regularization",
    order=30,
    said=N_("Gaussian noise"),
    about=N_(
        "Adds a little chance to every number while training, against overfitting."
    ),
    search=N_("overfitting random regularize noise jitter denoise"),
    looks=Looks("noise", right="stddev", plate=True),
    start={"stddev": 0.1},
    params=(
        Share(
            name="stddev",
            positional=True,
            most=1.0,
            help=N_("How much: the standard deviation of what is added."),
        ),
    ),
    gives=same_shape,
)
