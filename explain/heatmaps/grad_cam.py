"""Grad-CAM: which places of a layer's maps speak for an answer."""

from __future__ import annotations

import keras
import numpy as np

from explain.heatmaps.heat import Heat


def grad_cam(
    model: keras.Model, layer: keras.Layer, x: np.ndarray, target: int | None = None
) -> Heat:
    """The heat at a layer that gives maps, for one example `x` (height, width, c).

    `target` is the number of a class; None is the answer itself: the class the model
    tells, the value, or the one sigmoid unit. Raises `Unexplained`.

    R. R. Selvaraju et al., Grad-CAM, ICCV 2017: each channel weighs what its gradient
    is in the mean over the map, and what the sum has below 0 is left out.
    """
    raise NotImplementedError
