"""Gradients against numerical differences."""

from __future__ import annotations

import numpy as np
import pytest

from tests.explain.models import pictures, sequential

pytestmark = pytest.mark.keras
STEP = 1e-3


@pytest.fixture(scope="module")
def model():
    """Without relu, so that differences are smooth."""
    import keras

    keras.utils.set_random_seed(2)
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((5, 5, 2)),
            layers.Conv2D(3, 3, activation="tanh"),
            layers.Flatten(),
            layers.Dense(2, activation="sigmoid"),
        ]
    )


def number(outputs):
    """A number of the answers, and the answers."""
    import keras

    return keras.ops.sum(outputs[:, 0] ** 2 + outputs[:, 1]), outputs


def test_a_gradient_by_a_picture_is_that_of_small_steps(model):
    from explain.gradients import gradient

    x = pictures(2, 5, 5, 2)
    value, found, answers = gradient(lambda x: number(model(x)), x)
    np.testing.assert_allclose(answers, model.predict(x, verbose=0), atol=1e-6)
    assert value == pytest.approx(float(number(answers)[0]), rel=1e-5)
    for place in [(0, 2, 2, 1), (1, 0, 4, 0), (1, 1, 3, 1)]:
        up, down = x.copy(), x.copy()
        up[place] += STEP
        down[place] -= STEP
        slope = (float(number(model(up))[0]) - float(number(model(down))[0])) / 2 / STEP
        assert found[place] == pytest.approx(slope, rel=0.02, abs=1e-4)


def test_gradients_by_weights_are_those_of_small_steps(model):
    from explain.gradients import weight_gradients

    x = pictures(2, 5, 5, 2)
    _, found, _ = weight_gradients(model, number, x)
    for weight, slope in zip(model.trainable_variables, found, strict=True):
        before, place = weight.numpy().copy(), (0,) * len(weight.shape)
        values = []
        for by in (STEP, -STEP):
            moved = before.copy()
            moved[place] += by
            weight.assign(moved)
            values.append(float(number(model(x))[0]))
        weight.assign(before)
        by_hand = (values[0] - values[1]) / 2 / STEP
        assert slope.shape == before.shape
        assert slope[place] == pytest.approx(by_hand, rel=0.02, abs=2e-4)


def test_what_the_number_does_not_depend_on_has_a_gradient_of_zero():
    import keras

    from explain.gradients import gradient

    x = np.ones(3, "float32")
    _, found, _ = gradient(lambda x: (keras.ops.sum(x[:2] ** 2), []), x)
    assert found.tolist() == [2, 2, 0]


def test_looking_at_gradients_moves_no_state():
    from explain.gradients import weight_gradients

    model = sequential()  # with a normalization and a dropout
    before = [weight.numpy().copy() for weight in model.variables]
    weight_gradients(model, number, pictures())
    for weight, was in zip(model.variables, before, strict=True):
        np.testing.assert_array_equal(weight, was)
