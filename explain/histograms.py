"""Histograms of weights, activations and gradients, kept over the epochs; no Keras."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

BINS = 30
KINDS = ("weights", "activations", "gradients")


@dataclass(frozen=True)
class Histograms:
    """E epochs, B bricks, the three KINDS.

    `bricks` are (id, time) of the placed bricks, from the ground up. Where a brick has
    no weights, its counts are 0 and its figures not a number.
    """

    bricks: list[tuple[str, int]]
    epochs: np.ndarray
    """(E,) whole numbers; 0 is before the training."""
    counts: np.ndarray
    """(E, B, 3, BINS) uint32."""
    low: np.ndarray
    """(E, B, 3) the left edge of the first bin; all bins are equally wide."""
    high: np.ndarray
    mean: np.ndarray
    """(E, B, 3) the mean without sign: where it shrinks from brick to brick on the way
    down, gradients vanish."""
    zeros: np.ndarray
    """(E, B, 3) the share (0 to 1) that is exactly 0."""


def read(path: Path) -> Histograms | None:
    """What a run has kept in its `histograms.npz`; None where it has none, or none that
    can be read."""
    raise NotImplementedError
