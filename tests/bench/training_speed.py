"""Images a second: in the app, by `python train.py` alone, and in the lecture's way.

The lecture's way is a plain `fit` on arrays with no callback of ours and one batch at a
time. All three train the same tower at the same batch size, take turns, and count whole
epochs (validation and checkpoints included), without the first, in which Keras traces.
Run with: python -m tests.bench.training_speed [RECIPE ...] [--batch 32] [--epochs 4]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median

from bricks.project import Project
from bricks.recipes import recipe
from codegen.source import script
from tests.training.workshop import Workshop
from training.settings import Settings

ROUNDS = 2
TIMER = """
import os, sys, time
import keras
from codegen import live

class Timer(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.began = time.perf_counter()
    def on_epoch_end(self, epoch, logs=None):
        print("EPOCH", time.perf_counter() - self.began, flush=True)

script = live.module(open("train.py").read())
keras.utils.set_random_seed(script.SEED)
data = script.load_data()
model = script.build_model()
"""
ALONE = """
best = keras.callbacks.ModelCheckpoint(
    "model.keras", monitor="val_accuracy", save_best_only=True
)
script.train(model, data, [best, Timer()])
"""
LECTURE = """
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
(x, y), validation, _ = data
model.fit(x, y, batch_size=script.BATCH_SIZE, epochs=script.EPOCHS,
          validation_data=validation, callbacks=[Timer()])
"""


def main() -> None:
    """A table of the best epoch and the median one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipes", nargs="*", default=["mnist-mlp", "mnist-cnn"])
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=4)
    given = parser.parse_args()
    print(f"images/s at batch {given.batch}: best epoch (median)")
    print(f"{'recipe':<20}{'app':>20}{'train.py':>20}{'plain fit':>20}")
    for name in given.recipes:
        project = recipe(name)
        training = replace(
            project.training, batch_size=given.batch, epochs=given.epochs
        )
        _row(name, replace(project, training=training))


def _row(name: str, project: Project) -> None:
    ways: list[list[float]] = [[], [], []]
    for _ in range(ROUNDS):
        ways[0] += _in_app(project)
        ways[1] += _alone(project, TIMER + ALONE)
        ways[2] += _alone(project, TIMER + LECTURE)
    told = [f"{50_000 / min(w):,.0f} ({50_000 / median(w):,.0f})" for w in ways]
    print(f"{name:<20}" + "".join(f"{way:>20}" for way in told), flush=True)


def _in_app(project: Project) -> list[float]:
    with tempfile.TemporaryDirectory() as home:
        settings = replace(
            Settings.from_environment(),
            home=Path(home),
            database=f"sqlite:///{home}/brickyard.db",
            slots=1,
        )
        workshop = Workshop(settings)
        workshop.longest = 3600.0
        try:
            run = workshop.finish(workshop.ask(project))
            return [row["seconds"] for row in workshop.store.epochs(run.id)][1:]
        finally:
            workshop.close()


def _alone(project: Project, program: str) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "train.py").write_text(script(project), encoding="utf-8")
        Path(folder, "program.py").write_text(program, encoding="utf-8")
        told = subprocess.run(
            [sys.executable, "program.py"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    lines = [line for line in told.splitlines() if "EPOCH " in line]
    return [float(line.rsplit("EPOCH ", 1)[1]) for line in lines][1:]


if __name__ == "__main__":
    main()
