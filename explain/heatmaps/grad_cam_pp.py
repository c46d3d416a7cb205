"""Grad-CAM++: Grad-CAM that sees several things of one kind in a picture."""

from __future__ import annotations

import keras
import numpy as np

from explain.heatmaps.grad_cam import looked
from explain.heatmaps.heat import Heat
from explain.kept import Kept


def grad_cam_pp(
    model: keras.Model,
    layer: keras.Layer,
    x: np.ndarray,
    target: int | None = None,
    kept: Kept | None = None,
) -> Heat:
    """The heat at a layer that gives maps, for one example `x` (height, width, c).

    Arguments and errors are those of `grad_cam`.

    A. Chattopadhay et al., Grad-CAM++, WACV 2018: places weigh each by itself
    (equation 19, where the score goes through an exponential, so that the second and
    third derivatives are powers of the first), and only gradients above 0 count.
    """
    seen = looked(model, layer, x, target, kept)
    first = seen.gradients
    second, third = first**2, first**3
    below = 2 * second + seen.maps.sum(axis=(0, 1)) * third
    shares = np.divide(second, below, out=np.zeros_like(second), where=below != 0)
    weights = (shares * np.maximum(first, 0)).sum(axis=(0, 1))
    return Heat(np.maximum(seen.maps @ weights, 0), seen.score)
