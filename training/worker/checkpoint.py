"""The state of a training on disk, to go on from: always one whole one.

All variables of model and optimizer (the dropouts' random states too) as plain arrays:
Keras' own `save_weights` takes two to three times as long, which every epoch would pay.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from io import BytesIO
from pathlib import Path

import keras
import numpy as np

from training import files
from training.worker.journal import Journal

STATE = "state.npz"
JOURNAL = "journal.json"
KEPT = 2


def save(folder: Path, model: keras.Model, journal: Journal) -> None:
    """Keep model, optimizer and journal as `folder/<epoch>`, then drop older ones."""
    epoch = len(journal.figures)
    beside = folder / f".{epoch}.{os.getpid()}.new"
    beside.mkdir(parents=True, exist_ok=True)
    try:
        state = _state(model)
        files.write(beside / STATE, state)
        told = {**journal.to_json(), "sum": zlib.crc32(state)}
        files.write(beside / JOURNAL, json.dumps(told))
        whole = folder / str(epoch)
        shutil.rmtree(whole, ignore_errors=True)
        beside.replace(whole)
        files.settle(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for old in _newest_first(folder)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def load(folder: Path) -> tuple[bytes, Journal] | None:
    """The state and the journal of the newest whole checkpoint."""
    for kept in _newest_first(folder):
        try:
            told = json.loads((kept / JOURNAL).read_text())
            state = (kept / STATE).read_bytes()
            if zlib.crc32(state) == told.pop("sum"):
                return state, Journal(**told)
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half written, or damaged: an older one will do
    return None


def restore(model: keras.Model, state: bytes) -> None:
    """Put model and optimizer, once compiled, back as they were."""
    model.optimizer.build(model.trainable_variables)
    with np.load(BytesIO(state)) as arrays:
        for number, variable in enumerate(_variables(model)):
            variable.assign(arrays[str(number)])


def _variables(model: keras.Model) -> list[keras.Variable]:
    return [*model.variables, *model.optimizer.variables]


def _state(model: keras.Model) -> bytes:
    arrays = {
        str(number): np.asarray(variable)
        for number, variable in enumerate(_variables(model))
    }
    raw = BytesIO()
    np.savez(raw, **arrays)
    return raw.getvalue()


def _newest_first(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    kept = [path for path in folder.iterdir() if path.name.isdecimal()]
    return sorted(kept, key=lambda path: int(path.name), reverse=True)
