"""Integrated gradients: what each point adds, from an empty picture to this one."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from explain.heatmaps.heat import Heat


def integrated_gradients(
    model: keras.Model,
    x: np.ndarray,
    target: int | None = None,
    baseline: np.ndarray | None = None,
    steps: int = 32,
) -> Iterator[Heat]:
    """The heat of each point of one example `x`, summed over its channels; one Heat
    after every few steps, the last one with share 1.

    `target` as for Grad-CAM, `baseline` is the empty picture (zeros). The values add
    up to how much the score differs between the two.

    M. Sundararajan, A. Taly, Q. Yan, Axiomatic Attribution for Deep Networks, 2017.
    """
    raise NotImplementedError
