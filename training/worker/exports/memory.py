"""Whether the server has the memory that an export takes, and no more than it has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from bricks.words import N_, Text
from training.worker import life
from training.worker.exports.refusal import NotNow

TIMES = {"onnx": 75, "demo": 75, "litert": 8, "savedmodel": 2}
"""Bytes for each byte of weights, measured on a Dense of 49 MB and on the pretrained
bases, most of all on Xception of 83 MB: tf2onnx makes Python's own numbers of them.
"""
LEAST = 500_000_000
"""Bytes that Keras and the example pictures take anyway."""
SPARE = 1_000_000_000
"""Bytes that are left to others."""
TOO_LITTLE = N_(
    "Making this file takes about {needed} GB of the server's memory, and {free} GB "
    "are free: take SavedModel or .keras, or try again later."
)


@contextmanager
def limited(kind: str, weights: int) -> Iterator[None]:
    """Raise NotNow where there is too little for so many bytes of weights; else let
    this process grow by what is there, so that it and nobody else runs out.

    What is not converted takes no more than the model itself, which is loaded already.
    """
    if kind not in TIMES:
        yield
        return
    free = psutil.virtual_memory().available - SPARE
    needed = LEAST + TIMES[kind] * weights
    if needed > free:
        told = {"needed": f"{needed / 1e9:.1f}", "free": f"{max(0, free) / 1e9:.1f}"}
        raise NotNow(Text(TOO_LITTLE, told))
    with life.limited_memory(free):
        yield
