"""EarlyStopping: end the training once it gets no better."""

from bricks.param import Flag, Real, Whole
from bricks.training.callback import Callback, monitor
from bricks.words import N_

CALLBACK = Callback(
    kind="early_stopping",
    keras="EarlyStopping",
    order=10,
    said=N_("Early stopping"),
    about=N_("Ends the training when it has not got better for a while."),
    params=(
        monitor(),
        Real(
            name="min_delta",
            default=0,
            least=0.0,
            most=1_000.0,
            help=N_("Only a change larger than this counts as better."),
        ),
        Whole(
            name="patience",
            default=0,
            least=0,
            most=1_000,
            help=N_("How many epochs without getting better it waits."),
        ),
        Flag(
            name="restore_best_weights",
            default=False,
            help=N_("Go back to the weights of the best epoch at the end."),
        ),
        Whole(
            name="start_from_epoch",
            default=0,
            least=0,
            most=1_000,
            more=True,
            help=N_("How many epochs pass before it begins to look."),
        ),
    ),
    start={"patience": 5, "restore_best_weights": True},
    keeps=("wait", "best", "best_epoch", "best_weights"),
)
