"""What every layer gives for the same examples, in one forward pass."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import keras
import numpy as np

from explain.rewired import Rewired, rewired


class Unreached(ValueError):
    """A layer that is no part of the model's graph."""

    def __init__(self, layer: keras.Layer, model: keras.Model) -> None:
        super().__init__(
            f"The layer must be one of the model's or of a model in it. "
            f"Received: layer {layer.name!r}, model {model.name!r}"
        )


def probe(model: keras.Model, layers: Sequence[keras.Layer]) -> keras.Model:
    """A model that gives what each of the layers gives, in their order.

    The layers may stand in nested models, a pretrained base for one. Only what they
    need is computed. Raises `Unreached` for a layer that isn't there.
    """
    return reached(model, rewired(model, layers), layers)


def reached(
    model: keras.Model, wired: Rewired, layers: Sequence[keras.Layer]
) -> keras.Model:
    """The same of a wiring that was made before, for these layers among others."""
    for layer in layers:
        if id(layer) not in wired.outputs:
            raise Unreached(layer, model)
    return wired.model([wired.outputs[id(layer)] for layer in layers])


def outputs(
    model: keras.Model, layers: Sequence[keras.Layer], x: np.ndarray
) -> list[np.ndarray]:
    """What each of the layers gives for the examples `x` (n, ...), as float32.

    Who asks more than once keeps a `probe` and calls `forward`.
    """
    return forward(probe(model, layers), x)


def forward(model: keras.Model, x: np.ndarray) -> list[np.ndarray]:
    """The model's outputs for `x` (n, ...), as at a prediction, each float32.

    A plain call: `predict` would trace a graph first, which takes longer than what it
    spares for a few examples.
    """
    with without_gradients():
        found = keras.tree.flatten(model(x, training=False))
    return [array(tensor) for tensor in found]


def array(tensor: Any) -> np.ndarray:
    """A tensor of any backend as float32; half precision has no place in NumPy."""
    return np.asarray(
        keras.ops.convert_to_numpy(keras.ops.cast(tensor, "float32")), "float32"
    )


def without_gradients() -> Any:
    """PyTorch keeps every step for a backward pass unless told otherwise."""
    if keras.config.backend() != "torch":
        return nullcontext()
    import torch

    return torch.no_grad()
