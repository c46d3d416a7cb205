"""What listens while Keras trains: stop, report, keep the best, keep a checkpoint."""

from __future__ import annotations

import math
import os
import threading
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import keras
import psutil

from storage import files
from training.messages import Batch, Epoch
from training.worker import checkpoint, kept
from training.worker.changing import Changing
from training.worker.due import Due
from training.worker.journal import Journal
from training.worker.life import Interrupted as Interrupted


class NotANumber(Exception):
    """The loss is no longer a number; `epoch` counts from 1."""

    def __init__(self, epoch: int) -> None:
        super().__init__(epoch)
        self.epoch = epoch


class NoBar(keras.callbacks.ProgbarLogger):
    """Stands where Keras would draw a progress bar for nobody, batch after batch."""

    def set_params(self, params):
        self.verbose = 0

    def on_epoch_begin(self, epoch, logs=None):
        pass

    def on_train_batch_end(self, batch, logs=None):
        pass

    def on_epoch_end(self, epoch, logs=None):
        pass


class Stopping(keras.callbacks.Callback):
    """Ends the training in the middle of an epoch, on demand or when it has failed."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self.stop = stop
        self.epoch = 0

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch + 1

    def on_train_batch_end(self, batch, logs=None):
        if self.stop.is_set():
            raise Interrupted
        if not math.isfinite(logs["loss"]):
            raise NotANumber(self.epoch)

    def on_test_batch_end(self, batch, logs=None):
        if self.stop.is_set():
            raise Interrupted


class Reporting(keras.callbacks.Callback):
    """Tells how far it is, the first batch at once and then five times a second.

    `images` are those of an epoch, `epochs` all that the run has; with the epoch `anew`
    its second step begins.
    """

    def __init__(
        self,
        send: Callable[[Any], None],
        journal: Journal,
        images: int,
        epochs: int | None = None,
        anew: int | None = None,
    ) -> None:
        super().__init__()
        self.send = send
        self.journal = journal
        self.images = images
        self.epochs = epochs
        self.anew = anew
        self.due = Due()

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch + 1
        self.began = perf_counter()
        self.trained: float | None = None
        self.rate = self._rate()  # with which the epoch begins

    def on_train_batch_end(self, batch, logs=None):
        if self.due.now():
            spent = perf_counter() - self.began
            self.send(self._batch(batch + 1, spent, logs))

    def on_test_begin(self, logs=None):
        self.trained = perf_counter() - self.began

    def on_epoch_end(self, epoch, logs=None):
        seconds = perf_counter() - self.began
        figures = {
            "epoch": self.epoch,
            **{name: float(value) for name, value in logs.items()},
            "learning_rate": self.rate,
            "seconds": seconds,
            "images_per_second": self.images / (self.trained or seconds),
        }
        self.journal.figures.append(figures)  # Checkpoint tells it, once it is kept
        print(figures, flush=True)  # into the run's log

    def _batch(self, batch: int, spent: float, logs: dict[str, float]) -> Batch:
        batches = self.params["steps"]
        told = {name: float(value) for name, value in logs.items()}
        return Batch(
            epoch=self.epoch,
            batch=batch,
            batches=batches,
            loss=told["loss"],
            accuracy=told.get("accuracy", math.nan),
            measures={name: told[name] for name in told if name != "loss"},
            learning_rate=self._rate(),
            images_per_second=self.images * batch / batches / max(spent, 1e-9),
            seconds_left=self._left(batch / batches, spent),
            memory=memory(),
        )

    def _rate(self) -> float:
        """The learning rate of this moment, as a schedule or a callback has set it."""
        rate = self.model.optimizer.learning_rate
        return float(keras.ops.convert_to_numpy(rate))

    def _left(self, share: float, spent: float) -> float:
        """Seconds to the end of the run, by the last epoch or else by this one; the
        first step of two knows nothing of the second, whose epochs take longer."""
        known = self.journal.figures
        alike = known and len(known) != self.anew
        whole = known[-1]["seconds"] if alike else spent / share
        return whole * ((self.epochs or self.params["epochs"]) - self.epoch + 1 - share)


def memory() -> int:
    """Bytes of this process that no file on the disk stands behind.

    `uss` would leave out what a waiting worker shares, but takes milliseconds to count.
    """
    held = psutil.Process().memory_info()
    return held.rss - getattr(held, "shared", 0)


class Checkpoint(keras.callbacks.Callback):
    """Puts back what a broken-off training had reached, keeps each epoch, and then
    tells of it: what was told is never taken back.

    `made` are the script's own callbacks, which hear of everything before this one.
    `changing` is of the whole model, where perhaps its head alone is fitted; after
    `anew` epochs another optimizer goes on.
    """

    def __init__(
        self,
        folder: Path,
        send: Callable[[Any], None],
        journal: Journal,
        state: bytes | None,
        made: Sequence[keras.callbacks.Callback] = (),
        changing: Changing | None = None,
        anew: int | None = None,
    ) -> None:
        super().__init__()
        self.folder = folder
        self.send = send
        self.journal = journal
        self.state = state
        self.made = made
        self.changing = changing
        self.anew = anew

    def on_train_begin(self, logs=None):
        if self.state is not None:
            self._restore(self.state)
            self.state = None
            _write_anew_what_is_damaged(self.made)
        if self.journal.ended is not None:  # and now more epochs are asked for
            self.journal.ended = None
            kept.wait_anew(self.made)

    def _restore(self, state: bytes) -> None:
        whole = self.changing.whole if self.changing else self.model
        if self.anew == len(self.journal.figures):
            checkpoint.restore_weights(whole, state)
        else:
            checkpoint.restore(self.model, state, self.made, whole)

    def on_epoch_end(self, epoch, logs=None):
        if self.model.stop_training:
            self.journal.ended = self.params["epochs"]
        folder, made, changing = self.folder, self.made, self.changing
        checkpoint.save(folder, self.model, self.journal, made, changing)
        self.send(Epoch(self.journal.figures[-1]))


def _write_anew_what_is_damaged(made: Sequence[keras.callbacks.Callback]) -> None:
    """A best model in the writing of which the run broke off is no best one."""
    for callback in made:
        path = getattr(callback, "filepath", None)
        if path and not zipfile.is_zipfile(path):
            callback.best = None


def save_model(model: keras.Model, path: Path) -> None:
    """Write a .keras file, all of it or nothing."""
    beside = path.with_name(f".{path.stem}.{os.getpid()}.new.keras")
    try:
        model.save(beside)
        files.settle(beside)
        beside.replace(path)
        files.settle(path.parent)
    finally:
        beside.unlink(missing_ok=True)
