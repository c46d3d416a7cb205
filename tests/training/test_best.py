"""The best model on a base is one that there was, and to keep it changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.keras


def test_a_best_head_stands_on_the_base_that_it_learned_on(tmp_path):
    import keras

    from training.worker.best import Best
    from training.worker.changing import Changing
    from training.worker.journal import Journal

    inputs = keras.Input((4,))
    base = keras.Model(inputs, keras.layers.Dense(3)(inputs))
    whole = keras.Sequential([keras.Input((4,)), base, keras.layers.Dense(1)])
    head = keras.Sequential([keras.Input((3,)), whole.layers[1]])
    x, y = np.ones((8, 4), "float32"), np.zeros((8, 1), "float32")
    seen = [np.array(weights) for weights in base.get_weights()]
    path = tmp_path / "model.keras"
    best = Best(path, Journal(), "loss", Changing(whole), tmp_path / "checkpoint")
    best.written = float("inf")  # so that only steps write the whole model
    base.trainable = False
    head.compile("sgd", "mse")
    head.fit(base.predict(x, verbose=0), y, callbacks=[best], verbose=0)
    learned = [np.array(weights) for weights in head.get_weights()]

    base.trainable = True
    whole.compile(keras.optimizers.SGD(10.0), "mse")
    whole.fit(x, y + 1000.0, callbacks=[best], verbose=0)
    best.settle()

    kept = keras.models.load_model(path)
    for a, b in zip([*seen, *learned], kept.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(base.get_weights()[0], seen[0])


def test_when_the_best_model_is_written_is_nothing_to_the_training(tmp_path):
    import keras

    from training.worker.best import Best
    from training.worker.changing import Changing
    from training.worker.journal import Journal

    inputs = keras.Input((4,))
    base = keras.Model(inputs, keras.layers.Dense(3)(inputs))
    chance = keras.layers.Dropout(0.5, seed=1)
    whole = keras.Sequential([keras.Input((4,)), base, chance, keras.layers.Dense(1)])
    x, y = np.ones((8, 4), "float32"), np.zeros((8, 1), "float32")
    best = Best(tmp_path / "m.keras", Journal(), "loss", Changing(whole), tmp_path)
    best.written = float("inf")  # so that it is written below
    whole.compile("sgd", "mse")
    whole.fit(x, y, callbacks=[best], verbose=0)
    whole.fit(x, y, verbose=0)
    before = [np.asarray(variable).copy() for variable in whole.variables]
    best.settle()
    assert (tmp_path / "m.keras").exists()
    for variable, was in zip(whole.variables, before, strict=True):
        np.testing.assert_array_equal(variable, was)
    kept = keras.models.load_model(tmp_path / "m.keras")
    assert not np.array_equal(kept.get_weights()[-2], whole.get_weights()[-2])
