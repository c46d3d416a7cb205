"""A run on which nothing is trained: its model is built as it is, and kept."""

from __future__ import annotations

import sys
from pathlib import Path

from bricks.project import Project
from codegen import live
from training import imagenet, runs, weights
from training.messages import Started
from training.worker import about
from training.worker.callbacks import save_model
from training.worker.life import Line
from training.worker.weights import Tell, Unobtained, have, ready


def keep(folder: Path, project: Project, line: Line, tell: Tell) -> None:
    """Build the model with its weights, and put it into the run's folder. Raises
    `Unobtained`; `Interrupted` once it is to stop."""
    told = about.about(project)
    line.send(Started(told["device"], (), told))
    with ready(weights.files(project.tower), tell, line.stop):
        model = live.module((folder / runs.SCRIPT).read_text("utf-8")).build_model()
    bring_names(tell, line)
    save_model(model, folder / runs.MODEL)


def bring_names(tell: Tell, line: Line | None = None) -> None:
    """Have the names of ImageNet's classes; without them numbers are told."""
    try:
        have("ImageNet", imagenet.INDEX, tell, line.stop if line else None)
    except (Unobtained, OSError) as error:
        said = f"The names of ImageNet's classes are not here: {error}"
        print(said, file=sys.stderr, flush=True)
