"""Sheets of patterns that are kept beside a run's model, for they take long to make."""

from __future__ import annotations

import zipfile
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

import numpy as np

from storage import files
from training import runs

FOLDER = "patterns"
BETWEEN = "-"
"""A sheet's name and its weights, in the name of its file."""


def path(folder: Path, name: str) -> Path:
    """Where the sheet of this name lies; another one once the weights are others."""
    written = [
        str(one.stat().st_mtime_ns)
        for one in (folder / runs.MODEL, folder / runs.CHECKPOINT)
        if one.exists()
    ]
    marks = (_mark(name), _mark(" ".join(written)))
    return folder / FOLDER / f"{BETWEEN.join(marks)}.npz"


def _mark(text: str) -> str:
    return blake2b(text.encode(), digest_size=12).hexdigest()


def read(where: Path) -> np.ndarray | None:
    """Pictures (n, height, width, channels) uint8; None where none were kept, or none
    that can be read."""
    try:
        with np.load(where, allow_pickle=False) as arrays:
            return np.asarray(arrays["patterns"], "uint8")
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def write(where: Path, patterns: np.ndarray) -> None:
    """Keep them, and no more those that older weights gave."""
    raw = BytesIO()
    np.savez_compressed(raw, patterns=patterns)
    where.parent.mkdir(exist_ok=True)
    files.write(where, raw.getvalue())
    name, _weights = where.stem.split(BETWEEN)
    for other in where.parent.glob(f"{name}{BETWEEN}*.npz"):
        if other != where:
            other.unlink(missing_ok=True)
