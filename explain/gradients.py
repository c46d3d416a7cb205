"""Gradients of a number by a tensor or by weights, on each of Keras' backends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from explain.probe import array

Number = Callable[[Any], tuple[Any, Any]]
"""From tensors to one number, and what else of them is to be known (tensors)."""
Found = tuple[float, Any, Any]


def gradient(function: Number, x: np.ndarray) -> Found:
    """The number at `x`, its gradient by `x`, and what else the function gives, as
    float32 arrays."""
    value, found, rest = _BY_TENSOR[keras.config.backend()](
        function, keras.ops.convert_to_tensor(x)
    )
    return float(array(value)), array(found), keras.tree.map_structure(array, rest)


def weight_gradients(
    model: keras.Model,
    function: Number,
    x: np.ndarray,
    brought: Callable[[Any], np.ndarray] = array,
) -> Found:
    """A number of the model's outputs for `x`, its gradients by the trainable weights
    in their order, and what else the function gives, each tensor `brought` to NumPy.

    The model is called as at a prediction: nothing is dropped, no state moves.
    """
    value, found, rest = _BY_WEIGHTS[keras.config.backend()](
        model, function, keras.ops.convert_to_tensor(x)
    )
    return (
        float(array(value)),
        [brought(one) for one in found],
        keras.tree.map_structure(brought, rest),
    )


def _tensorflow(function: Number, x: Any) -> Any:
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(x)
        value, rest = function(x)
    zeros = tf.UnconnectedGradients.ZERO
    return value, tape.gradient(value, x, unconnected_gradients=zeros), rest


def _tensorflow_weights(model: keras.Model, function: Number, x: Any) -> Any:
    import tensorflow as tf

    weights = [weight.value for weight in model.trainable_variables]
    with tf.GradientTape() as tape:
        value, rest = function(model(x, training=False))
    zeros = tf.UnconnectedGradients.ZERO
    return value, tape.gradient(value, weights, unconnected_gradients=zeros), rest


def _jax(function: Number, x: Any) -> Any:
    import jax

    (value, rest), found = jax.value_and_grad(function, has_aux=True)(x)
    return value, found, rest


def _jax_weights(model: keras.Model, function: Number, x: Any) -> Any:
    import jax

    fixed = [weight.value for weight in model.non_trainable_variables]

    def number(weights: Any) -> Any:
        outputs, _ = model.stateless_call(weights, fixed, x, training=False)
        return function(outputs)

    weights = [weight.value for weight in model.trainable_variables]
    (value, rest), found = jax.value_and_grad(number, has_aux=True)(weights)
    return value, found, rest


def _torch(function: Number, x: Any) -> Any:
    import torch

    x = x.detach().requires_grad_()
    with torch.enable_grad():
        value, rest = function(x)
    found = torch.autograd.grad(value, x, materialize_grads=True)
    return value, found[0], rest


def _torch_weights(model: keras.Model, function: Number, x: Any) -> Any:
    import torch

    # Not `backward`, which would add to the gradients of a training that goes on.
    weights = [weight.value for weight in model.trainable_variables]
    with torch.enable_grad():
        value, rest = function(model(x, training=False))
    found = torch.autograd.grad(value, weights, materialize_grads=True)
    return value, found, rest


_BY_TENSOR = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}
_BY_WEIGHTS = {
    "tensorflow": _tensorflow_weights,
    "jax": _jax_weights,
    "torch": _torch_weights,
}
