"""Adam: RMSprop and momentum in one."""

from bricks.training.optimizer import (
    Optimizer,
    amsgrad,
    betas,
    clipnorm,
    epsilon,
    weight_decay,
)
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="adam",
    keras="Adam",
    order=60,
    said=N_("Adam"),
    about=N_("RMSprop and momentum in one; a good start for most towers."),
    params=(
        *betas(),
        epsilon(),
        amsgrad(),
        weight_decay(),
        clipnorm(),
    ),
    parent="rmsprop",
    also=("momentum",),
    year=2014,
    paper="Kingma & Ba, Adam, arXiv:1412.6980",
    slots=lambda settings: 2 + bool(settings.get("amsgrad")),
)
