"""TerminateOnNaN: end the training when the loss is no longer a number."""

from bricks.training.callback import Callback
from bricks.words import N_

CALLBACK = Callback(
    kind="stop_on_nan",
    keras="TerminateOnNaN",
    order=30,
    said=N_("Stop when the loss is NaN"),
    about=N_("Ends the training at once when the loss is no longer a number (NaN)."),
)
