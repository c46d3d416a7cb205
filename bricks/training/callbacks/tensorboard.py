"""TensorBoard: a log of the training for TensorBoard's own page."""

from bricks.param import Whole
from bricks.training.callback import Callback
from bricks.words import N_

CALLBACK = Callback(
    kind="tensorboard",
    keras="TensorBoard",
    order=40,
    said=N_("TensorBoard log"),
    about=N_("Writes the curves to a folder that TensorBoard shows."),
    params=(
        Whole(
            name="histogram_freq",
            default=0,
            least=0,
            most=1_000,
            help=N_("After how many epochs it also writes how weights are spread."),
        ),
    ),
    fixed=("log_dir=LOGS",),
    imports=("import os",),
    constants=('LOGS = os.environ.get("BRICKYARD_LOGS", "logs")',),
    needs=("tensorboard",),
)
