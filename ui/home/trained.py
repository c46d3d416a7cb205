"""What is told and handed out of a run: its files, and its model in other formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bricks.walk import walk
from codegen.literal import identifier
from codegen.predict import predict
from training import bases, exports
from training.exports import Export
from training.imagenet import class_names
from training.rows import RunRow
from training.runs import HISTORY, MODEL, SCRIPT, folder
from ui.board.payload import stage_json
from ui.compare.listing import facts
from ui.desk import settings
from ui.words import Translate

FILES = {
    "model": (MODEL, "{name}.keras"),
    "script": (SCRIPT, "train.py"),
    "history": (HISTORY, "{name}.csv"),
}
"""What lies in a run's folder, and what it is called at home."""


def run_json(run: RunRow, tell: Translate) -> dict[str, Any]:
    """A run's tower, its files with their sizes in bytes, and what is known of its
    model in other formats."""
    where = folder(settings(), run.id)
    project = facts(run).project
    stages = walk(project.tower) if project else []
    sizes = {name: _size(where / source) for name, (source, _) in FILES.items()}
    return {
        "id": run.id,
        "title": run.name,
        "stages": [stage_json(stage, tell) for stage in stages],
        "sizes": {name: size for name, size in sizes.items() if size is not None},
        "bases": bases.kept(project.tower) if project else [],
        "predicts": predicting(run) is not None,
        "exports": {kind: _known(run, kind, tell) for kind in exports.KINDS},
    }


def predicting(run: RunRow) -> str | None:
    """The script that tells what the run's model sees in picture files; None where it
    looks at no pictures."""
    project = facts(run).project
    return predict(project, class_names(project.tower.data)) if project else None


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _known(run: RunRow, kind: str, tell: Translate) -> dict[str, Any]:
    """What was made before, or what is in the way; nothing is made by this."""
    found = exports.kept(settings(), run.id, kind)
    if found:
        return export_json(found, tell)
    hindrance = exports.hindrance(folder(settings(), run.id), kind)
    state = "failed" if hindrance else "none"
    return {"state": state, "said": hindrance.told(tell) if hindrance else ""}


def export_json(export: Export, tell: Translate) -> dict[str, Any]:
    """How far a file is; `size` in bytes, once it is there."""
    notes = " ".join(note.told(tell) for note in export.notes)
    return {
        "state": export.state,
        "said": export.said.told(tell) if export.said else "",
        "notes": notes,
        "size": export.size,
        "before": export.before,
    }


def named(run: RunRow, pattern: str) -> str:
    """What a file of a run is called at home."""
    return pattern.format(name=identifier(run.name, "tower"))
