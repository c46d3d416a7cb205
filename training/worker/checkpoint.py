"""The state of a training on disk, to go on from: always one whole one.

All variables of model and optimizer (the dropouts' random states too) as plain arrays
in one file: Keras' own `save_weights` takes two to three times as long, every epoch.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import keras
import numpy as np

from storage import files
from training.worker import kept
from training.worker.journal import Journal

SUM = 8  # the file begins with so many hexadecimal digits of its checksum
KEPT = 2


def save(
    folder: Path,
    model: keras.Model,
    journal: Journal,
    made: Sequence[keras.callbacks.Callback] = (),
) -> None:
    """Keep model, optimizer, journal and what the callbacks that the script made
    remember, as `folder/<epoch>`, then drop older ones."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {str(n): np.asarray(v) for n, v in enumerate(_variables(model))}
    arrays |= kept.told(made)
    arrays["journal"] = np.array(json.dumps(journal.to_json()))
    raw = BytesIO()
    np.savez(raw, allow_pickle=False, **arrays)
    state = raw.getvalue()
    files.write(folder / str(len(journal.figures)), _sum(state) + state)
    for old in _newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)


def load(folder: Path) -> tuple[bytes, Journal] | None:
    """The state and the journal of the newest whole checkpoint."""
    for path in _newest_first(folder):
        whole = path.read_bytes()
        state = whole[SUM:]
        if whole[:SUM] == _sum(state):  # else damaged: an older one will do
            with np.load(BytesIO(state)) as arrays:
                return state, Journal(**json.loads(str(arrays["journal"])))
    return None


def restore(
    model: keras.Model, state: bytes, made: Sequence[keras.callbacks.Callback] = ()
) -> None:
    """Put model and optimizer, once compiled, and the callbacks back as they were."""
    model.optimizer.build(model.trainable_variables)
    with np.load(BytesIO(state)) as arrays:
        for number, variable in enumerate(_variables(model)):
            variable.assign(arrays[str(number)])
        kept.put_back(made, arrays)


def restore_weights(model: keras.Model, state: bytes) -> None:
    """Put a model's weights alone back as they were; it need not be compiled."""
    with np.load(BytesIO(state)) as arrays:
        for number, variable in enumerate(model.variables):
            variable.assign(arrays[str(number)])


def _variables(model: keras.Model) -> list[keras.Variable]:
    return [*model.variables, *model.optimizer.variables]


def _sum(state: bytes) -> bytes:
    return f"{zlib.crc32(state):0{SUM}x}".encode()


def _newest_first(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    whole = [path for path in folder.iterdir() if path.name.isdecimal()]
    return sorted(whole, key=lambda path: int(path.name), reverse=True)
