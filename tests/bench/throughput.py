"""Images a second in three ways: as the app trains, as train.py alone, as a lecture.

The lecture's way is a plain `fit` on arrays, batch 32 and Keras' progress bar. The
others run what the script prints: alone with its ModelCheckpoint, in the app with what
a run listens with and writes. All in one process, in turns, on some of MNIST;
validation counts, and what is saved after an epoch counts once in 50,000. Told are
medians, by the clock and by processor seconds of all threads: on a busy machine the
clock says little, the processor's time more.
Run with: python -m tests.bench.throughput [RECIPE ...] [--batch 32] [--rounds 7]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bricks.project import Project
from bricks.recipes import recipe
from codegen.source import script
from tests.bench.pipe import Line

EXAMPLES = {"mnist-mlp": 16_000, "mnist-cnn": 4_800, "mnist-deep-cnn": 960}
EPOCH = 50_000
WAYS = ("app", "train.py", "lecture")


def main() -> None:
    """A row for each recipe, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipes", nargs="*", default=[*EXAMPLES])
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        _one(given.recipes[0], given.batch, given.rounds)
        return
    print(f"batch {given.batch}, the lecture 32; images/s by the clock, and a")
    print("processor second; then times as fast as the lecture, by both")
    print(f"{'recipe':<16}" + "".join(f"{way:>20}" for way in (*WAYS, "app", "alone")))
    for name in given.recipes:
        numbers = ["--batch", str(given.batch), "--rounds", str(given.rounds)]
        command = [sys.executable, "-m", __spec__.name, name, "--one", *numbers]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = [line for line in told.stdout.splitlines() if line.startswith("ROW")]
        print(f"{name:<16}{lines[0][4:] if lines else told.stderr[-300:]}", flush=True)


def _one(name: str, batch: int, rounds: int) -> None:
    project = recipe(name)
    training = replace(project.training, batch_size=batch)
    count = EXAMPLES.get(name, 960)
    ways = _ways(replace(project, training=training), count)
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for number in range(rounds + 1):
        for way in WAYS:
            spent = ways[way]()
            if number:  # the first traces
                taken[way].append(spent)
    told = []
    for way in WAYS:
        by = [median(EPOCH / row[n] for row in taken[way]) for n in range(2)]
        told.append(f"{by[0]:,.0f} / {by[1]:,.0f}")
    for way in WAYS[:2]:
        pairs = [*zip(taken[way], taken["lecture"], strict=True)]
        by = [median(b[n] / a[n] for a, b in pairs) for n in range(2)]
        told.append(f"{by[0]:.2f} / {by[1]:.2f}")
    print("ROW " + "".join(f"{one:>20}" for one in told), flush=True)


def _ways(project: Project, count: int) -> dict[str, Callable[[], tuple[float, float]]]:
    """Each gives the seconds of an epoch on all of MNIST: clock, and processor."""
    import keras

    from codegen import live
    from training.worker import callbacks
    from training.worker.journal import Journal
    from training.worker.train import _callbacks

    folder = Path(tempfile.mkdtemp())
    data = live.module(script(project)).load_data()
    few = tuple(
        (x[: count // n], y[: count // n]) for n, (x, y) in zip((1, 5, 5), data)
    )
    line = Line()
    journal = Journal()
    checkpoint = callbacks.Checkpoint(folder / "checkpoint", journal, None)
    own = [*_callbacks(folder, line, journal, count, project), checkpoint]
    best = keras.callbacks.ModelCheckpoint(
        str(folder / "best.keras"), monitor="val_accuracy", save_best_only=True
    )

    def fitted(model: Any, args: Any, words: Any) -> Callable[[], tuple[float, float]]:
        listening = words.pop("callbacks", [])

        def epoch() -> tuple[float, float]:
            clock = Clock(keras)
            around = [clock.first, *listening, clock.last]
            model.fit(*args, **{**words, "epochs": 1, "callbacks": around})
            return clock.scaled(EPOCH / count)

        return epoch

    def printed(listening: list[Any]) -> Callable[[], tuple[float, float]]:
        made = live.module(script(project))
        model = made.build_model()
        return fitted(model, *_what_is_fitted(made, model, few, listening))

    lecture = live.module(script(project)).build_model()
    lecture.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    words = {"batch_size": 32, "validation_data": few[1]}
    return {
        "app": printed(own),
        "train.py": printed([best]),
        "lecture": fitted(lecture, few[0], words),
    }


def _what_is_fitted(
    made: Any, model: Any, data: Any, listening: list[Any]
) -> tuple[Any, Any]:
    """What the script's own `train`, which compiles the model, would fit."""
    found: list[Any] = []
    model.fit = lambda *args, **words: found.append((args, words))
    made.train(model, data, listening)
    del model.fit
    return found[0]


class Clock:
    """Seconds of an epoch: until it is validated, and for what is written then."""

    def __init__(self, keras: Any) -> None:
        self.marks: list[tuple[float, float]] = []
        # Validation begins and ends within the epoch that `first` hears begin.
        self.first = keras.callbacks.LambdaCallback(
            on_epoch_begin=lambda *_: self.mark(),
            on_epoch_end=lambda *_: self.mark(),
        )
        self.last = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: self.mark())

    def mark(self) -> None:
        self.marks.append((perf_counter(), process_time()))

    def scaled(self, times: float) -> tuple[float, float]:
        """As if there were so many times the examples."""
        began, validated, written = self.marks
        clock, processor = (
            (validated[n] - began[n]) * times + written[n] - validated[n]
            for n in range(2)
        )
        return clock, processor


if __name__ == "__main__":
    main()
