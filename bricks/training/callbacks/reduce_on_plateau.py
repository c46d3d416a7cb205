"""ReduceLROnPlateau: smaller steps where it gets no better."""

from bricks.param import Real, Share, Whole
from bricks.training.callback import Callback, monitor
from bricks.words import N_

CALLBACK = Callback(
    kind="reduce_on_plateau",
    keras="ReduceLROnPlateau",
    order=20,
    said=N_("Smaller steps on a plateau"),
    about=N_("Lowers the learning rate when it has not got better for a while."),
    params=(
        monitor(),
        Share(
            name="factor",
            default=0.1,
            least=0.001,
            most=0.99,
            help=N_("What the learning rate is multiplied by."),
        ),
        Whole(
            name="patience",
            default=10,
            least=0,
            most=1_000,
            help=N_("How many epochs without getting better it waits."),
        ),
        Real(
            name="min_delta",
            default=0.0001,
            least=0.0,
            most=1_000.0,
            more=True,
            help=N_("Only a change larger than this counts as better."),
        ),
        Whole(
            name="cooldown",
            default=0,
            least=0,
            most=1_000,
            more=True,
            help=N_("How many epochs it rests after it has lowered it."),
        ),
        Real(
            name="min_lr",
            default=0.0,
            least=0.0,
            most=10.0,
            help=N_("The learning rate never falls below this."),
        ),
    ),
    start={"factor": 0.5, "patience": 3},
    keeps=("wait", "best", "cooldown_counter"),
)
