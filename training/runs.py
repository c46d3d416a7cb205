"""A run's folder: what is to be trained goes in, what came of it comes out."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from pathlib import Path

from bricks.project import Project
from codegen.source import script
from storage import files
from training import longer
from training.settings import Settings

PROJECT = "project.brick.json"
SCRIPT = "train.py"
MODEL = "model.keras"
BEST = "best.keras"
"""The model of the best epoch by the script's own callback, where it has that."""
CHECKPOINT = "checkpoint"
HISTORY = "history.csv"
REPORT = "report.json"
MISTAKES = "mistakes.npz"
HISTOGRAMS = "histograms.npz"
"""Of weights, activations and gradients, over the epochs."""
LOG = "log.txt"
LOGS = "logs"
"""TensorBoard's, where the run writes them."""


def folder(settings: Settings, run_id: str) -> Path:
    """Where a run lives; it may not be there yet."""
    if not re.fullmatch(r"[0-9a-f]{32}", run_id):
        raise ValueError(f"A run's id is 32 hexadecimal digits. Received: {run_id!r}")
    return settings.home / "runs" / run_id


def create(where: Path, project: Project, repeated: Path | None = None) -> None:
    """Write the project and its script, that of the `repeated` folder where it has one.

    What a folder has already is left alone, but for the epochs where more are wanted.
    """
    where.mkdir(parents=True, exist_ok=True)
    before = _script(where)
    known = before or (_script(repeated) if repeated else "")
    after = longer.lengthened(known, project.training.epochs) or script(project)
    if before != after or not (where / PROJECT).exists():
        files.write(where / PROJECT, project.to_json())
    if before != after:
        files.write(where / SCRIPT, after)


def _script(where: Path) -> str:
    path = where / SCRIPT
    return path.read_text(encoding="utf-8") if path.exists() else ""


def tidy(where: Path) -> None:
    """Remove the half-written files of a process that is gone, Keras' own too."""
    for pattern in (".*.new", ".*.new.keras", "*.tmp", "tmp*"):
        for path in where.rglob(pattern):
            with suppress(OSError):  # it does no harm, and is tried again
                path.unlink()


def export(where: Path, out: Path) -> None:
    """Everything of a run but its checkpoint and half-written files, as a zip file."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted([*where.iterdir(), *(where / LOGS).rglob("*")]):
            if path.is_file() and not path.name.startswith("."):
                archive.write(path, path.relative_to(where))
