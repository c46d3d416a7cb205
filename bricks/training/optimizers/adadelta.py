"""Adadelta: Adagrad whose steps do not die out."""

from bricks.training.optimizer import Optimizer, clipnorm, epsilon, rho, weight_decay
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="adadelta",
    keras="Adadelta",
    order=40,
    said=N_("Adadelta"),
    about=N_(
        "Like Adagrad, but only what was lately counts, so that steps do not die out."
    ),
    params=(
        rho(0.95),
        epsilon(),
        weight_decay(),
        clipnorm(),
    ),
    parent="adagrad",
    year=2012,
    paper="Zeiler, ADADELTA, arXiv:1212.5701",
    slots=lambda settings: 2,
)
