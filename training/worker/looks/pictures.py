"""Test examples as pictures, small enough to be shown many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from PIL import Image

from explain.report import pictures, points
from training.parcel import Arrays
from training.viewing import DONE, Told
from training.worker.viewer import Viewer

MOST = 100
"""Examples in one question."""
SIDE = 96
"""Pixels of the longer side, where the question names no other."""
MOST_SIDE = 512


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """`pictures` (n, height, width, channels) of the test examples `ask["numbers"]`;
    none where they are no pictures. With `ask["back"]` each has beside it what the
    tower gave back."""
    x, _y = viewer.examples(ask)
    yield None
    numbers = np.atleast_1d(ask["numbers"]).astype(int)[:MOST] % len(x)
    shown = pictures(x, numbers.tolist())
    if len(shown) and ask.get("back"):
        given = points(np.asarray(x[numbers]))
        came = viewer.run(ask).model.predict_on_batch(given)
        shown = pictures(np.concatenate([given, came], axis=2), range(len(given)))
    side = min(MOST_SIDE, max(1, int(ask.get("side", SIDE))))
    yield Told(DONE, {}, {"pictures": small(shown, side)} if len(shown) else {})


def small(shown: np.ndarray, side: int) -> np.ndarray:
    """Pictures (n, height, width, channels) no longer than `side` on either side."""
    height, width, channels = shown.shape[1:]
    times = side / max(height, width)
    if times >= 1 or channels not in (1, 3, 4):
        return shown
    size = max(1, round(width * times)), max(1, round(height * times))
    flat = shown[..., 0] if channels == 1 else shown
    made = [
        Image.fromarray(one).resize(size, Image.Resampling.BOX, reducing_gap=2.0)
        for one in flat
    ]
    return np.stack([np.asarray(one) for one in made]).reshape(
        -1, *size[::-1], channels
    )
