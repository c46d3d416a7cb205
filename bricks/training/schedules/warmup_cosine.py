"""Warm-up and cosine: the learning rate rises from nothing, then falls."""

from bricks.literal import literal
from bricks.param import Whole
from bricks.training.part import Settings
from bricks.training.schedule import Schedule, alpha, half_cosine
from bricks.words import N_


def _share(settings: Settings, epochs: int, at: float) -> float:
    """Up to 1 in the first epochs, then down in those that are left."""
    rising = settings["warmup_epochs"]
    if at < rising:
        return at / rising
    return half_cosine((at - rising) / max(1, epochs - rising), settings["alpha"])


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
    share=_share,
)
