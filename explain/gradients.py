"""Gradients of a number by a tensor or by weights, on each of Keras' backends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

Scalar = Callable[[Any], tuple[Any, Any]]
"""From a tensor to a number, and whatever else is to be known of it."""


def gradient(function: Scalar, x: np.ndarray) -> tuple[float, np.ndarray, Any]:
    """The number at `x`, its gradient by `x`, and what else the function gave (tensors
    as float32 arrays)."""
    raise NotImplementedError


def weight_gradients(
    model: keras.Model, x: np.ndarray, y: np.ndarray
) -> list[np.ndarray]:
    """The gradient of a compiled model's loss by each of its trainable weights, as it
    is when nothing is dropped (training=False)."""
    raise NotImplementedError
