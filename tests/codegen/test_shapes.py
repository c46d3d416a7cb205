"""Shapes are drawn by the script: as many, as large and as noisy as it says."""

from __future__ import annotations

import numpy as np
import pytest

from bricks.project import Project
from bricks.recipes import recipe
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from codegen import live
from codegen.source import script

pytestmark = pytest.mark.keras


def drawn(**settings: object):
    placed = Placed("Shapes", settings, id=GROUND)
    return live.module(script(Project("own", Tower(placed)))).load_data()


def test_shapes_are_as_the_brick_says():
    data = drawn(count=101, image_size=(12, 20), seed=4)
    assert [x.shape for x, _ in data] == [
        (60, 12, 20, 3),
        (20, 12, 20, 3),
        (21, 12, 20, 3),
    ]
    assert all(x.dtype == np.float32 for x, _ in data)
    assert all(0 <= x.min() < x.max() <= 1 for x, _ in data)
    labels = np.concatenate([y for _, y in data])
    assert np.bincount(labels).tolist() == [34, 34, 33]


def test_the_same_seed_draws_the_same_shapes():
    first, again, other = drawn(count=30), drawn(count=30), drawn(count=30, seed=2)
    np.testing.assert_array_equal(first[0][0], again[0][0])
    assert not np.array_equal(first[0][0], other[0][0])


def test_noise_is_as_strong_as_it_is_set():
    plain, noisy = (drawn(count=60, noise=noise)[0][0] for noise in (0.0, 0.2))
    corners = plain[:, 0, :2]  # two points of paper beside each other
    np.testing.assert_array_equal(corners[:, 0], corners[:, 1])
    assert np.abs(np.diff(noisy[:, 0, :2], axis=1)).mean() > 0.1


def test_a_circle_a_square_and_a_triangle_fill_as_much_as_they_should():
    """The share of the square around a shape: 0.79, 0.5 to 1, and less."""
    (x, y), _, _ = drawn(count=600, image_size=64, noise=0.0)
    shares = [[], [], []]
    for picture, number in zip(x, y):
        inside = np.abs(picture - picture[0, 0]).sum(axis=2) > 0.05
        rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
        around = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
        shares[number].append(inside.sum() / around)
    circle, square, triangle = shares
    assert np.all(np.abs(np.array(circle) - np.pi / 4) < 0.06)
    assert np.min(square) > 0.45
    assert np.max(square) > 0.9
    assert np.mean(triangle) < 0.55


def test_a_small_tower_learns_shapes():
    known = recipe("shapes-cnn")
    made = live.module(script(Project("own", known.tower, Training(32, 6))))
    import keras

    keras.utils.set_random_seed(1)
    history = made.train(made.build_model(), made.load_data()).history
    assert max(history["val_accuracy"]) > 0.7  # a guess is right once in three
