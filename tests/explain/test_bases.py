"""Layers inside of pretrained bases give what Keras' own models of them give."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.keras

SIDE = 48
MODES = {"VGG16": "vgg16", "DenseNet121": "densenet", "MobileNet": "mobilenet"}
MODES |= {"MobileNetV3Small": "mobilenet_v3"}
"""Bases by how they want their points: caffe's way, torch's, TensorFlow's, as they are.
"""


def network(kind: str, **more):
    """A base of random weights."""
    import keras

    keras.utils.set_random_seed(1)
    settings = {"weights": None, "include_top": False, **more}
    if kind == "MobileNet":
        settings = {"alpha": 0.25, **settings}
    return getattr(keras.applications, kind)(input_shape=(SIDE, SIDE, 3), **settings)


def wrapped(kind: str, base):
    """The base as a script prints it."""
    import keras

    module = getattr(keras.applications, MODES[kind])
    inputs = keras.Input((SIDE, SIDE, 3))
    x = module.preprocess_input(inputs * 255.0)
    return keras.Model(inputs, base(x, training=False), name=kind.lower())


def standing(kind: str, **more):
    """Three classes on it."""
    import keras

    base = network(kind, **more)
    head = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3, "softmax")]
    model = [keras.Input((SIDE, SIDE, 3)), wrapped(kind, base), *head]
    return keras.Sequential(model), base


def pictures(count: int = 2) -> np.ndarray:
    shape = (count, SIDE, SIDE, 3)
    return np.random.default_rng(0).random(shape, "float32")


@pytest.mark.parametrize("kind", MODES)
def test_every_layer_of_a_base_gives_what_its_own_model_gives(kind):
    """Behind the preparation of its points, whichever it is, all in one pass."""
    import keras

    from explain.bases import base_in, layers_in
    from explain.probe import outputs

    model, base = standing(kind)
    assert base_in(model.layers[0]) is base
    layers = layers_in(model.layers[0])
    assert layers == base.layers
    x = pictures()
    found = outputs(model, [*layers, model.layers[-1]], x)
    module = getattr(keras.applications, MODES[kind])
    prepared = np.asarray(module.preprocess_input(x * 255.0))
    own = keras.Model(base.inputs, [layer.output for layer in base.layers])
    for name, ours, theirs in zip(
        [layer.name for layer in layers], found, own([prepared], training=False)
    ):
        np.testing.assert_allclose(
            ours, np.asarray(theirs), rtol=1e-3, atol=1e-3, err_msg=name
        )
    np.testing.assert_allclose(found[-1], model(x, training=False), atol=1e-5)


def test_all_layers_are_seen_in_one_forward_pass():
    """No layer is called more often than once for everything that is asked for."""
    from explain.bases import layers_in
    from explain.probe import forward, probe

    model, base = standing("MobileNet")
    made = probe(model, [*layers_in(model.layers[0]), *model.layers])
    calls: list[str] = []
    first = base.get_layer("conv1")
    call = first.call
    first.call = lambda *given, **named: calls.append("") or call(*given, **named)
    forward(made, pictures(1))
    assert len(calls) == 1


def test_a_base_ends_where_it_pools_its_last_maps():
    from explain.bases import last_map

    found = {kind: last_map(wrapped(kind, network(kind))) for kind in ("VGG16",)}
    assert found["VGG16"].name == "block5_conv3"
    topped = wrapped("MobileNet", network("MobileNet", include_top=True))
    assert last_map(topped).name == "conv_pw_11_relu"  # above it a map is one point
    assert last_map(topped.layers[0]) is None


@pytest.mark.parametrize("kind", MODES)
def test_an_overview_goes_from_the_first_layers_to_the_last_map(kind):
    from explain.bases import MOST_ENDS, ends, is_map, last_map

    base = network(kind)
    found = ends(wrapped(kind, base))
    assert 4 <= len(found) <= MOST_ENDS
    assert found[-1] is last_map(base)
    assert all(is_map(layer) for layer in found)
    place = [base.layers.index(layer) for layer in found]
    assert place == sorted(set(place))
    sizes = {layer.output.shape[1] for layer in found}
    assert len(sizes) >= 3  # each size of its maps that there are several layers of


def test_grad_cam_of_a_class_of_a_base_with_its_top_reaches_its_last_map():
    """The gradient is that of the score by the last map, as TensorFlow has it."""
    import keras
    import tensorflow as tf

    from explain.heatmaps.grad_cam import looked
    from explain.heatmaps.made import last_convolution

    base = network("MobileNet", include_top=True, classes=7)
    inside = wrapped("MobileNet", base)
    model = keras.Sequential([keras.Input((SIDE, SIDE, 3)), inside])
    layer = last_convolution(model)
    assert layer.name == "conv_pw_11_relu"
    seen = looked(model, layer, pictures(1)[0], 4)
    scores = base.get_layer("predictions").input
    own = keras.Model(base.inputs, [layer.output, scores])
    prepared = keras.applications.mobilenet.preprocess_input(pictures(1) * 255.0)
    upper = keras.Model(layer.output, scores)
    with tf.GradientTape() as tape:
        maps = tf.convert_to_tensor(own([prepared], training=False)[0])
        tape.watch(maps)
        score = upper(maps, training=False)[0, 4]
    want = tape.gradient(score, maps).numpy()[0]
    np.testing.assert_allclose(seen.maps, maps.numpy()[0], rtol=1e-3, atol=1e-5)
    np.testing.assert_allclose(
        seen.gradients, want, rtol=1e-2, atol=1e-3 * abs(want).max()
    )


def test_a_script_is_opened_without_imagenets_weights():
    """What a run learned is loaded; the files that it began with may be gone."""
    from explain.opened import unweighted

    source = (
        "def vgg16():\n"
        '    find_weights("vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5")\n'
        '    base = keras.applications.VGG16(pooling="avg", weights="imagenet")\n'
    )
    said = unweighted(source)
    assert "find_weights" not in said
    assert 'weights="imagenet"' not in said
    assert "weights=None" in said
