"""How a convolution makes one number: a patch times a kernel, summed."""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np

EDGES = {
    "vertical": ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1)),
    "horizontal": ((-1, -1, -1), (0, 0, 0), (1, 1, 1)),
    "all": ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
}
"""The kernels for edges that lectures draw by hand."""


@dataclass(frozen=True)
class Sum:
    """One number of a convolution's map, and all that it is made of.

    The arrays are (kernel height, kernel width, channels): what was seen, what it is
    weighed with, and one times the other. `inside` (kernel height, kernel width) is
    False where the patch hangs over the picture's edge and sees zeros.
    """

    patch: np.ndarray
    kernel: np.ndarray
    products: np.ndarray
    inside: np.ndarray
    rows: tuple[int, ...]
    """The rows of the input that the patch covers; beyond it, -1 or the height."""
    columns: tuple[int, ...]
    channels: tuple[int, int]
    """From which channel of the input to which (not included), in groups a part."""
    total: float
    bias: float
    activation: str
    """The name of Keras, such as "relu"."""
    value: float
    """After bias and activation: what the layer gives at this place."""


def summed(
    layer: keras.Layer, x: np.ndarray, row: int, column: int, channel: int
) -> Sum:
    """How the layer makes the number at (row, column, channel) of its output from `x`
    (height, width, channels), what it gets. Conv2D and DepthwiseConv2D with any
    strides, padding, dilation and groups. Raises `Unexplained`."""
    raise NotImplementedError


def by_hand(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """One channel (height, width) through one kernel, without padding: as a lecture
    draws it.

    >>> step = np.array([[0, 0, 1, 1]] * 3)
    >>> by_hand(step, np.array(EDGES["vertical"])).tolist()
    [[3.0, 3.0]]
    """
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3)).astype(float)
