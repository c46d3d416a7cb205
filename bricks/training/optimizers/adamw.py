"""AdamW: Adam whose weights shrink by themselves."""

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
    kind="adamw",
    keras="AdamW",
    order=70,
    said=N_("AdamW"),
    about=N_(
        "Adam that lets weights shrink a little at each step, which generalizes better."
    ),
    params=(
        weight_decay(0.004),
        *betas(),
        epsilon(),
        amsgrad(),
        clipnorm(),
    ),
    parent="adam",
    year=2017,
    paper="Loshchilov & Hutter, Decoupled Weight Decay, arXiv:1711.05101",
    slots=lambda settings: 2 + bool(settings.get("amsgrad")),
)
