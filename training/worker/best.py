"""The best model of a run, by what people look at."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import keras
import numpy as np

from bricks.training.measures import rises
from training.worker import checkpoint
from training.worker.callbacks import save_model
from training.worker.changing import Changing
from training.worker.journal import Journal

WEIGHTS = "best"
"""In the folder of checkpoints: the weights of the best epoch, but for the base's."""
PAUSE_SECONDS = 10.0
"""A model with its base is not written more often than that."""


class Best(keras.callbacks.Callback):
    """Keeps the model that did best on the validation pictures, by this measure.

    A model on a sealed base is large, and what changes of it is small: after an epoch
    that alone is kept in `folder`, and the whole model is written now and then, for who
    looks while it trains, and by `settle` in the end.
    """

    def __init__(
        self,
        path: Path,
        journal: Journal,
        measure: str = "loss",
        changing: Changing | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__()
        self.path = path
        self.journal = journal
        self.measure = measure
        self.changing = changing if changing and changing.based else None
        self.weights = (folder or path.parent) / WEIGHTS
        self.written = float("-inf")

    def on_train_begin(self, logs=None):
        """Before a step that may open the base: what is best until now stands on it as
        it is."""
        self.settle()

    def on_epoch_end(self, epoch, logs=None):
        names = (f"val_{self.measure}", "val_loss", "loss")
        name = next(name for name in names if name in logs)
        reached = float(logs[name] if rises(name) else -logs[name])
        better = self.journal.best is None or reached > self.journal.best
        if better:
            self._keep()
            self.journal.best = reached
        if self.changing and monotonic() >= self.written + PAUSE_SECONDS:
            self._write(self.changing, is_best=better)

    def settle(self) -> None:
        """Write the whole model with its best weights, where that is not done yet."""
        if self.changing:
            self._write(self.changing, is_best=False)

    def _keep(self) -> None:
        if self.changing is None:
            save_model(self.model, self.path)
            return
        self.weights.parent.mkdir(parents=True, exist_ok=True)
        checkpoint.write(self.weights, self.changing.arrays(self.model))

    def _write(self, changing: Changing, is_best: bool) -> None:
        if not is_stale(self.path, self.weights):
            return
        best = checkpoint.read(self.weights)
        if best is None:
            return  # damaged; what was written before it is whole
        whole = changing.whole
        # The seeds of what acts by chance, too: Keras' get_weights has none of them.
        now = [] if is_best else [np.asarray(v).copy() for v in whole.variables]
        checkpoint.restore_weights(whole, best)
        save_model(whole, self.path)
        self.written = monotonic()
        for variable, value in zip(whole.variables, now):
            variable.assign(value)


def is_stale(path: Path, weights: Path) -> bool:
    """Whether better weights are kept than the whole model at `path` has."""
    if not weights.exists():
        return False
    return not path.exists() or path.stat().st_mtime_ns < weights.stat().st_mtime_ns
