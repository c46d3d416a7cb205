"""Adamax: Adam by the largest slope."""

from bricks.training.optimizer import Optimizer, betas, clipnorm, epsilon, weight_decay
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="adamax",
    keras="Adamax",
    order=90,
    said=N_("Adamax"),
    about=N_(
        "Adam that goes by the largest slope of late; calm where slopes are rare."
    ),
    params=(
        *betas(),
        epsilon(),
        weight_decay(),
        clipnorm(),
    ),
    parent="adam",
    year=2014,
    paper="Kingma & Ba, Adam, arXiv:1412.6980",
    slots=lambda settings: 2,
)
