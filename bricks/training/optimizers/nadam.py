"""Nadam: Adam with Nesterov's momentum."""

from bricks.training.optimizer import Optimizer, betas, clipnorm, epsilon, weight_decay
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="nadam",
    keras="Nadam",
    order=80,
    said=N_("Nadam"),
    about=N_("Adam that looks ahead, as Nesterov does."),
    params=(
        *betas(),
        epsilon(),
        weight_decay(),
        clipnorm(),
    ),
    parent="nesterov",
    also=("adam",),
    year=2016,
    paper="Dozat, Incorporating Nesterov Momentum into Adam, 2016",
    slots=lambda settings: 2,
)
