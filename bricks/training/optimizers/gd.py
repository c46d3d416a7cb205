"""GD: gradient descent proper, on all examples at once."""

from bricks.training.optimizer import (
    Optimizer,
    clipnorm,
    momentum,
    nesterov,
    weight_decay,
)
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="gd",
    keras="SGD",
    order=10,
    said=N_("Gradient descent"),
    about=N_(
        "All examples at once, then one step downhill: sure of its way, and slow."
    ),
    params=(
        momentum(),
        nesterov(),
        weight_decay(),
        clipnorm(),
    ),
    learning_rate=0.01,
    year=1847,
    paper="Cauchy, Méthode générale pour la résolution des systèmes, 1847",
    slots=lambda settings: int(settings.get("momentum", 0) > 0),
    whole=True,
)
