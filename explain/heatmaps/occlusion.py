"""Occlusion: how much the answer drops where a patch of the picture is covered."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from explain.heatmaps.heat import Heat


def occlusion(
    model: keras.Model,
    x: np.ndarray,
    target: int | None = None,
    patch: int | None = None,
    stride: int | None = None,
) -> Iterator[Heat]:
    """The drop of the score for each place of one example `x` (height, width, c); one
    Heat after every few places, the last one with share 1.

    The patch has the picture's mean colour; None: a quarter of the shorter side, moved
    by a third of itself. `target` as for Grad-CAM.

    M. D. Zeiler, R. Fergus, Visualizing and Understanding Convolutional Networks, 2014.
    """
    raise NotImplementedError
