"""Seconds an epoch: foretold and measured, for every recipe.

Pictures of the right shape are made up, so that it needs no data; long epochs are cut
short on both sides. Median of the epochs after the first, and the quickest, since a
shared machine is never quiet. Needs `python -m training calibrate` to have been run.
Run with: python -m tests.bench.epoch_time [RECIPE ...]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from math import log
from pathlib import Path
from statistics import median
from time import perf_counter

from bricks.brick import Words
from bricks.catalog import data_brick
from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.walk import walk
from codegen.source import script
from training import calibration
from training.settings import Settings

EPOCHS = 5
LONGEST = 4.0  # seconds that an epoch is foretold to take, more pictures are left out


def main(names: list[str]) -> None:
    """A row for each recipe, each measured in a process of its own."""
    found = calibration.read(Settings.from_environment())
    if found is None:
        sys.exit("Not measured yet: run python -m training calibrate first.")
    print(f"{'recipe':<24}{'examples':>9}{'foretold':>10}{'median':>9}{'best':>9}")
    off = []
    for name in names or recipe_names():
        project = recipe(name)
        counts = _counts(project, found)
        foretold = _estimate(project, counts, found)
        told = _run(name, counts)
        if told:
            off.append(foretold / min(told))
            row = f"{foretold:>10.2f}{median(told):>9.2f}{min(told):>9.2f}"
            print(f"{name:<24}{counts[0]:>9,}{row}   x {off[-1]:.2f}", flush=True)
    near = sum(abs(log(ratio)) < log(1.3) for ratio in off)
    print(f"{near} of {len(off)} within 30 % of the quickest epoch")


def _estimate(
    project: Project, counts: tuple[int, int], found: calibration.Calibration
) -> float:
    stages = walk(project.tower)
    return calibration.estimate(stages, project.training, counts, found).seconds


def _counts(project: Project, found: calibration.Calibration) -> tuple[int, int]:
    """Pictures to train and validate with, fewer where they would take too long."""
    placed, size = project.tower.data, project.training.batch_size
    data = data_brick(placed.kind)
    assert data
    learn, validate, _ = data.split(placed.settings)
    while _estimate(project, (learn, validate), found) > LONGEST and learn > 4 * size:
        learn, validate = learn // 2, max(size, validate // 2)
    return learn, validate


def _run(name: str, counts: tuple[int, int]) -> list[float]:
    command = [sys.executable, "-m", __spec__.name, "--one", name, *map(str, counts)]
    told = subprocess.run(command, capture_output=True, text=True)
    if told.returncode:
        print(f"{name:<24} can't be run: {told.stderr.strip().splitlines()[-1]}")
        return []
    lines = [line for line in told.stdout.splitlines() if line.startswith("EPOCH")]
    return [float(line.split()[1]) for line in lines][1:]


def one(name: str, learn: int, validate: int) -> None:
    """Train a recipe on made-up examples with the callbacks of a run; print times."""
    import keras
    import numpy as np

    from codegen import live
    from training.worker.callbacks import Best, Checkpoint
    from training.worker.journal import Journal

    class Timer(keras.callbacks.Callback):
        began = 0.0

        def on_epoch_begin(self, epoch, logs=None):
            now = perf_counter()
            if epoch:
                print("EPOCH", now - self.began, flush=True)
            self.began = now

    shape = walk(recipe(name).tower)[0].gives
    source = script(recipe(name)).replace("\nEPOCHS = ", f"\nEPOCHS = {EPOCHS + 1} or ")
    made = live.module(source)
    model = made.build_model()
    random = np.random.default_rng(0)

    def examples(count: int) -> tuple[np.ndarray, np.ndarray]:
        if isinstance(shape, Words):
            x = random.integers(0, shape.most, (count, *shape)).astype("int32")
        else:
            x = random.random((count, *shape), "float32")
        if len(model.output_shape) > 2:
            return x, x
        most = 2 if model.output_shape[1] == 1 else model.output_shape[1]
        return x, random.integers(0, most, count).astype("uint8")

    with tempfile.TemporaryDirectory() as folder:
        journal = Journal([{"epoch": 1}])
        saving = [
            Best(Path(folder, "model.keras"), journal),
            Checkpoint(Path(folder, "checkpoint"), [].append, journal, None),
        ]
        data = examples(learn), examples(validate), None
        made.train(model, data, [Timer(), *saving])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(sys.argv[1:])
