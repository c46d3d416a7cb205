"""Histograms of bricks, kept small, and what they show of vanishing gradients."""

from __future__ import annotations

import numpy as np
import pytest

from explain.histograms import BINS, KINDS, MOST_NUMBERS, bars, empty, read


def rows(value):
    """Bars of two bricks."""
    return [[bars(np.full(4, value)) for _ in KINDS] for _ in range(2)]


def test_bars_count_every_number_once():
    values = np.random.default_rng(0).normal(0, 1, 1_000)
    found = bars(values)
    theirs, edges = np.histogram(values, BINS)
    np.testing.assert_array_equal(found.counts, theirs)
    assert (found.low, found.high) == (edges[0], edges[-1])
    assert found.mean == pytest.approx(np.abs(values).mean())


@pytest.mark.parametrize("value", [0.0, 1e30, -1e-20, 7.0])
def test_numbers_that_are_all_the_same_have_bars(value):
    found = bars(np.full(5, value))
    assert found.counts.sum() == 5
    assert (found.low, found.high) == (value, value)


def test_what_is_no_number_has_no_bars():
    for none in (bars(), bars(np.full(3, np.nan))):
        assert none.counts.sum() == 0
        assert np.isnan(none.mean)
    assert bars(np.array([np.inf, 2.0])).counts.sum() == 1


def test_a_large_array_is_told_by_a_sample_of_it():
    values = np.random.default_rng(1).normal(0, 1, (1_000, 1_000))
    values[:, ::4] = 0
    found = bars(values)
    assert found.counts.sum() == MOST_NUMBERS
    assert found.zeros == pytest.approx(0.25, abs=0.005)
    assert found.mean == pytest.approx(np.abs(values).mean(), rel=0.01)


def test_what_is_kept_is_read_again(tmp_path):
    kept = empty([("a", 0), ("a", 1)]).added(0, rows(1.0)).added(1, rows(-2.0))
    (tmp_path / "histograms.npz").write_bytes(kept.to_bytes())
    found = read(tmp_path / "histograms.npz")
    assert found.bricks == kept.bricks
    assert found.epochs.tolist() == [0, 1]
    assert found.bars(1, 0, "activations").mean == 2
    np.testing.assert_array_equal(found.counts, kept.counts)


def test_a_thousand_epochs_are_kept_as_about_twenty():
    kept, most = empty([("a", 0), ("b", 0)]), 0
    for epoch in range(1_001):
        kept = kept.added(epoch, rows(1.0))
        most = max(most, len(kept.epochs))
    assert most <= 21
    assert len(kept.to_bytes()) < 20_000
    assert (kept.epochs[0], kept.epochs[-1]) == (0, 1_000)


def test_epochs_of_a_training_that_was_broken_off_give_way():
    kept = empty([("a", 0), ("b", 0)])
    for epoch in (0, 1, 2, 3):
        kept = kept.added(epoch, rows(1.0))
    assert kept.added(2, rows(5.0)).epochs.tolist() == [0, 1, 2]


@pytest.mark.parametrize("damage", ["none", "empty", "cut", "other"])
def test_a_damaged_file_holds_nothing(damage, tmp_path):
    path = tmp_path / "histograms.npz"
    whole = empty([("a", 0)]).to_bytes()
    if damage == "other":
        np.savez(path, other=np.zeros(3))
    elif damage != "none":
        path.write_bytes({"empty": b"", "cut": whole[:-30]}[damage])
    assert read(path) is None


def deep(activation):
    """Ten Dense bricks of this activation, with Digits' shapes."""
    import keras

    from explain.taps import Tap

    keras.utils.set_random_seed(7)
    layers = [keras.layers.Flatten()]
    layers += [keras.layers.Dense(32, activation=activation) for _ in range(10)]
    layers += [keras.layers.Dense(10, activation="softmax")]
    model = keras.Sequential([keras.Input((8, 8, 1)), *layers])
    model.compile("sgd", "sparse_categorical_crossentropy")
    return model, [Tap(f"b{n}", 0, layer) for n, layer in enumerate(layers)]


@pytest.mark.keras
def test_gradients_vanish_in_a_deep_sigmoid_tower_and_not_in_one_of_relu():
    from explain.snapshot import Snapshots

    chance = np.random.default_rng(0)
    x, y = chance.random((32, 8, 8, 1), "float32"), chance.integers(0, 10, 32)
    fall = {}
    for activation in ("sigmoid", "relu"):
        model, taps = deep(activation)
        taken = Snapshots(model, taps, x, y).take()
        gradients = [row[KINDS.index("gradients")].mean for row in taken[1:]]
        fall[activation] = gradients[0] / gradients[-1]  # the lowest by the highest
    assert fall["sigmoid"] < 1e-4
    assert fall["relu"] > 1e-2


@pytest.mark.keras
def test_a_brick_without_weights_has_activations_only():
    from explain.snapshot import Snapshots

    model, taps = deep("relu")
    x, y = np.ones((4, 8, 8, 1), "float32"), np.zeros(4, int)
    weights, activations, gradients = Snapshots(model, taps, x, y).take()[0]
    assert (weights.counts.sum(), gradients.counts.sum()) == (0, 0)
    assert activations.counts.sum() == 4 * 64


@pytest.mark.keras
@pytest.mark.parametrize("loss", ["binary_crossentropy", "mse", "mae"])
def test_gradients_are_those_of_the_models_own_loss(loss):
    """By Keras: one step of plain gradient descent takes the gradient off."""
    import keras

    from explain.snapshot import Snapshots
    from explain.taps import Tap

    dense = keras.layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.Input((3,)), dense])
    model.compile(keras.optimizers.SGD(1.0), loss)
    chance = np.random.default_rng(0)
    x, y = chance.random((8, 3), "float32"), chance.integers(0, 2, 8)
    ((_, _, found),) = Snapshots(model, [Tap("d", 0, dense)], x, y).take()
    before = dense.get_weights()[0]
    model.train_on_batch(x, y)
    theirs = np.abs(before - dense.get_weights()[0]).mean()
    assert found.mean == pytest.approx(theirs, rel=1e-4)
