"""One number of a convolution, patch by kernel, against what Keras gives there."""

from __future__ import annotations

import numpy as np
import pytest

from explain.unexplained import Unexplained
from tests.explain.models import pictures

pytestmark = pytest.mark.keras

LAYERS = {
    "plain": ("Conv2D", {"filters": 3, "kernel_size": 3}),
    "no bias": ("Conv2D", {"filters": 3, "kernel_size": 3, "use_bias": False}),
    "relu": ("Conv2D", {"filters": 3, "kernel_size": 2, "activation": "relu"}),
    "softmax": ("Conv2D", {"filters": 3, "kernel_size": 2, "activation": "softmax"}),
    "same": ("Conv2D", {"filters": 3, "kernel_size": (3, 4), "padding": "same"}),
    "strides": ("Conv2D", {"filters": 3, "kernel_size": 3, "strides": (2, 3)}),
    "strides, same": (
        "Conv2D",
        {"filters": 3, "kernel_size": 3, "strides": 2, "padding": "same"},
    ),
    "wide strides, same": (
        "Conv2D",
        {"filters": 3, "kernel_size": 1, "strides": 3, "padding": "same"},
    ),
    "dilation": ("Conv2D", {"filters": 3, "kernel_size": 2, "dilation_rate": (2, 3)}),
    "dilation, same": (
        "Conv2D",
        {"filters": 3, "kernel_size": 3, "dilation_rate": 2, "padding": "same"},
    ),
    "groups": ("Conv2D", {"filters": 6, "kernel_size": 3, "groups": 2}),
    "depthwise": ("DepthwiseConv2D", {"kernel_size": 3, "padding": "same"}),
    "depthwise, several": (
        "DepthwiseConv2D",
        {"kernel_size": 3, "depth_multiplier": 2, "strides": 2},
    ),
}


def made(name, x):
    """A layer with biases that are not 0, and what it gives for one example."""
    import keras

    keras.utils.set_random_seed(1)
    kind, settings = LAYERS[name]
    layer = getattr(keras.layers, kind)(bias_initializer="normal", **settings)
    return layer, np.asarray(layer(x[None]))[0]


@pytest.mark.parametrize("name", LAYERS)
def test_every_number_is_the_sum_of_its_products(name):
    from explain.convolution import summed

    x = pictures(1, 9, 8, 4)[0]
    layer, gives = made(name, x)
    for place in np.ndindex(gives.shape):
        found = summed(layer, x, *place)
        assert found.value == pytest.approx(gives[place], abs=1e-5)
        assert found.total == pytest.approx(found.products.sum(), abs=1e-5)
        np.testing.assert_allclose(found.products, found.patch * found.kernel)


@pytest.mark.parametrize("name", ["same", "dilation, same", "groups", "depthwise"])
def test_the_patch_is_what_lies_at_the_rows_and_columns_it_tells(name):
    from explain.convolution import summed

    x = pictures(1, 9, 8, 4)[0]
    layer, gives = made(name, x)
    first_, end = gives.shape[0] - 1, gives.shape[2] - 1
    for place in [(0, 0, 0), (first_, 0, end), (4, 4, end)]:
        found = summed(layer, x, *place)
        for a, row in enumerate(found.rows):
            for b, column in enumerate(found.columns):
                there = 0 <= row < 9 and 0 <= column < 8
                assert found.inside[a, b] == there
                seen = x[row, column, slice(*found.channels)] if there else 0
                np.testing.assert_array_equal(found.patch[a, b], np.float32(seen))


def test_the_edge_of_the_lecture_is_found_by_hand_and_by_keras():
    import keras

    from explain.convolution import EDGES, by_hand, summed

    picture = np.zeros((5, 6), "float32")
    picture[:, 3:] = 1  # dark on the left, bright on the right
    kernel = np.array(EDGES["vertical"], "float32")
    expected = [[0, 3, 3, 0]] * 3
    assert by_hand(picture, kernel).tolist() == expected
    layer = keras.layers.Conv2D(1, 3)
    layer.build((None, 5, 6, 1))
    layer.set_weights([kernel[:, :, None, None], np.zeros(1)])
    assert np.asarray(layer(picture[None, :, :, None]))[0, :, :, 0].tolist() == expected
    found = summed(layer, picture[:, :, None], 1, 2, 0)
    assert found.products[:, :, 0].tolist() == [[0, 0, 1]] * 3
    assert (found.total, found.bias, found.value) == (3, 0, 3)
    flat = by_hand(picture, np.array(EDGES["horizontal"]))
    assert not flat.any()


def test_a_place_outside_of_the_map_is_told():
    from explain.convolution import summed

    x = pictures(1, 9, 8, 4)[0]
    layer, _ = made("plain", x)
    with pytest.raises(Unexplained, match=r"7×6 with 3 channels.*in row 7, column 0"):
        summed(layer, x, 7, 0, 0)


@pytest.mark.parametrize("kind", ["Dense", "Conv2DTranspose", "MaxPooling2D"])
def test_other_layers_have_no_such_sum(kind):
    import keras

    from explain.convolution import summed

    given = {"Dense": (3,), "Conv2DTranspose": (3, 3), "MaxPooling2D": ()}[kind]
    x = pictures(1, 9, 8, 4)[0]
    layer = getattr(keras.layers, kind)(*given)
    layer(x[None])
    with pytest.raises(Unexplained, match="no kernels"):
        summed(layer, x, 0, 0, 0)
