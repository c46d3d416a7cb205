"""From the press of Train to the first batch's figures in the record, in seconds.

Three ways: a trainer with a warm spare process, one that forks when asked to, and a
cold `python train.py`. Run with: python -m tests.bench.first_batch [RECIPE ...]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bricks.project import Project
from bricks.recipes import recipe
from codegen.source import script
from tests.bench.clock import warm
from tests.training.workshop import Workshop
from training.settings import Settings

TIMES = 5
COLD = """
import os, sys
import keras
from codegen import live

class First(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        os._exit(0)

script = live.module(open(sys.argv[1]).read())
keras.utils.set_random_seed(script.SEED)
script.train(script.build_model(), script.load_data(), [First()])
"""


def main(names: list[str]) -> None:
    """A table of medians, and of the quickest."""
    print(f"{'recipe':<20}{'warm spare':>20}{'no spare':>20}{'cold script':>20}")
    for name in names or ["digits-cnn", "mnist-mlp", "mnist-cnn", "mnist-deep-cnn"]:
        project = recipe(name)
        ways = [_in_app(project, True), _in_app(project, False), _cold(project)]
        told = [f"{median(way):.2f} (best {min(way):.2f})" for way in ways]
        print(f"{name:<20}" + "".join(f"{way:>20}" for way in told), flush=True)


def _in_app(project: Project, spares: bool) -> list[float]:
    with tempfile.TemporaryDirectory() as home:
        settings = replace(
            Settings.from_environment(),
            home=Path(home),
            database=f"sqlite:///{home}/brickyard.db",
            slots=1,
        )
        workshop = Workshop(settings)
        workshop.longest = 600.0
        workshop.trainer.engine.spares = spares
        workshop.store.create_project("ann", project.name, project.to_json())
        try:
            return [_once(workshop, project) for _ in range(TIMES)]
        finally:
            workshop.close()


def _once(workshop: Workshop, project: Project) -> float:
    if workshop.trainer.engine.spares:
        warm(workshop)
    began = perf_counter()
    run = workshop.ask(project)
    workshop.work_until(lambda: workshop.see(run).progress)
    spent = perf_counter() - began
    workshop.store.stop_run("ann", run.id)
    workshop.finish(run)
    return spent


def _cold(project: Project) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "train.py")
        path.write_text(script(project), encoding="utf-8")
        return [_cold_once(path) for _ in range(3)]


def _cold_once(path: Path) -> float:
    sleep(1)
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-c", COLD, str(path)], capture_output=True, check=True
    )
    return perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1:])
