"""How a convolution makes one number: a patch times a kernel, summed."""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np

from bricks.words import Text
from explain import unexplained
from explain.unexplained import Unexplained

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
    """The rows of the input that the kernel's rows lie on; outside of it, below 0 or
    from the height on."""
    columns: tuple[int, ...]
    channels: tuple[int, int]
    """From which channel of the input to which (not included), in groups a part."""
    total: float
    bias: float
    activation: str
    """Its name in Keras, such as "relu"."""
    value: float
    """After bias and activation: what the layer gives at this place."""


def summed(
    layer: keras.Layer, x: np.ndarray, row: int, column: int, channel: int
) -> Sum:
    """How the layer makes the number at (row, column, channel) of its map from `x`
    (height, width, channels), what it gets. A Conv2D or DepthwiseConv2D with any
    strides, padding, dilation and groups. Raises `Unexplained` for another layer or a
    place that isn't there."""
    weights = _weights(layer)
    rows = _lines(layer, 0, x.shape[0])
    columns = _lines(layer, 1, x.shape[1])
    _check((len(rows), len(columns), weights.shape[-1]), (row, column, channel))
    seen, inside = _seen(x, rows[row], columns[column])
    each = weights.shape[2]
    group = channel // (weights.shape[3] // (x.shape[2] // each))
    patch = seen[:, :, group * each : (group + 1) * each]
    kernel = weights[..., channel]
    totals, biases = _totals(seen, weights), _biases(layer, weights.shape[-1])
    return Sum(
        patch=patch,
        kernel=kernel,
        products=patch * kernel,
        inside=inside,
        rows=tuple(rows[row].tolist()),
        columns=tuple(columns[column].tolist()),
        channels=(group * each, (group + 1) * each),
        total=float(totals[channel]),
        bias=float(biases[channel]),
        activation=getattr(layer.activation, "__name__", "linear"),
        value=float(_activated(layer, totals + biases)[channel]),
    )


def convolves(layer: keras.layers.Layer) -> bool:
    """Whether the sums of this layer can be shown."""
    if isinstance(layer, keras.layers.Conv2DTranspose):
        return False
    return isinstance(layer, (keras.layers.Conv2D, keras.layers.DepthwiseConv2D))


def _weights(layer: keras.Layer) -> np.ndarray:
    """(height, width, channels of a group, filters); in a depthwise convolution each
    channel is a group."""
    if not convolves(layer):
        raise Unexplained(Text(unexplained.NO_KERNELS))
    weights = keras.ops.convert_to_numpy(layer.kernel.value).astype("float32")
    if isinstance(layer, keras.layers.DepthwiseConv2D):
        return weights.reshape(*weights.shape[:2], 1, -1)
    return weights


def _lines(layer: keras.Layer, axis: int, size: int) -> np.ndarray:
    """For each row (axis 0) or column (axis 1) of the map, those of the input that the
    kernel lies on, (n, kernel size)."""
    kernel, stride = layer.kernel_size[axis], layer.strides[axis]
    gap = layer.dilation_rate[axis]
    reach = (kernel - 1) * gap + 1
    if layer.padding == "same":  # as TensorFlow has it: the odd zero comes last
        count = -(-size // stride)
        before = max((count - 1) * stride + reach - size, 0) // 2
    else:
        count, before = (size - reach) // stride + 1, 0
    begins = np.arange(count) * stride - before
    return begins[:, None] + np.arange(kernel) * gap


def _check(shape: tuple[int, ...], place: tuple[int, ...]) -> None:
    if not all(0 <= n < size for n, size in zip(place, shape)):
        names = ("height", "width", "channels", "row", "column", "channel")
        values = dict(zip(names, (*shape, *place)))
        raise Unexplained(Text(unexplained.NO_SUCH_PIXEL, values))


def _seen(
    x: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What lies under the kernel, all channels, zeros outside; and what is inside."""
    down = (rows >= 0) & (rows < x.shape[0])
    across = (columns >= 0) & (columns < x.shape[1])
    inside = down[:, None] & across
    under = x[np.where(down, rows, 0)][:, np.where(across, columns, 0)]
    return np.where(inside[..., None], under, 0).astype("float32"), inside


def _totals(seen: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The sum of every filter, (filters,), before its bias."""
    height, width, each, filters = weights.shape
    groups = seen.shape[2] // each
    apart = seen.reshape(height, width, groups, each)
    kernels = weights.reshape(height, width, each, groups, filters // groups)
    return np.einsum("hwge,hwegf->gf", apart, kernels).reshape(-1)


def _biases(layer: keras.Layer, filters: int) -> np.ndarray:
    if layer.bias is None:
        return np.zeros(filters, "float32")
    return keras.ops.convert_to_numpy(layer.bias.value).astype("float32")


def _activated(layer: keras.Layer, values: np.ndarray) -> np.ndarray:
    """All filters at one place: a softmax looks at all of them."""
    tensor = keras.ops.convert_to_tensor(values.reshape(1, 1, 1, -1))
    return keras.ops.convert_to_numpy(layer.activation(tensor)).reshape(-1)


def by_hand(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """One channel (height, width) through one kernel, without padding, as a lecture
    does it.

    >>> step = np.array([[0, 0, 1, 1]] * 3)
    >>> by_hand(step, np.array(EDGES["vertical"])).tolist()
    [[3.0, 3.0]]
    """
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3)).astype(float)
