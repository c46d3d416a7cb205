"""A checkpoint holds all that training goes on from, and is whole or not there."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


@pytest.fixture(scope="module")
def towers():
    """A trained model and the way to one that is not."""
    import keras

    def make():
        model = keras.Sequential(
            [
                keras.Input((4,)),
                keras.layers.Dense(8, activation="relu"),
                keras.layers.BatchNormalization(),
                keras.layers.Dropout(0.5),
                keras.layers.Dense(2, activation="softmax"),
            ]
        )
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    x = np.random.default_rng(0).random((64, 4), "float32")
    trained = make()
    trained.fit(x, (x[:, 0] > 0.5).astype(int), epochs=2, verbose=0)
    return trained, make


def journal(epochs: int):
    """A journal of so many epochs."""
    from training.worker.journal import Journal

    return Journal([{"epoch": n + 1, "seconds": 1.0} for n in range(epochs)], 0.5)


def test_weights_and_optimizer_come_back(towers, tmp_path):
    from training.worker import checkpoint

    trained, make = towers
    checkpoint.save(tmp_path, trained, journal(2))
    state, kept = checkpoint.load(tmp_path)
    assert kept == journal(2)
    fresh = make()
    checkpoint.restore(fresh, state)
    for before, after in zip(trained.variables, fresh.variables, strict=True):
        np.testing.assert_array_equal(before, after)
    pairs = zip(trained.optimizer.variables, fresh.optimizer.variables, strict=True)
    for before, after in pairs:
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("damage", ["cut", "empty", "changed"])
def test_a_damaged_checkpoint_gives_way_to_the_one_before(towers, tmp_path, damage):
    from training.worker import checkpoint

    for epochs in (1, 2):
        checkpoint.save(tmp_path, towers[0], journal(epochs))
    path, middle = tmp_path / "2", (tmp_path / "2").stat().st_size // 2
    whole = path.read_bytes()
    damaged = {
        "cut": whole[:middle],
        "empty": b"",
        "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
    }
    path.write_bytes(damaged[damage])
    assert checkpoint.load(tmp_path)[1] == journal(1)


def test_two_are_kept_and_nothing_half_written(towers, tmp_path):
    from training.worker import checkpoint

    for epochs in range(1, 5):
        checkpoint.save(tmp_path, towers[0], journal(epochs))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4"]


def test_what_was_left_half_written_is_not_taken(tmp_path):
    from training.worker import checkpoint

    (tmp_path / ".3.99.new").touch()
    assert checkpoint.load(tmp_path) is None
