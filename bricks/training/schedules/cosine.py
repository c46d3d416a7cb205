"""Cosine: the learning rate falls along half a cosine."""

from bricks.literal import literal
from bricks.training.schedule import Schedule, alpha, half_cosine
from bricks.words import N_

SCHEDULE = Schedule(
    kind="cosine",
    keras="CosineDecay",
    order=30,
    said=N_("Cosine"),
    about=N_("The learning rate falls slowly, then fast, then slowly, until the end."),
    params=(alpha(),),
    arguments=lambda settings: (
        "LEARNING_RATE",
        "decay_steps=EPOCHS * steps",
        *([f"alpha={literal(settings['alpha'])}"] if settings["alpha"] else []),
    ),
    share=lambda settings, epochs, at: half_cosine(at / epochs, settings["alpha"]),
)
