"""Where the time of an epoch goes: compute, input, our callbacks, Keras' bar, saving.

One compiled model goes through the same examples in several ways that take turns, each
with one thing more than the one before. Processor seconds of all threads, which others
on the machine disturb less than the clock; medians of the rounds. Shares are of an
epoch on all 50,000 examples, so that saving, once an epoch, counts as in a run.
The last column is what our callbacks take for a batch, called by themselves a hundred
thousand times, against the compute of a batch: the difference of two epochs is lost in
the noise.
Run with: python -m tests.bench.where_time_goes [RECIPE ...] [--batch 32] [--rounds 7]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from threading import Event
from time import process_time
from typing import Any

from bricks.project import Project
from bricks.recipes import recipe
from codegen.source import script
from tests.bench.pipe import Line

EXAMPLES = {"mnist-mlp": 25_600, "mnist-cnn": 6_400, "mnist-deep-cnn": 1_280}
EPOCH, TIMES = 50_000, 100_000
WAYS = ("compute", "input", "callbacks", "bar")


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
    print(
        f"batch {given.batch}: processor seconds of an epoch on {EPOCH:,}, "
        "and their shares of the whole"
    )
    names = (
        "compute",
        "input",
        "callbacks",
        "saving",
        "whole",
        "Keras' bar",
        "a batch",
    )
    print(f"{'recipe':<16}" + "".join(f"{name:>16}" for name in names))
    for name in given.recipes:
        numbers = ["--batch", str(given.batch), "--rounds", str(given.rounds)]
        command = [sys.executable, "-m", __spec__.name, name, "--one", *numbers]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = [line for line in told.stdout.splitlines() if line.startswith("ROW")]
        print(f"{name:<16}{lines[0][4:] if lines else told.stderr[-300:]}", flush=True)


def _one(name: str, batch: int, rounds: int) -> None:
    project = recipe(name)
    project = replace(project, training=replace(project.training, batch_size=batch))
    count = EXAMPLES.get(name, 1_280)
    ways, saving = _ways(project, count)
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(rounds + 1):
        for way in WAYS:
            spent = ways[way]()
            if number:  # the first traces
                taken[way].append(spent * EPOCH / count)
    saved = median(saving() for _ in range(rounds))
    # Of each round the difference of two ways that came one after the other.
    more = [
        median(b - a for a, b in zip(taken[one], taken[other], strict=True))
        for one, other in pairwise(WAYS)
    ]
    parts = [median(taken["compute"]), *more[:2], saved]
    whole = sum(parts)
    told = [f"{part:.2f} s {part / whole:6.1%}" for part in parts]
    told += [f"{whole:.2f} s", f"{more[2]:.2f} s {more[2] / whole:6.1%}"]
    each = _each_batch()
    told += [f"{1e6 * each:.0f} us {each * EPOCH / batch / whole:6.2%}"]
    print("ROW " + "".join(f"{one:>16}" for one in told), flush=True)


def _ways(
    project: Project, count: int
) -> tuple[dict[str, Callable[[], float]], Callable[[], float]]:
    """The ways to go through an epoch, and saving, each giving its seconds."""
    import keras
    import numpy as np

    from codegen import live
    from training.worker import callbacks
    from training.worker.journal import Journal

    made = live.module(script(project).replace("\nEPOCHS = ", "\nEPOCHS = 1 or "))
    size = project.training.batch_size
    chance = np.random.default_rng(0)
    x = chance.random((count, 28, 28, 1), "float32")
    y = chance.integers(0, 10, count).astype("uint8")
    model = made.build_model()
    made.train(model, ((x, y), (x[:size], y[:size]), None), [callbacks.NoBar()])
    line = Line()

    class Clock(keras.callbacks.Callback):
        spent = 0.0

        def on_epoch_begin(self, epoch, logs=None):
            self.began = process_time()

        def on_epoch_end(self, epoch, logs=None):
            self.spent = process_time() - self.began

    def fitted(listening: list[Any], verbose: int = 0, **data: Any) -> float:
        clock = Clock()
        given = data or {"x": x, "y": y, "batch_size": size}
        model.fit(**given, verbose=verbose, callbacks=[*listening, clock])
        return clock.spent

    def ours() -> list[Any]:
        stop = callbacks.Stopping(Event())
        return [stop, callbacks.Reporting(line.send, Journal(), count)]

    folder = Path(tempfile.mkdtemp())
    journal = Journal()

    def saved() -> float:
        began = process_time()
        callbacks.save_model(model, folder / "model.keras")
        callbacks.checkpoint.save(folder / "checkpoint", model, journal)
        return process_time() - began

    ways = {
        "compute": lambda: fitted([], x=_same_batch(x, y, size, count)),
        "input": lambda: fitted([]),
        "callbacks": lambda: fitted(ours()),
        "bar": lambda: fitted(ours(), verbose=1),
    }
    return ways, saved


def _each_batch() -> float:
    """Processor seconds that a batch costs of what listens in a run."""
    import keras

    from training.worker import callbacks
    from training.worker.journal import Journal

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    reporting = callbacks.Reporting(Line().send, Journal(), EPOCH)
    listening = [callbacks.NoBar(), callbacks.Stopping(Event()), reporting]
    for one in listening:
        one.set_params({"steps": TIMES, "epochs": 1, "verbose": 0})
        one.set_model(model)
        one.on_epoch_begin(0)
    logs = {"loss": 0.5, "accuracy": 0.5}
    began = process_time()
    for batch in range(TIMES):
        for one in listening:
            one.on_train_batch_begin(batch)
            one.on_train_batch_end(batch, logs)
    return (process_time() - began) / TIMES


def _same_batch(x: Any, y: Any, size: int, count: int) -> Any:
    """One batch again and again: nothing is to be gathered or shuffled."""
    import tensorflow as tf

    one = tf.data.Dataset.from_tensors((tf.constant(x[:size]), tf.constant(y[:size])))
    return one.cache().repeat(count // size).prefetch(2)


if __name__ == "__main__":
    main()
