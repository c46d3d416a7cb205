"""What every layer gives, against Keras, layer by layer."""

from __future__ import annotations

import numpy as np
import pytest

from tests.explain.models import branching, nested, pictures, sequential

pytestmark = pytest.mark.keras


def by_hand(layers, x):
    """One layer called after the other, as at a prediction."""
    found = []
    for layer in layers:
        x = layer(x, training=False)
        found.append(np.asarray(x))
    return found


def test_every_layer_of_a_sequential_gives_what_it_gives_by_itself():
    from explain.probe import outputs

    model, x = sequential(), pictures()
    found = outputs(model, model.layers, x)
    for ours, theirs in zip(found, by_hand(model.layers, x), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)
    np.testing.assert_allclose(found[-1], model.predict(x, verbose=0), atol=1e-6)


def test_branches_and_blocks_give_what_they_add_up_to():
    from codegen.source import script
    from explain.opened import opened
    from explain.probe import outputs

    project, x = branching(), pictures()
    open_ = opened(project, script(project))
    found = outputs(open_.model, [tap.layer for tap in open_.taps], x)
    by_tap = dict(zip([(t.brick, t.time) for t in open_.taps], found, strict=True))
    first, body = by_tap["first", 0], by_tap["body", 0]
    np.testing.assert_allclose(by_tap["residual", 0], first + body, atol=1e-6)
    both = [by_tap["left", 0], by_tap["right", 0]]
    np.testing.assert_allclose(by_tap["parallel", 0], np.concatenate(both, 3))
    for time in (0, 1):
        relu = np.maximum(by_tap["inside", time], 0)
        np.testing.assert_allclose(by_tap["relu", time], relu)
    assert not np.allclose(by_tap["inside", 0], by_tap["inside", 1])
    np.testing.assert_allclose(
        by_tap["answer", 0], open_.model.predict(x, verbose=0), atol=1e-6
    )


def test_layers_in_models_in_models_are_reached():
    from explain.probe import outputs

    model, x = nested(), pictures()
    base = model.get_layer("base")
    core = next(layer for layer in base.layers if "sequential" in layer.name)
    layers = [base.get_layer("in_base"), core.get_layer("deepest"), core]
    low, deep, whole = outputs(model, layers, x)
    np.testing.assert_allclose(low, base.get_layer("in_base")(x * 0.5), atol=1e-6)
    np.testing.assert_allclose(deep, core(low), atol=1e-6)
    np.testing.assert_array_equal(deep, whole)


def test_all_layers_come_out_of_one_pass():
    import keras

    from explain.probe import forward, probe

    calls = []

    class Counting(keras.layers.Layer):
        def call(self, x):
            calls.append(x)
            return x + 1

    layers = [Counting() for _ in range(4)]
    model = keras.Sequential([keras.Input((2,)), *layers])
    made = probe(model, layers)
    calls.clear()
    found = forward(made, np.zeros((1, 2), "float32"))
    assert [each[0, 0] for each in found] == [1, 2, 3, 4]
    assert len(calls) == len(layers)


def test_only_what_is_needed_is_computed():
    from explain.probe import probe

    model = nested()
    made = probe(model, [model.get_layer("base").get_layer("in_base")])
    names = {layer.name for layer in made.layers}
    assert {"scaled", "in_base"} <= names
    assert not names & {"base", "sum", "deepest", "answer"}


def test_a_probe_leaves_the_model_as_it_was():
    from explain.probe import outputs

    model, x = sequential(), pictures()
    model.compile("sgd", "sparse_categorical_crossentropy")
    before, config = model.predict(x, verbose=0), model.get_config()
    outputs(model, model.layers, x)
    assert model.get_config() == config
    np.testing.assert_array_equal(model.predict(x, verbose=0), before)
    assert np.isfinite(model.evaluate(x, np.array([0, 1, 2]), verbose=0))


def test_half_precision_comes_out_as_plain_numbers():
    import keras

    from explain.probe import outputs

    dense = keras.layers.Dense(3, dtype="mixed_bfloat16")
    model = keras.Sequential([keras.Input((4,)), dense])
    (found,) = outputs(model, [dense], pictures(2, 4))
    assert found.dtype == np.float32


def test_a_layer_from_elsewhere_is_not_reached():
    import keras

    from explain.probe import Unreached, probe

    with pytest.raises(Unreached, match="Received: layer 'other'"):
        probe(sequential(), [keras.layers.Dense(1, name="other")])
