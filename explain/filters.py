"""Kernels as pictures, and the pattern that a filter answers to most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from bricks.words import Text
from explain import unexplained
from explain.gradients import gradient
from explain.kept import Kept
from explain.maps import pictured
from explain.probe import probe
from explain.unexplained import Unexplained

SIDE = 112
"""Pictures larger than this get patterns of this side: details repeat anyway."""
AT_ONCE = SIDE * SIDE * 3 * 2
"""Numbers that go through the model in one go: whoever waits has a turn soon."""
RATE = 0.15
"""How far a step goes, in units of the gradient's root mean square: 30 steps cross the
range of the points several times."""

LEAK = 0.01
"""How much counts of what a relu would cut off. Where it gives 0 for the noise at the
beginning, there were no way up without."""


def kernels(layer: keras.Layer) -> np.ndarray:
    """A convolution's weights (filters, height, width, channels), float32.

    Of a depthwise one, each filter sees one channel. Raises `Unexplained` where the
    layer has no kernels of height and width.
    """
    if isinstance(layer, keras.layers.SeparableConv2D):
        found = layer.depthwise_kernel
    else:
        found = getattr(layer, "kernel", None)
    if found is None or len(found.shape) != 4:
        raise Unexplained(Text(unexplained.NO_KERNELS))
    weights = keras.ops.convert_to_numpy(found.value).astype("float32")
    if isinstance(layer, keras.layers.Conv2DTranspose):
        return np.moveaxis(weights, 2, 0)
    if isinstance(layer, _DEPTHWISE):
        weights = weights.reshape(*weights.shape[:2], 1, -1)
    return np.moveaxis(weights, 3, 0)


_DEPTHWISE = (keras.layers.DepthwiseConv2D, keras.layers.SeparableConv2D)


def kernel_pictures(layer: keras.Layer) -> np.ndarray:
    """Them as pictures, uint8: 0 is 128, each filter's largest weight 0 or 255.

    (filters, height, width, 1 or 3), where the layer sees so many channels, else
    (filters * channels, height, width, 1), a filter's channels after one another.
    """
    weights = kernels(layer)
    most = np.abs(weights).max(axis=(1, 2, 3), keepdims=True)
    points = 127.5 + 127.5 * weights / np.where(most > 0, most, 1)
    pictures = np.round(np.nan_to_num(points, nan=127.5)).astype("uint8")
    if pictures.shape[-1] in (1, 3):
        return pictures
    return np.moveaxis(pictures, 3, 1).reshape(-1, *pictures.shape[1:3], 1)


@dataclass(frozen=True)
class Patterns:
    """Patterns as far as they are, of the `filters` that were worked on last: pictures
    (n, height, width, channels) uint8, answers (n,), and the share of all work."""

    filters: list[int]
    pictures: np.ndarray
    answers: np.ndarray
    """The mean of each filter's map behind a relu that leaks a little."""
    share: float
    finished: bool
    """Whether these pictures are done."""


def patterns(
    model: keras.Model,
    layer: keras.Layer,
    filters: Sequence[int],
    steps: int = 30,
    white: float = 1.0,
    seed: int = 0,
    kept: Kept | None = None,
) -> Iterator[Patterns]:
    """For each of the filters the picture that it answers to most, made step by step
    from noise; one batch of filters after the other. `white` is the number that the
    model gets for a white point, `kept` is the model's, where it is asked more than
    once.

    Gradient ascent in the input (D. Erhan et al., Visualizing Higher-Layer Features,
    2009) as in F. Chollet, Deep Learning with Python (2021), 9.4.2, where the picture
    is moved a little before each step, and fine noise is taken back after it (C. Olah
    et al., Feature Visualization, Distill 2017). Raises `Unexplained` where the tower
    gets no pictures or the layer gives no maps.
    """
    below = (kept or Kept()).once(("below", layer), lambda: _below(model, layer))
    shape = below.input_shape[1:]
    few = max(1, min(16, AT_ONCE // int(np.prod(shape))))
    chance = np.random.default_rng(seed)
    for begin in range(0, len(filters), few):
        part = list(filters[begin : begin + few])
        climb = _Climb(below, layer, part, white, chance)
        for step in range(1, steps + 1):
            x, answers = climb.step(blurred=step % 4 == 0 and step < steps - 2)
            share = (begin + len(part) * step / steps) / len(filters)
            yield Patterns(part, _points(x), answers, share, step == steps)


def _below(model: keras.Model, layer: keras.Layer) -> keras.Model:
    """The model up to the layer, for pictures that are not too large."""
    if len(model.input_shape) != 4:
        raise Unexplained(Text(unexplained.NO_PICTURE))
    below = probe(model, [layer])
    if len(below.outputs[0].shape) != 4:
        raise Unexplained(Text(unexplained.NOT_A_MAP))
    height, width, channels = (n or SIDE for n in model.input_shape[1:])
    if max(height, width) <= SIDE and None not in model.input_shape[1:]:
        return below
    smaller = keras.Input((min(height, SIDE), min(width, SIDE), channels))
    try:
        return keras.models.clone_model(  # noqa: TID251 - its layers are the model's
            below, smaller, clone_function=lambda layer: layer
        )
    except ValueError:  # a brick below asks for the very size, Reshape for one
        return below


class _Climb:
    """Pictures on their way to what their filters answer to most."""

    def __init__(
        self,
        below: keras.Model,
        layer: keras.Layer,
        filters: list[int],
        white: float,
        chance: np.random.Generator,
    ) -> None:
        self.below = below
        self.layer = layer
        self.filters = np.array(filters)
        self.white = white
        self.chance = chance
        shape = (len(filters), *below.input_shape[1:])
        # Around 0, where a relu tells patterns from their negatives; around grey most
        # filters of a first layer would only ask for more light.
        self.x = chance.uniform(-0.1, 0.1, shape).astype("float32")
        self.jitter = min(shape[1:3]) // 16

    def step(self, blurred: bool) -> tuple[np.ndarray, np.ndarray]:
        """The pictures, (n, height, width, channels), and the answers at them."""
        by = self.chance.integers(-self.jitter, self.jitter + 1, 2)
        moved = np.roll(self.x, tuple(by), (1, 2)) * np.float32(self.white)
        with _linear(self.layer):
            _, found, answers = gradient(self._answers, moved)
        found = np.roll(found, tuple(-by), (1, 2))
        found = found - found.mean(axis=(1, 2), keepdims=True)  # not the brightness
        size = np.sqrt(np.square(found).mean(axis=(1, 2, 3), keepdims=True))
        self.x = self.x + RATE * found / np.maximum(size, 1e-12)
        if blurred:
            self.x = _blurred(self.x)
        return self.x, answers

    def _answers(self, x: Any) -> tuple[Any, Any]:
        """Each picture's own filter, in the mean of its map."""
        maps = keras.tree.flatten(self.below(x, training=False))[0]
        edge = 2 if min(maps.shape[1:3]) > 8 else 0  # there, padding answers too
        inner = maps[:, edge : maps.shape[1] - edge, edge : maps.shape[2] - edge]
        inner = keras.ops.leaky_relu(keras.ops.cast(inner, "float32"), LEAK)
        each = keras.ops.mean(inner, axis=(1, 2))
        chosen = keras.ops.one_hot(self.filters, each.shape[-1])
        answers = keras.ops.sum(each * chosen, axis=1)
        return keras.ops.sum(answers), answers


@contextmanager
def _linear(layer: keras.Layer) -> Iterator[None]:
    """The layer without its activation, which is then taken for a relu that leaks."""
    activation = getattr(layer, "activation", None)
    if activation is None or isinstance(layer, keras.layers.Activation):
        yield
        return
    layer.activation = keras.activations.linear
    try:
        yield
    finally:
        layer.activation = activation


def _blurred(x: np.ndarray) -> np.ndarray:
    """Each point with a bit of its neighbours: what only fine noise says is lost."""
    for axis in (1, 2):
        near = np.roll(x, 1, axis) + np.roll(x, -1, axis)
        x = 0.8 * x + 0.1 * near
    return x


def _points(x: np.ndarray) -> np.ndarray:
    """Patterns as pictures, as feature maps are, the channels of each together."""
    return pictured(x.reshape(len(x), -1).T).reshape(x.shape)
