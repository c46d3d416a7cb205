"""A heatmap by the name of its method."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import keras
import numpy as np

from bricks.words import Text
from explain import unexplained
from explain.bases import last_map
from explain.heatmaps.grad_cam import grad_cam
from explain.heatmaps.grad_cam_pp import grad_cam_pp
from explain.heatmaps.heat import Heat
from explain.heatmaps.integrated_gradients import integrated_gradients
from explain.heatmaps.occlusion import occlusion
from explain.kept import Kept
from explain.unexplained import Unexplained

_AT_LAYER = {"grad_cam": grad_cam, "grad_cam_pp": grad_cam_pp}
_OF_ALL: dict[str, Callable[..., Iterator[Heat]]] = {
    "integrated_gradients": integrated_gradients,
    "occlusion": occlusion,
}


def heats(
    method: str,
    model: keras.Model,
    x: np.ndarray,
    target: int | None = None,
    layer: keras.Layer | None = None,
    kept: Kept | None = None,
) -> Iterator[Heat]:
    """The heat as it grows, the whole one last, for one example `x` (height, width, c).

    `method` is a name of `METHODS`. Where it looks at a layer, None is the last one
    that convolves. `kept` is the model's, where it is asked more than once. Raises
    `Unexplained`, and KeyError for a name that is none.
    """
    if method in _AT_LAYER:
        at = layer or last_convolution(model)
        yield _AT_LAYER[method](model, at, x, target, kept)
    else:
        yield from _OF_ALL[method](model, x, target, kept=kept)


def last_convolution(model: keras.Model) -> keras.Layer:
    """The layer nearest to the answers whose maps say most of things and still know
    where they are: a convolution, or what a pretrained base ends with before it pools.
    Raises `Unexplained` where there is none."""
    for layer in reversed(model.layers):
        if isinstance(layer, keras.Model):
            found = last_map(layer) or next(reversed(convolutions(layer)), None)
        else:
            found = layer if isinstance(layer, _CONVOLUTIONS) else None
        if found is not None:
            return found
    raise Unexplained(Text(unexplained.NO_MAP))


def convolutions(model: keras.Model) -> list[keras.Layer]:
    """The layers that convolve pictures, from the ground up, those in nested models
    included."""
    found: list[keras.Layer] = []
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            found += convolutions(layer)
        elif isinstance(layer, _CONVOLUTIONS):
            found.append(layer)
    return found


_CONVOLUTIONS = (
    keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D,
    keras.layers.SeparableConv2D,
    keras.layers.Conv2DTranspose,
)
