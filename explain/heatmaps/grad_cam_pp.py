"""Grad-CAM++: Grad-CAM that sees several things of one kind in a picture."""

from __future__ import annotations

import keras
import numpy as np

from explain.heatmaps.heat import Heat


def grad_cam_pp(
    model: keras.Model, layer: keras.Layer, x: np.ndarray, target: int | None = None
) -> Heat:
    """The heat at a layer that gives maps, for one example `x` (height, width, c).

    `target` is the number of a class; None is the answer itself: the class the model
    tells, the value, or the one sigmoid unit. Raises `Unexplained`.

    A. Chattopadhay et al., Grad-CAM++, WACV 2018.
    """
    raise NotImplementedError
