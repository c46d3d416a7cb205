"""The state of a training on disk, to go on from: always one whole one."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from pathlib import Path

import keras

from training import files
from training.worker.journal import Journal

WEIGHTS = "model.weights.h5"
JOURNAL = "journal.json"


def save(folder: Path, model: keras.Model, journal: Journal) -> None:
    """Keep weights, optimizer and journal as `folder/<epoch>`, then drop older ones.

    Keras' `save_weights` writes the optimizer's variables too.
    """
    epoch = len(journal.figures)
    beside = folder / f".{epoch}.{os.getpid()}.new"
    beside.mkdir(parents=True, exist_ok=True)
    try:
        model.save_weights(beside / WEIGHTS)
        files.settle(beside / WEIGHTS)
        state = {**journal.to_json(), "sum": _sum(beside / WEIGHTS)}
        files.write(beside / JOURNAL, json.dumps(state))
        whole = folder / str(epoch)
        shutil.rmtree(whole, ignore_errors=True)
        beside.replace(whole)
        files.settle(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for old in _newest_first(folder)[2:]:
        shutil.rmtree(old, ignore_errors=True)


def load(folder: Path) -> tuple[Path, Journal] | None:
    """The weights' file and the journal of the newest whole checkpoint."""
    for kept in _newest_first(folder):
        try:
            state = json.loads((kept / JOURNAL).read_text())
            if _sum(kept / WEIGHTS) == state.pop("sum"):
                return kept / WEIGHTS, Journal(**state)
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half written, or damaged: an older one will do
    return None


def restore(model: keras.Model, weights: Path) -> None:
    """Put weights and optimizer of a compiled model back as they were."""
    model.optimizer.build(model.trainable_variables)
    model.load_weights(weights)


def _newest_first(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    kept = [path for path in folder.iterdir() if path.name.isdecimal()]
    return sorted(kept, key=lambda path: int(path.name), reverse=True)


def _sum(path: Path) -> int:
    return zlib.crc32(path.read_bytes())
