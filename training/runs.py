"""A run's folder: what is to be trained goes in, what came of it comes out."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from bricks.project import Project
from codegen.source import script
from storage import files
from training.settings import Settings

PROJECT = "project.brick.json"
SCRIPT = "train.py"
MODEL = "model.keras"
CHECKPOINT = "checkpoint"
HISTORY = "history.csv"
REPORT = "report.json"
MISTAKES = "mistakes.npz"
LOG = "log.txt"


def folder(settings: Settings, run_id: str) -> Path:
    """Where a run lives; it may not be there yet."""
    if not re.fullmatch(r"[0-9a-f]{32}", run_id):
        raise ValueError(f"A run's id is 32 hexadecimal digits. Received: {run_id!r}")
    return settings.home / "runs" / run_id


def create(where: Path, project: Project) -> None:
    """Write the project and its script; what a folder has already is left alone."""
    where.mkdir(parents=True, exist_ok=True)
    if not (where / PROJECT).exists():
        files.write(where / PROJECT, project.to_json())
    if not (where / SCRIPT).exists():
        files.write(where / SCRIPT, script(project))


def export(where: Path, out: Path) -> None:
    """Everything of a run but its checkpoint and half-written files, as a zip file."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(where.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                archive.write(path, path.name)
