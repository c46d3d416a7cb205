"""RMSprop: Adagrad with a short memory."""

from bricks.param import Flag
from bricks.training.optimizer import (
    Optimizer,
    clipnorm,
    epsilon,
    momentum,
    rho,
    weight_decay,
)
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="rmsprop",
    keras="RMSprop",
    order=50,
    said=N_("RMSprop"),
    about=N_("Steps as large as the slopes of late allow, for each weight by itself."),
    params=(
        rho(0.9),
        momentum(),
        epsilon(),
        Flag(
            name="centered",
            default=False,
            more=True,
            help=N_("Measure slopes from their mean; steadier, and more to keep."),
        ),
        weight_decay(),
        clipnorm(),
    ),
    parent="adagrad",
    year=2012,
    paper="Hinton, Neural Networks for Machine Learning, lecture 6e, 2012",
    slots=lambda settings: (
        1 + bool(settings.get("momentum")) + bool(settings.get("centered"))
    ),
)
