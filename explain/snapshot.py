"""Weights, activations and gradients of every brick at one moment of a training."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from explain.gradients import weight_gradients
from explain.histograms import MOST_NUMBERS, Bars, bars, sample
from explain.opened import Place
from explain.probe import array
from explain.rewired import rewired
from explain.taps import Tap


class Snapshots:
    """Takes them of one model, always for the same examples.

    `x` (n, ...) is what the model gets, `y` its labels, or x itself. Nothing is
    dropped and no state moves: a training goes on as if nobody had looked.
    """

    def __init__(
        self,
        model: keras.Model,
        taps: Sequence[Tap | Place],
        x: np.ndarray,
        y: np.ndarray,
    ) -> None:
        self.layers = [tap.layer for tap in taps]
        wired = rewired(model, self.layers)
        outputs = [wired.outputs[id(layer)] for layer in self.layers]
        self.model = wired.model([wired.answers, *outputs])
        self.loss = _loss(model)
        self.x, self.y = x, y

    def take(self) -> list[list[Bars]]:
        """The bars of the weights, activations and gradients of each brick: one pass
        forward and one back for all."""
        _, found, given = weight_gradients(self.model, self._loss, self.x, _some)
        weights = self.model.trainable_variables
        gradients = {id(one): grad for one, grad in zip(weights, found, strict=True)}
        return [
            [
                bars(*(_some(weight.value) for weight in _kernels(layer))),
                bars(activations),
                bars(*(gradients.get(id(one), _NONE) for one in _kernels(layer))),
            ]
            for layer, activations in zip(self.layers, given, strict=True)
        ]

    def _loss(self, outputs: Any) -> tuple[Any, Any]:
        answers, *rest = outputs
        return self.loss(self.y, answers), rest


_NONE = np.zeros(0, "float32")


def _loss(model: keras.Model) -> Any:
    """The mean loss by the model's own, without what regularizers add."""
    loss = keras.losses.get(model.loss)

    def mean(y: np.ndarray, answers: Any) -> Any:
        if answers.shape[-1] == 1 and y.ndim < len(answers.shape):
            y = y[..., None]
        return keras.ops.mean(loss(keras.ops.convert_to_tensor(y), answers))

    return mean


def _kernels(layer: keras.Layer) -> list[Any]:
    """What a layer multiplies with; where it has only numbers that it adds or scales
    by, as a normalization has, those. A base's layers have theirs each by itself, and
    one that is shut has nothing to tell of."""
    if isinstance(layer, keras.Model):
        return []
    weights = layer.trainable_variables or layer.weights
    return [weight for weight in weights if len(weight.shape) > 1] or list(weights)


def _some(tensor: Any) -> np.ndarray:
    """As many numbers of a tensor as count for its bars: a hundred million would take
    seconds to bring to NumPy."""
    size = math.prod(tensor.shape)
    if size <= MOST_NUMBERS:
        return array(tensor)
    flat = keras.ops.reshape(keras.ops.stop_gradient(tensor), (-1,))
    return array(keras.ops.take(flat, sample(size)))
