"""SGD: stochastic gradient descent, with or without momentum."""

from bricks.training.optimizer import (
    Form,
    Optimizer,
    clipnorm,
    momentum,
    nesterov,
    weight_decay,
)
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="sgd",
    keras="SGD",
    order=20,
    said=N_("SGD"),
    about=N_(
        "A few examples, then a step downhill: less sure of its way, but many steps."
    ),
    params=(
        momentum(),
        nesterov(),
        weight_decay(),
        clipnorm(),
    ),
    learning_rate=0.01,
    parent="gd",
    year=1951,
    paper="Robbins & Monro, A Stochastic Approximation Method, 1951",
    slots=lambda settings: int(settings.get("momentum", 0) > 0),
    forms=(
        Form(
            kind="momentum",
            settings={"momentum": 0.9},
            parent="sgd",
            said=N_("Momentum"),
            about=N_("Rolls on in the direction it came from, over small hollows."),
            year=1964,
            paper="Polyak, Some methods of speeding up the convergence, 1964",
        ),
        Form(
            kind="nesterov",
            settings={"momentum": 0.9, "nesterov": True},
            parent="momentum",
            said=N_("Nesterov"),
            about=N_("Rolls first, then looks at the slope: it brakes in time."),
            year=1983,
            paper="Nesterov, A method of solving a convex programming problem, 1983",
        ),
    ),
)
