"""Exponential: the learning rate falls by the same share again and again."""

from bricks.literal import literal
from bricks.training.schedule import Schedule, decay_epochs, decay_rate
from bricks.words import N_

SCHEDULE = Schedule(
    kind="exponential",
    keras="ExponentialDecay",
    order=20,
    said=N_("Exponential"),
    about=N_("The learning rate falls a little with every batch, fast at first."),
    params=(decay_epochs(1), decay_rate(0.9)),
    arguments=lambda settings: (
        "LEARNING_RATE",
        f"decay_steps={settings['decay_epochs']} * steps",
        f"decay_rate={literal(settings['decay_rate'])}",
    ),
    share=lambda settings, epochs, at: (
        settings["decay_rate"] ** (at / settings["decay_epochs"])
    ),
)
