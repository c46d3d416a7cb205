"""Kernels as pictures, and the pattern that a filter answers to most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import keras
import numpy as np


def kernels(layer: keras.Layer) -> np.ndarray:
    """A convolution's weights (filters, height, width, channels), float32.

    Raises `Unexplained` where the layer has none.
    """
    raise NotImplementedError


def kernel_pictures(layer: keras.Layer) -> np.ndarray:
    """Them as pictures, uint8: 0 is 128, each filter's largest weight 0 or 255.

    (filters, height, width, 1 or 3), where the layer sees so many channels, else
    (filters * channels, height, width, 1), a filter's channels after one another.
    """
    raise NotImplementedError


@dataclass(frozen=True)
class Patterns:
    """Patterns as far as they are, of the `filters` that were worked on last: pictures
    (n, height, width, channels) uint8, answers (n,), and the share of all work."""

    filters: list[int]
    pictures: np.ndarray
    answers: np.ndarray
    share: float
    finished: bool


def patterns(
    model: keras.Model,
    layer: keras.Layer,
    filters: Sequence[int],
    steps: int = 30,
    seed: int = 0,
) -> Iterator[Patterns]:
    """For each of the filters the picture that it answers to most, made step by step
    from noise; a batch of filters after the other.

    Gradient ascent in the input (D. Erhan et al., Visualizing Higher-Layer Features,
    2009) as in F. Chollet, Deep Learning with Python (2021), 9.4.2, with jitter and a
    blur against noise (C. Olah et al., Feature Visualization, Distill 2017).
    """
    raise NotImplementedError
