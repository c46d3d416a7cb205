"""Adagrad: each weight has a step of its own, which shrinks."""

from bricks.param import Real
from bricks.training.optimizer import Optimizer, clipnorm, epsilon, weight_decay
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="adagrad",
    keras="Adagrad",
    order=30,
    said=N_("Adagrad"),
    about=N_("Weights that were moved little so far take larger steps."),
    params=(
        Real(
            name="initial_accumulator_value",
            default=0.1,
            least=0.0,
            most=100.0,
            more=True,
            help=N_(
                "The size of slopes that it begins with; larger ones begin slower."
            ),
        ),
        epsilon(),
        weight_decay(),
        clipnorm(),
    ),
    parent="sgd",
    year=2011,
    paper="Duchi et al., Adaptive Subgradient Methods, JMLR 12, 2011",
    slots=lambda settings: 1,
)
