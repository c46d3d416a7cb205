"""Which units fire, and which are dead."""

from __future__ import annotations

import numpy as np
import pytest

from explain.firing import firing, rectifies


def test_dead_channels_are_those_that_no_place_of_no_example_wakes():
    maps = np.zeros((4, 3, 3, 3))
    maps[2, 1, 1, 1] = 0.1  # one place of one example is enough
    maps[..., 2] = 1
    found = firing(maps)
    assert found.dead.tolist() == [True, False, False]
    assert found.rate.tolist() == [0, 1 / 36, 1]
    assert found.most.tolist() == [0, np.float32(0.1), 1]


def test_a_relu_pushed_below_zero_is_counted_dead():
    weights = np.random.default_rng(0).normal(0, 1, (5, 6))
    bias = np.array([0, 0, -100, 0, -100, 0])
    x = np.random.default_rng(1).random((50, 5))
    assert firing(np.maximum(x @ weights + bias, 0)).dead.sum() == 2


@pytest.mark.keras
def test_a_layer_that_ends_in_a_relu_is_told_from_others():
    import keras

    layers = keras.layers
    ends = [layers.Dense(1, activation="relu"), layers.Activation("relu")]
    ends += [layers.ReLU(), layers.ReLU(6), layers.Dense(1, activation="relu6")]
    others = [layers.Dense(1), layers.Conv2D(1, 1, activation="elu"), layers.Flatten()]
    others += [layers.ReLU(negative_slope=0.1), layers.LeakyReLU()]
    assert [rectifies(layer) for layer in ends] == [True] * len(ends)
    assert [rectifies(layer) for layer in others] == [False] * len(others)
