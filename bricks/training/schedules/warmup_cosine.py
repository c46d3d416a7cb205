"""Warm-up and cosine: the learning rate rises from nothing, then falls."""

from bricks.literal import literal
from bricks.param import Whole
from bricks.training.schedule import Schedule, alpha
from bricks.words import N_

SCHEDULE = Schedule(
    kind="warmup_cosine",
    keras="CosineDecay",
    order=40,
    said=N_("Warm-up, then cosine"),
    about=N_("The learning rate rises from 0 first, so that the start does no harm."),
    params=(
        Whole(
            name="warmup_epochs",
            default=1,
            most=1_000,
            help=N_("In how many epochs the learning rate rises."),
        ),
        alpha(),
    ),
    arguments=lambda settings: (
        "0.0",
        f"decay_steps=max(1, EPOCHS - {settings['warmup_epochs']}) * steps",
        *([f"alpha={literal(settings['alpha'])}"] if settings["alpha"] else []),
        "warmup_target=LEARNING_RATE",
        f"warmup_steps={settings['warmup_epochs']} * steps",
    ),
)
