"""What the script's own callbacks remember, kept beside the weights.

Keras' callbacks forget all when a training begins; a training that goes on must put it
back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import keras
import numpy as np

from bricks.training import callbacks

PLAIN = "callbacks"


def told(made: Sequence[keras.callbacks.Callback]) -> dict[str, np.ndarray]:
    """All that the callbacks remember, as arrays by name."""
    plain: dict[str, object] = {}
    arrays: dict[str, np.ndarray] = {}
    for callback, name, key in _remembered(made):
        value = getattr(callback, name)
        if isinstance(value, list):  # weights
            plain[key] = len(value)
            arrays |= {f"{key}.{n}": part for n, part in enumerate(value)}
        else:
            plain[key] = [value]
    return {PLAIN: np.array(json.dumps(plain, default=float)), **arrays}


def put_back(
    made: Sequence[keras.callbacks.Callback], arrays: Mapping[str, np.ndarray]
) -> None:
    """Have the callbacks remember it again; a checkpoint of old may have nothing."""
    plain = json.loads(str(arrays[PLAIN])) if PLAIN in arrays else {}
    for callback, name, key in _remembered(made):
        value = plain.get(key)
        if isinstance(value, int):
            setattr(callback, name, [arrays[f"{key}.{n}"] for n in range(value)])
        elif value is not None:
            setattr(callback, name, value[0])


def wait_anew(made: Sequence[keras.callbacks.Callback]) -> None:
    """Let those that wait for something better begin to wait again."""
    for callback, name, _ in _remembered(made):
        if name == "wait":
            setattr(callback, name, 0)


def _remembered(
    made: Sequence[keras.callbacks.Callback],
) -> Iterator[tuple[keras.callbacks.Callback, str, str]]:
    """Each callback with each name that it keeps, and what that is called on disk."""
    keeps = {part.keras: part.keeps for part in callbacks().values()}
    for callback in made:
        kind = type(callback).__name__
        for name in keeps.get(kind, ()):
            yield callback, name, f"{kind}.{name}"
