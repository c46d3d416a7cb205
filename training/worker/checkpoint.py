"""The state of a training on disk, to go on from: always one whole one.

All variables of model and optimizer (the dropouts' random states too) as plain arrays
in one file: Keras' own `save_weights` takes two to three times as long, every epoch.
What a pretrained base has from its file and never changes is left out.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import keras
import numpy as np

from storage import files
from training.worker import kept
from training.worker.changing import Changing
from training.worker.journal import Journal

SUM = 8  # the file begins with so many hexadecimal digits of its checksum
KEPT = 2


def save(
    folder: Path,
    model: keras.Model,
    journal: Journal,
    made: Sequence[keras.callbacks.Callback] = (),
    changing: Changing | None = None,
) -> None:
    """Keep the optimizer of the `model` that is fitted, what is `changing` of the whole
    one, the journal and what the callbacks that the script made remember, as
    `folder/<epoch>`, then drop older ones."""
    folder.mkdir(parents=True, exist_ok=True)
    changing = changing or Changing(model)
    arrays = {**changing.arrays(model), **kept.told(made)}
    for n, variable in enumerate(model.optimizer.variables, changing.count):
        arrays[str(n)] = np.asarray(variable)
    arrays["journal"] = np.array(json.dumps(journal.to_json()))
    write(folder / str(len(journal.figures)), arrays)
    for old in _newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)


def load(folder: Path) -> tuple[bytes, Journal] | None:
    """The state and the journal of the newest whole checkpoint."""
    for path in _newest_first(folder):
        state = read(path)
        if state is not None:  # else damaged: an older one will do
            with np.load(BytesIO(state)) as arrays:
                return state, Journal(**json.loads(str(arrays["journal"])))
    return None


def restore(
    model: keras.Model,
    state: bytes,
    made: Sequence[keras.callbacks.Callback] = (),
    whole: keras.Model | None = None,
) -> None:
    """Put back as they were: the `whole` model, the optimizer of the `model` that is
    fitted, once it is compiled, and the callbacks."""
    restore_weights(whole or model, state)
    model.optimizer.build(model.trainable_variables)
    before = len((whole or model).variables)
    with np.load(BytesIO(state)) as arrays:
        for number, variable in enumerate(model.optimizer.variables, before):
            variable.assign(arrays[str(number)])
        kept.put_back(made, arrays)


def restore_weights(model: keras.Model, state: bytes) -> None:
    """Put a model's weights alone back as they were, but those that never changed; it
    need not be compiled."""
    with np.load(BytesIO(state)) as arrays:
        for number, variable in enumerate(model.variables):
            if str(number) in arrays:
                variable.assign(arrays[str(number)])


def write(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Put arrays into a file with its checksum."""
    raw = BytesIO()
    np.savez(raw, allow_pickle=False, **arrays)
    state = raw.getvalue()
    files.write(path, _sum(state) + state)


def read(path: Path) -> bytes | None:
    """The arrays of such a file, as NumPy reads them; None where it is damaged."""
    raw = path.read_bytes()
    state = raw[SUM:]
    return state if raw[:SUM] == _sum(state) else None


def _sum(state: bytes) -> bytes:
    return f"{zlib.crc32(state):0{SUM}x}".encode()


def _newest_first(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    whole = [path for path in folder.iterdir() if path.name.isdecimal()]
    return sorted(whole, key=lambda path: int(path.name), reverse=True)
