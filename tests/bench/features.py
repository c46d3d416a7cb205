"""Features worked out once: against fitting through a shut base, and against predict.

    python -m tests.bench.features FOLDER [PICTURES]

FOLDER has pictures as `python -m training run --data` takes them. ImageNet's weights of
MobileNet 0.75 come from BRICKYARD_DATASETS or from Keras' own place.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from codegen import live
from codegen.source import script

SIZE = 224
EPOCHS = 6
TOWER = Tower(
    Placed("Images", {"image_size": SIZE}, id=GROUND),
    (
        Placed("MobileNet", {"alpha": 0.75, "include_top": False}, id="base"),
        Placed("GlobalAveragePooling2D", id="pool"),
        Placed("Dense", {"units": 1, "activation": "sigmoid"}, id="top"),
    ),
)


def main(folder: Path, most: int) -> None:
    """Print the figures, the memory of processes of their own last."""
    import keras

    project = Project("bench", TOWER, Training(32, EPOCHS))
    made = live.module(script(project))
    made.told = lambda done, of: None
    made.DATA = folder
    keras.utils.set_random_seed(1)
    data = [some(pair, most) for pair in made.load_data()]
    model = made.build_model()
    counts = [len(x) for x, _ in data]
    print(f"{counts} pictures to train, validate and test with, {SIZE} x {SIZE}")
    base, _ = made.split(model)
    worked_out, predicted = against_predict(made, base, data[0][0])
    print(f"features: {worked_out:.1f} pictures/s, predict {predicted:.1f} pictures/s")
    start = model.get_weights()
    head = on_features(made, model, data)
    model.set_weights(start)
    through = through_base(made, model, data)
    for name, (first, each, accuracy) in (("features", head), ("base", through)):
        told = f"first epoch {first:.2f} s, then {each:.3f} s each"
        print(f"{name}: {told}, validation accuracy {accuracy:.4f}")
    print(f"an epoch is {through[1] / head[1]:.0f} times as fast")
    for count in (most // 8, most // 2):
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.features", "memory", str(count)],
            capture_output=True,
            text=True,
            check=True,
        )
        print(told.stdout.strip().splitlines()[-1])


def some(pair: Any, most: int) -> Any:
    """So many examples of a part, of either class."""
    x, y = pair
    chosen = np.random.default_rng(0).permutation(len(y))[:most]
    return np.asarray(x[np.sort(chosen)]), np.asarray(y)[np.sort(chosen)]


def against_predict(made: Any, base: Any, x: np.ndarray) -> tuple[float, float]:
    """Pictures a second when features are worked out, and when Keras predicts."""
    points = x[: len(x) // 32 * 32] / np.float32(255)  # ready: a plain pipeline
    base.predict(points[:64], batch_size=32, verbose=0)
    base.predict_on_batch(points[:32])
    rates = []
    for _ in range(3):
        began = perf_counter()
        base.predict(points, batch_size=32, verbose=0)
        predicted = len(points) / (perf_counter() - began)
        with tempfile.TemporaryDirectory() as folder:
            began = perf_counter()
            made.extract_features(base, x[: len(points)], Path(folder, "train.npy"))
            rates.append((len(points) / (perf_counter() - began), predicted))
    return max(rate for rate, _ in rates), max(rate for _, rate in rates)


def clock() -> Any:
    """A callback that notes the seconds of every epoch."""
    import keras

    class Clock(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.seconds = []

        def on_epoch_begin(self, epoch, logs=None):
            self.began = perf_counter()

        def on_epoch_end(self, epoch, logs=None):
            self.seconds.append(perf_counter() - self.began)

    return Clock()


def on_features(made: Any, model: Any, data: Any) -> tuple[float, float, float]:
    """The script's own training: its first epoch, with the features, and the later
    ones, in seconds; and the last accuracy."""
    told, began = clock(), perf_counter()
    with redirect_stdout(StringIO()):  # no bars
        history = made.train(model, data, [told])
    later = told.seconds[1:]
    first = perf_counter() - began - sum(later)
    return first, float(np.median(later)), history.history["val_accuracy"][-1]


def through_base(made: Any, model: Any, data: Any) -> tuple[float, float, float]:
    """The same where the base runs in every epoch."""
    (x, y), validation, _ = data
    made.compile_model(model, made.LEARNING_RATE)
    told = clock()
    history = model.fit(
        made.Batches(x, y, shuffle=True),
        epochs=EPOCHS,
        validation_data=made.Batches(*validation),
        callbacks=[told],
        verbose=0,
    )
    first, *later = told.seconds
    return first, float(np.median(later)), history.history["val_accuracy"][-1]


def memory(count: int) -> None:
    """Features of so many pictures that lie on the disk, and the head's training."""
    import psutil

    project = Project("bench", TOWER, Training(32, 2))
    made = live.module(script(project))
    made.told = lambda done, of: None
    model, peak = made.build_model(), [0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.npy")
        x = np.lib.format.open_memmap(path, "w+", "uint8", (count, SIZE, SIZE, 3))
        for row in range(count):
            x[row] = np.random.default_rng(row).integers(0, 256, x.shape[1:])
        x.flush()
        x, y = np.load(path, mmap_mode="r"), np.arange(count) % 2

        def look(_done: int, _of: int) -> None:
            held = psutil.Process().memory_info()
            peak[0] = max(peak[0], held.rss - held.shared)

        made.told = look
        made.train(model, [(x, y), (x[:32], y[:32]), (x, y)], [])
        look(0, 0)
    print(f"{count} pictures: at most {peak[0] / 1e6:.0f} MB")


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if sys.argv[1] == "memory":
        memory(int(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
