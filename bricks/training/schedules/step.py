"""Step: the learning rate falls every few epochs."""

from bricks.literal import literal
from bricks.training.schedule import Schedule, decay_epochs, decay_rate
from bricks.words import N_

SCHEDULE = Schedule(
    kind="step",
    keras="ExponentialDecay",
    order=10,
    said=N_("Steps"),
    about=N_("The learning rate stays for some epochs, then falls at once."),
    params=(decay_epochs(10), decay_rate(0.5)),
    arguments=lambda settings: (
        "LEARNING_RATE",
        f"decay_steps={settings['decay_epochs']} * steps",
        f"decay_rate={literal(settings['decay_rate'])}",
        "staircase=True",
    ),
    share=lambda settings, epochs, at: (
        settings["decay_rate"] ** (at // settings["decay_epochs"])
    ),
)
