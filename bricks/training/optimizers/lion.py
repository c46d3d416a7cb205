"""Lion: steps of one size, only their direction is learned."""

from bricks.training.optimizer import Optimizer, betas, clipnorm, weight_decay
from bricks.words import N_

OPTIMIZER = Optimizer(
    kind="lion",
    keras="Lion",
    order=100,
    said=N_("Lion"),
    about=N_(
        "All steps are of one size, up or down; it wants a smaller learning rate."
    ),
    params=(
        *betas(0.99, least=0.001),
        weight_decay(),
        clipnorm(),
    ),
    parent="momentum",
    also=("adam",),
    year=2023,
    paper="Chen et al., Symbolic Discovery of Optimizers, arXiv:2302.06675",
    slots=lambda settings: 1,
)
