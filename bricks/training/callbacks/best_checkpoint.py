"""ModelCheckpoint: keep the model of the best epoch in a file."""

from bricks.training.callback import Callback, monitor
from bricks.words import N_

CALLBACK = Callback(
    kind="best_checkpoint",
    keras="ModelCheckpoint",
    order=25,
    said=N_("Best checkpoint"),
    about=N_(
        "Your script, too, keeps the model of the best epoch, in best.keras, by the "
        "figure chosen here."
    ),
    params=(monitor(),),
    fixed=("BEST", "save_best_only=True"),
    imports=("import os",),
    constants=('BEST = os.environ.get("BRICKYARD_BEST", "best.keras")',),
    keeps=("best",),
)
