"""What a run's folder has of its test: the answers, as far as they are those of its
weights now, the report and its pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from explain import answers
from explain.answers import BEST, DAMAGED, FILES, Answers
from storage import files
from training import runs


def kept(where: Path, which: str = BEST) -> Answers | None:
    """None where nothing was kept yet, or the run has learned more since."""
    return answers.read(where, which) if is_kept(where, which) else None


def is_kept(where: Path, which: str = BEST) -> bool:
    """Whether the file is there and no older than the weights that answered."""
    file, weights = where / FILES[which], weights_of(where, which)
    if weights is None:
        return file.is_file()
    return file.is_file() and file.stat().st_mtime_ns >= weights.stat().st_mtime_ns


def keep(where: Path, which: str, found: Answers) -> None:
    """Write the answers beside the run's other files."""
    files.write(where / FILES[which], found.to_bytes())


def weights_of(where: Path, which: str) -> Path | None:
    """The file of the best epoch's weights, or of the last one's; None where there is
    none."""
    if which == BEST:
        path = where / runs.MODEL
        return path if path.is_file() else None
    kept_in = where / runs.CHECKPOINT
    epochs = [path for path in kept_in.glob("*") if path.name.isdecimal()]
    return max(epochs, key=lambda path: int(path.name), default=None)


def report(where: Path) -> dict[str, Any] | None:
    """The report that a run wrote at its end; None where there is none, or no whole
    one."""
    try:
        told = json.loads((where / runs.REPORT).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def pictures(where: Path) -> np.ndarray | None:
    """Those of the report's mistakes, uint8 (n, height, width, channels), in the same
    order; None where there are none, or no whole file of them."""
    try:
        with np.load(where / runs.MISTAKES) as arrays:
            shown = arrays["pictures"]
    except DAMAGED:
        return None
    return shown if shown.dtype == np.uint8 and shown.ndim == 4 else None
