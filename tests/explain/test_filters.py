"""Kernels as pictures, and patterns that filters answer to."""

from __future__ import annotations

import numpy as np
import pytest

from explain.unexplained import Unexplained
from tests.explain.models import nested, sequential

pytestmark = pytest.mark.keras


def test_a_kernel_is_painted_around_grey():
    import keras

    from explain.filters import kernel_pictures

    layer = keras.layers.Conv2D(3, 2)
    layer.build((None, 8, 8, 1))
    weights = np.zeros((2, 2, 1, 3), "float32")
    weights[0, 1, 0, 1], weights[1, 0, 0, 1], weights[:, :, 0, 2] = 0.5, -0.25, np.nan
    layer.set_weights([weights, np.zeros(3)])
    dead, found, broken = kernel_pictures(layer)[..., 0]
    assert (dead == 128).all()
    assert (broken == 128).all()
    assert found.tolist() == [[128, 255], [64, 128]]


KERNELS = {
    "colours": ("Conv2D", (4, 3), 3, (4, 3, 3, 3), (4, 3, 3, 3)),
    "many channels": ("Conv2D", (4, 3), 5, (4, 3, 3, 5), (20, 3, 3, 1)),
    "depthwise": ("DepthwiseConv2D", (3,), 5, (5, 3, 3, 1), (5, 3, 3, 1)),
    "separable": ("SeparableConv2D", (4, 3), 5, (5, 3, 3, 1), (5, 3, 3, 1)),
    "transposed": ("Conv2DTranspose", (4, 3), 5, (4, 3, 3, 5), (20, 3, 3, 1)),
}


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_come_filter_by_filter(name):
    import keras

    from explain.filters import kernel_pictures, kernels

    kind, given, channels, shape, pictured = KERNELS[name]
    layer = getattr(keras.layers, kind)(*given)
    layer.build((None, 8, 8, channels))
    assert kernels(layer).shape == shape
    assert kernel_pictures(layer).shape == pictured


def test_a_kernel_is_that_of_its_filter():
    from explain.filters import kernels

    layer = sequential().get_layer("high")
    weights = layer.get_weights()[0]
    np.testing.assert_array_equal(kernels(layer)[2, 0, 1], weights[0, 1, :, 2])


def test_a_layer_without_kernels_says_so():
    from explain.filters import kernels

    for name in ("flat", "answer", "pool"):
        with pytest.raises(Unexplained, match="has no kernels"):
            kernels(sequential().get_layer(name))


def test_patterns_make_their_filters_answer_more_and_more():
    from explain.filters import patterns

    model = sequential()
    parts = list(patterns(model, model.get_layer("high"), range(5), steps=12))
    assert len(parts) == 12
    first, last = parts[0], parts[-1]
    assert last.pictures.shape == (5, 8, 8, 1)
    assert (last.answers > first.answers + 0.1).all()
    assert [part.finished for part in parts] == [False] * 11 + [True]
    assert [part.share for part in parts] == pytest.approx(np.arange(1, 13) / 12)


def test_a_pattern_is_the_one_of_its_own_filter():
    """An edge filter gets an edge: rows that fall to the right, columns that fall."""
    import keras

    from explain.convolution import EDGES
    from explain.filters import patterns

    layer = keras.layers.Conv2D(2, 3, activation="relu")
    model = keras.Sequential([keras.Input((3, 3, 1)), layer])
    edges = [EDGES["vertical"], EDGES["horizontal"]]
    kernels = np.moveaxis(np.array(edges, "float32"), 0, 2)[:, :, None]
    layer.set_weights([kernels, np.full(2, -100)])  # a relu that gives 0 for noise
    *_, found = patterns(model, layer, [1, 0], steps=8, seed=3)
    down, across = found.pictures[..., 0].astype(float)
    assert np.corrcoef(down.ravel(), np.ravel(EDGES["horizontal"]))[0, 1] > 0.9
    assert np.corrcoef(across.ravel(), np.ravel(EDGES["vertical"]))[0, 1] > 0.9
    assert layer.activation is keras.activations.relu


def test_many_filters_are_made_batch_by_batch():
    import keras

    from explain.filters import patterns

    layer = keras.layers.Conv2D(40, 3)
    model = keras.Sequential([keras.Input((8, 8, 1)), layer])
    parts = list(patterns(model, layer, range(40), steps=2))
    done = [part.filters for part in parts if part.finished]
    assert [len(some) for some in done] == [16, 16, 8]
    assert [one for some in done for one in some] == list(range(40))


def test_large_pictures_get_patterns_of_a_smaller_side():
    import keras

    from explain.filters import SIDE, patterns

    layers = keras.layers
    conv = layers.Conv2D(2, 3, strides=4)
    model = keras.Sequential(
        [keras.Input((224, 224, 3)), conv, layers.Flatten(), layers.Dense(2)]
    )
    part = next(patterns(model, conv, [0, 1]))
    assert part.pictures.shape == (2, SIDE, SIDE, 3)


def test_a_base_has_patterns_too():
    from explain.filters import patterns

    model = nested()
    layer = model.get_layer("base").get_layer("in_base")
    *_, found = patterns(model, layer, [0, 3], steps=3)
    assert found.pictures.shape == (2, 8, 8, 1)


def test_a_layer_without_maps_has_no_patterns():
    from explain.filters import patterns

    model = sequential()
    with pytest.raises(Unexplained, match="gives no map"):
        next(patterns(model, model.get_layer("flat"), [0]))
