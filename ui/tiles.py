"""Small pictures on the page."""

from __future__ import annotations

import numpy as np

TILE = 96  # pixels


def enlarged(picture: np.ndarray) -> np.ndarray:
    """A picture (height, width, channels) with its points as squares, not blurred."""
    times = max(1, TILE // picture.shape[0])
    tall = picture.repeat(times, axis=0).repeat(times, axis=1)
    return tall[..., 0] if picture.shape[2] == 1 else tall
