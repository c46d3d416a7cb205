"""Measuring how fast this machine trains: small towers, each a few short epochs."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import keras
import numpy as np

from bricks.brick import Shape
from bricks.catalog import catalog
from bricks.health import disk
from bricks.tower import Placed
from bricks.training import OPTIMIZERS, Training
from bricks.walk import Stage, climb
from training import cost
from training.calibration import Calibration, Seconds, key
from training.worker import checkpoint
from training.worker.about import device
from training.worker.callbacks import save_model
from training.worker.journal import Journal

EPOCHS = 4  # after the first, in which Keras traces; the quickest of them counts
CLASSES = 10
Layer = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Trial:
    """A tower to measure: `batches` of it to learn, half as many to answer."""

    shape: Shape
    layers: tuple[Layer, ...]
    batch_size: int = 32
    batches: int = 32
    go: int = 16
    optimizer: str = "adam"
    save: bool = False

    @property
    def bricks(self) -> tuple[Placed, ...]:
        """The layers on top of each other, with an answer of ten classes."""
        top = ("Dense", {"units": CLASSES, "activation": "softmax"})
        return tuple(Placed(kind, settings) for kind, settings in (*self.layers, top))


@dataclass(frozen=True)
class Measured:
    """What one trial counted and the seconds that it took."""

    counts: cost.Counts
    seconds: float


def _dense(units: int) -> Layer:
    return "Dense", {"units": units, "activation": "relu"}


def _conv(filters: int, kernel: int = 3, padding: str = "valid") -> Layer:
    settings = {"filters": filters, "kernel_size": kernel, "padding": padding}
    return "Conv2D", {**settings, "activation": "relu"}


def _act(name: str) -> Layer:
    return "Activation", {"activation": name}


POOL: Layer = ("MaxPooling2D", {"pool_size": 2})
MEAN: Layer = ("GlobalAveragePooling2D", {})
NORM: Layer = ("BatchNormalization", {})
DROP: Layer = ("Dropout", {"rate": 0.25})
DEPTH: Layer = ("DepthwiseConv2D", {"kernel_size": 3})
TURN: Layer = ("RandomRotation", {"factor": 0.1})
MAP, PICTURE = (16, 16, 16), (28, 28, 1)

TINY = ((64,), (_dense(32),))
DEEP = ((64,), tuple(_dense(64) for _ in range(8)))
WIDE = ((784,), (_dense(512), _dense(512)))
STROKES = (PICTURE, (_conv(16), POOL, _conv(32), MEAN))
THICK = ((14, 14, 1), (_conv(64), _conv(64), _conv(64), MEAN))
POINTS = ((12, 12, 32), (_conv(64, 1), _conv(128, 1), _conv(64, 1), MEAN))

TRIALS = (
    Trial(*TINY, save=True),
    Trial(*TINY, batches=256),
    Trial(*TINY, batches=96, go=1),
    Trial(*DEEP, batches=64),
    Trial(*WIDE, optimizer="sgd"),
    Trial(*WIDE, save=True),
    Trial(*WIDE, batch_size=128),
    Trial((784,), (_dense(1024), _dense(1024)), batches=16, save=True),
    Trial(*STROKES),
    Trial(*STROKES, batch_size=128),
    Trial(*STROKES, batch_size=128, batches=16, go=1),
    Trial(*THICK),
    Trial(*THICK, batch_size=128, batches=16),
    Trial((8, 8, 1), (_conv(32), _conv(32), POOL, ("Flatten", {}), _dense(64))),
    Trial(PICTURE, (_conv(16, 5), POOL, _conv(32, 5), POOL, MEAN), batch_size=64),
    Trial((8, 8, 64), (_conv(128, 3, "same"), _conv(128, 3, "same"), MEAN)),
    Trial((16, 16, 3), (_conv(32, 3, "same"), _conv(32, 3, "same"), MEAN), 64),
    Trial(*POINTS, batch_size=64),
    Trial(MAP, (NORM, NORM, NORM, MEAN), batch_size=128),
    Trial(PICTURE, (_conv(32), NORM, _act("relu"), MEAN), batch_size=64),
    Trial(MAP, (DROP, DROP, DROP, MEAN), batch_size=128),
    Trial(MAP, (_act("relu"), _act("tanh"), _act("sigmoid"), MEAN), batch_size=128),
    Trial((32, 32, 16), (POOL, ("AveragePooling2D", {"pool_size": 2}), MEAN), 128),
    Trial(MAP, (DEPTH, DEPTH, MEAN), batch_size=64),
    Trial((28, 28), (("LSTM", {"units": 32}),)),
    Trial((28, 28), (("LSTM", {"units": 96}),), batch_size=128, batches=16),
    Trial((64, 16), (("GRU", {"units": 32}),), batches=16),
    Trial((32, 32, 3), (TURN, TURN, ("Flatten", {})), batch_size=64),
)


class Clock(keras.callbacks.Callback):
    """The seconds of each epoch, learning and answering apart."""

    def __init__(self) -> None:
        super().__init__()
        self.learning: list[float] = []
        self.answering: list[float] = []

    def on_epoch_begin(self, epoch, logs=None):
        self.began = perf_counter()

    def on_test_begin(self, logs=None):
        self.between = perf_counter()
        self.learning.append(self.between - self.began)

    def on_test_end(self, logs=None):
        self.answering.append(perf_counter() - self.between)


def calibrate(slots: int, told: Callable[[int, int], None]) -> Calibration:
    """Measure this machine, as one of so many slots has it; `told(done, of)` hears how
    far it is."""
    learned, answered, saved = [], [], []
    trials = [trial for trial in TRIALS if _known(trial)]
    for done, trial in enumerate(trials):
        told(done, len(trials))
        learn, answer, *save = _measured(trial)
        learned.append(learn)
        answered.append(answer)
        saved += save
    prices = _prices(learned)
    return Calibration(
        key(slots),
        learning=prices,
        answering=_prices(answered),
        saving=_prices(saved),
        spread=_spread(learned, prices),
        measured=datetime.now(UTC).isoformat(timespec="seconds"),
        device=device(),
    )


def _known(trial: Trial) -> bool:
    return all(placed.kind in catalog() for placed in trial.bricks)


def _measured(trial: Trial) -> Iterator[Measured]:
    """Learning, answering and, for some, saving."""
    stages = climb(trial.bricks, trial.shape)
    training = Training(batch_size=trial.batch_size, optimizer=trial.optimizer)
    examples = trial.batches * trial.batch_size
    model, clock = _model(trial), Clock()
    x = np.random.default_rng(0).random((examples, *trial.shape), "float32")
    y = np.arange(examples, dtype="uint8") % CLASSES
    half = x[: examples // 2], y[: examples // 2]
    model.fit(
        x,
        y,
        batch_size=trial.batch_size,
        epochs=EPOCHS + 1,
        validation_data=half,
        callbacks=[clock],
        verbose=0,
    )
    passes = ((cost.learning, examples), (cost.answering, examples // 2))
    taken = (clock.learning, clock.answering)
    for (counted, count), seconds in zip(passes, taken, strict=True):
        counts = counted(stages, training, count, trial.go)
        yield Measured(counts, min(seconds[1:]))
    if trial.save:
        yield _saved(model, stages, trial.optimizer)
    del model
    keras.backend.clear_session()
    gc.collect()


def _model(trial: Trial) -> keras.Model:
    layers = [
        getattr(keras.layers, placed.kind)(**placed.settings) for placed in trial.bricks
    ]
    model = keras.Sequential([keras.Input(trial.shape), *layers])
    model.compile(
        getattr(keras.optimizers, OPTIMIZERS[trial.optimizer])(),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=trial.go,
    )
    return model


def _saved(model: keras.Model, stages: Sequence[Stage], optimizer: str) -> Measured:
    """What a run does after an epoch: keep the model, and a checkpoint."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            began = perf_counter()
            save_model(model, Path(folder, "model.keras"))
            checkpoint.save(Path(folder, "checkpoint"), model, Journal())
            taken.append(perf_counter() - began)
    counts = {"file": 1.0, "bytes": float(disk(stages, optimizer))}
    return Measured(counts, min(taken))


def _prices(rows: Sequence[Measured]) -> Seconds:
    """The seconds of one of each count, none below zero, that come closest to all rows,
    each row's error taken as a share of its time."""
    names = sorted({name for row in rows for name in row.counts})
    shares = np.array(
        [[row.counts.get(name, 0) / row.seconds for name in names] for row in rows]
    )
    largest = shares.max(axis=0)
    largest[largest == 0] = 1.0
    found = _not_negative(shares / largest, np.ones(len(rows))) / largest
    return {name: float(price) for name, price in zip(names, found, strict=True)}


def _not_negative(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """x >= 0 for which |a x - b| is least (Lawson & Hanson, Solving Least Squares
    Problems, 1974, chapter 23)."""
    x = np.zeros(a.shape[1])
    used = np.zeros(a.shape[1], bool)
    for _ in range(10 * a.shape[1]):
        gain = np.where(used, -np.inf, a.T @ (b - a @ x))
        if gain.max() <= 1e-9:
            break
        used[gain.argmax()] = True
        x = _moved(a, b, x, used)
    return x


def _moved(a: np.ndarray, b: np.ndarray, x: np.ndarray, used: np.ndarray) -> np.ndarray:
    """The best x over the `used` columns, giving up those it would want below 0."""
    while True:
        best = np.zeros(len(x))
        best[used] = np.linalg.lstsq(a[:, used], b, rcond=None)[0]
        below = used & (best <= 0)
        if not below.any():
            return best
        step = (x[below] / (x[below] - best[below])).min()
        x = x + step * (best - x)
        used &= x > 1e-12


def _spread(rows: Sequence[Measured], prices: Seconds) -> float:
    """The factor within which nine in ten of the trials are foretold."""
    foretold = [sum(n * prices[k] for k, n in row.counts.items()) for row in rows]
    pairs = zip(foretold, rows, strict=True)
    off = [abs(np.log(max(time, 1e-9) / row.seconds)) for time, row in pairs]
    return float(np.exp(np.quantile(off, 0.9)))
