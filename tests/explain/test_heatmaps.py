"""Heatmaps against what a hand computes, and against towers that know nothing."""

from __future__ import annotations

import time

import numpy as np
import pytest

from explain.heatmaps.heat import Heat, enlarged, shown
from explain.heatmaps.methods import METHODS
from explain.unexplained import Unexplained
from tests.explain.models import branching, nested, pictures, sequential

pytestmark = pytest.mark.keras

NAMES = [method.name for method in METHODS]
WEIGHTS = np.array([[2.0, -1.0, 0.5], [-3.0, 1.0, 1.0]])
"""Of two channels for three classes."""


def slow():
    """A tower that takes 30 ms for each example, and the numbers of examples in its
    calls."""
    import keras

    sizes = []

    class Slow(keras.layers.Layer):
        def call(self, x):
            if x.shape[0]:
                sizes.append(x.shape[0])
                time.sleep(0.03 * x.shape[0])
            return x

    answer = keras.layers.Dense(3, activation="softmax")
    layers = [keras.Input((8, 8, 1)), Slow(), keras.layers.Flatten(), answer]
    return keras.Sequential(layers), sizes


@pytest.mark.parametrize("method", ["integrated_gradients", "occlusion"])
def test_what_takes_long_is_done_for_one_example_at_a_time(method):
    from explain.heatmaps.made import heats

    model, sizes = slow()
    steps = heats(method, model, pictures()[0], 1)
    for _ in range(4):
        next(steps)
    assert set(sizes) == {1}


def counted(last="softmax", units=3):
    """Two channels that are the picture's own, their means, and the classes' weights:
    the gradient by every place of channel c is WEIGHTS[c, class] / places."""
    import keras

    keep = keras.layers.Conv2D(2, 1, use_bias=False, name="keep")
    answer = keras.layers.Dense(units, activation=last, use_bias=False)
    model = keras.Sequential(
        [keras.Input((4, 5, 2)), keep, keras.layers.GlobalAveragePooling2D(), answer]
    )
    keep.set_weights([np.eye(2, dtype="float32")[None, None]])
    answer.set_weights([WEIGHTS[:, :units].astype("float32")])
    return model, keep


def last_of(method, model, x, target=None, layer=None):
    from explain.heatmaps.made import heats

    *_, heat = heats(method, model, x, target, layer)
    return heat


@pytest.mark.parametrize("target", [0, 1, 2])
def test_grad_cam_weighs_channels_by_their_mean_gradient(target):
    model, keep = counted()
    x = pictures(1, 4, 5, 2)[0]
    found = last_of("grad_cam", model, x, target, keep)
    by_hand = np.maximum(x @ WEIGHTS[:, target] / 20, 0)
    np.testing.assert_allclose(found.values, by_hand, atol=1e-6)
    assert found.score == pytest.approx(x.mean((0, 1)) @ WEIGHTS[:, target], abs=1e-5)


def test_grad_cam_takes_the_mean_where_the_gradient_differs_by_place():
    import keras

    keep = keras.layers.Conv2D(1, 1, use_bias=False)
    answer = keras.layers.Dense(2, activation="softmax", use_bias=False)
    layers = [keras.Input((2, 2, 1)), keep, keras.layers.Flatten(), answer]
    model = keras.Sequential(layers)
    keep.set_weights([np.ones((1, 1, 1, 1), "float32")])
    by_place = np.array([[1, 0], [2, 0], [-4, 0], [9, 0]], "float32")  # mean 2
    answer.set_weights([by_place])
    x = np.array([[[0.5], [1]], [[0], [0.25]]], "float32")
    heat = last_of("grad_cam", model, x, 0, keep)
    np.testing.assert_allclose(heat.values, 2 * x[..., 0], rtol=1e-5)


def test_grad_cam_pp_weighs_places_by_the_formula_of_its_paper():
    model, keep = counted()
    x = pictures(1, 4, 5, 2)[0]
    found = last_of("grad_cam_pp", model, x, 1, keep)
    slope = WEIGHTS[:, 1] / 20
    alpha = slope**2 / (2 * slope**2 + x.sum((0, 1)) * slope**3)
    by_hand = np.maximum(x @ (20 * alpha * np.maximum(slope, 0)), 0)
    np.testing.assert_allclose(found.values, by_hand, rtol=1e-4)


def test_integrated_gradients_of_a_linear_model_are_input_times_weight():
    model, _ = counted()
    x = pictures(1, 4, 5, 2)[0]
    found = last_of("integrated_gradients", model, x, 2)
    np.testing.assert_allclose(found.values, x @ WEIGHTS[:, 2] / 20, atol=1e-6)


def test_integrated_gradients_add_up_to_what_the_picture_changes():
    import keras

    model, x = sequential(), pictures()[0]
    found = last_of("integrated_gradients", model, x, 1)
    model.layers[-1].activation = keras.activations.linear
    raw = model.predict(np.stack([x, np.zeros_like(x)]), verbose=0)[:, 1]
    assert found.score == pytest.approx(raw[0], abs=1e-5)
    assert found.values.sum() == pytest.approx(raw[0] - raw[1], abs=0.01)


def test_occlusion_tells_the_drop_at_each_place():
    model, _ = counted()
    x = np.zeros((4, 5, 2), "float32")
    x[1, 2] = (2, 0)  # all that speaks for class 0 is here
    from explain.heatmaps.occlusion import occlusion

    *_, found = occlusion(model, x, 0, patch=1, stride=1)
    mean = x.mean((0, 1))
    by_hand = (x - mean) @ WEIGHTS[:, 0] / 20  # each place alone brought to the mean
    np.testing.assert_allclose(found.values, by_hand, atol=1e-6)
    assert np.unravel_index(found.values.argmax(), (4, 5)) == (1, 2)


@pytest.mark.parametrize("method", NAMES)
def test_no_answer_named_is_the_answer_that_the_model_tells(method):
    model, x = sequential(), pictures()[1]
    told = int(model.predict(x[None], verbose=0).argmax())
    named, own = last_of(method, model, x, told), last_of(method, model, x)
    np.testing.assert_allclose(own.values, named.values, atol=1e-6)
    assert own.score == pytest.approx(named.score)


@pytest.mark.parametrize("method", NAMES)
def test_being_sure_does_not_dim_the_map(method):
    """Behind a softmax that says 1.0 every gradient is 0."""
    model, _ = counted()
    x = pictures(1, 4, 5, 2)[0]
    before = last_of(method, model, x, 0).values
    model.layers[-1].set_weights([1_000 * WEIGHTS.astype("float32")])
    assert model.predict(x[None], verbose=0).max() == 1
    after = last_of(method, model, x, 0).values
    assert after.max() > 0
    if method == "grad_cam_pp":  # its weights are no linear ones
        return
    np.testing.assert_allclose(after, 1_000 * before, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("last", ["softmax", "sigmoid"])
def test_a_tower_of_convolutions_alone_is_explained_by_its_scores(last):
    """Its answers are a map of one place, which is laid flat at the end."""
    import keras

    low = keras.layers.Conv2D(4, 3)
    top = keras.layers.Conv2D(3 if last == "softmax" else 1, 6)
    ends = [keras.layers.Activation(last), keras.layers.Flatten()]
    apart = keras.Sequential([keras.Input((8, 8, 1)), low, top, *ends])
    joined = keras.layers.Conv2D(top.filters, 6, activation=last)
    ends = [joined, keras.layers.Flatten(), keras.layers.Dropout(0.5)]
    model = keras.Sequential([keras.Input((8, 8, 1)), low, *ends])
    joined.set_weights([np.asarray(top.kernel), np.full(top.filters, 0.25)])
    top.set_weights(joined.get_weights())
    x = pictures()[0]
    plain = keras.Sequential([keras.Input((8, 8, 1)), low, top])
    scores = np.asarray(plain(x[None])).ravel()
    by_hand = scores[1] if last == "softmax" else scores[0]
    for one in (model, apart):
        heat = last_of("grad_cam", one, x, 1, low)
        assert heat.score == pytest.approx(float(by_hand), rel=1e-4)


@pytest.mark.parametrize("last", ["sigmoid", "linear"])
def test_one_number_is_explained_as_yes_or_no_or_as_a_value(last):
    model, _ = counted(last, units=1)
    x = pictures(1, 4, 5, 2)[0]
    yes = last_of("integrated_gradients", model, x, 1).values
    no = last_of("integrated_gradients", model, x, 0).values
    np.testing.assert_allclose(yes, x @ WEIGHTS[:, 0] / 20, atol=1e-6)
    against = -yes if last == "sigmoid" else yes
    np.testing.assert_allclose(no, against, atol=1e-6)


def test_any_brick_of_any_branch_that_gives_maps_can_be_looked_at():
    from codegen.source import script
    from explain.opened import opened

    project = branching()
    found = opened(project, script(project))
    x = pictures()[0]
    for tap in found.taps:
        if len(tap.layer.output.shape) == 4:
            heat = last_of("grad_cam", found.model, x, 3, tap.layer)
            assert heat.values.shape == tap.layer.output.shape[1:3], tap.brick
            assert np.isfinite(heat.values).all()


def test_a_gradient_reaches_into_a_base_past_its_shortcuts():
    """The score moves by the gradient where a channel of a layer in it moves."""
    from explain.heatmaps.grad_cam import looked
    from explain.scores import Scored

    model, x = nested(), pictures()[0]
    layer = model.get_layer("base").get_layer("in_base")
    seen = looked(model, layer, x, 1)
    scored = Scored(model, layer)
    step = np.zeros((1, *seen.maps.shape), "float32")
    step[0, 3, 4, 2] = 1e-2
    scored.push.by = step
    up = scored.scores(x[None], 1)[0]
    scored.push.by = -step
    slope = (up - scored.scores(x[None], 1)[0]) / 2e-2
    assert abs(slope) > 1e-3
    assert seen.gradients[3, 4, 2] == pytest.approx(slope, rel=0.05)


@pytest.fixture(scope="module")
def trained():
    """The Digits CNN, untrained and trained, and test digits."""
    import keras

    from bricks.recipes import recipe
    from codegen import live
    from codegen.source import script

    module = live.module(script(recipe("digits-cnn")))
    keras.utils.set_random_seed(1)
    untrained, model = module.build_model(), module.build_model()
    (x, y), _, (x_test, y_test) = module.load_data()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=4, verbose=0)
    return untrained, model, x_test[:8], y_test[:8]


@pytest.mark.parametrize("method", NAMES)
def test_a_trained_model_looks_elsewhere_than_an_untrained_one(method, trained):
    """The sanity check of J. Adebayo et al., 2018: a heatmap that does not change when
    the weights are random shows edges of the picture, not what the model learned."""
    untrained, model, x, y = trained
    alike = []
    for picture, label in zip(x, y, strict=True):
        maps = [last_of(method, one, picture, int(label)) for one in (untrained, model)]
        one, other = (np.ravel(shown(heat)) for heat in maps)
        if one.std() > 0 and other.std() > 0:
            alike.append(abs(np.corrcoef(one, other)[0, 1]))
    assert len(alike) >= 4
    assert np.mean(alike) < 0.7


@pytest.mark.parametrize("method", NAMES)
def test_two_classes_have_two_maps(method, trained):
    _, model, x, _ = trained
    one, other = (last_of(method, model, x[0], target).values for target in (3, 8))
    assert not np.allclose(one, other)


@pytest.mark.parametrize("method", ["integrated_gradients", "occlusion"])
def test_a_method_of_many_steps_tells_how_far_it_is(method):
    from explain.heatmaps.made import heats

    shares = [heat.share for heat in heats(method, sequential(), pictures()[0], 1)]
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_tower_without_convolutions_is_told_what_there_is_instead():
    import keras

    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(2, name="dense")]
    )
    x = pictures()[0]
    with pytest.raises(Unexplained, match="Integrated gradients and occlusion work"):
        last_of("grad_cam", model, x)
    with pytest.raises(Unexplained, match="gives no map"):
        last_of("grad_cam", model, x, 0, model.layers[-1])
    assert last_of("integrated_gradients", model, x).values.shape == (8, 8)
    assert last_of("occlusion", model, x).values.shape == (8, 8)


@pytest.mark.parametrize("method", NAMES)
def test_what_has_no_heatmap_says_why(method):
    import keras

    layers = keras.layers
    numbers = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    with pytest.raises(Unexplained):
        last_of(method, numbers, pictures(1, 4)[0], 0, numbers.layers[0])
    conv = layers.Conv2D(1, 3, padding="same")
    again = keras.Sequential([keras.Input((8, 8, 1)), conv])
    with pytest.raises(Unexplained, match="answers with a picture"):
        last_of(method, again, pictures()[0])
    model, _ = counted()
    with pytest.raises(Unexplained, match=r"3 classes .* the number 3"):
        last_of(method, model, pictures(1, 4, 5, 2)[0], 3)


@pytest.mark.parametrize("method", NAMES)
def test_weights_that_are_no_numbers_are_told(method):
    model, _ = counted()
    model.layers[-1].set_weights([np.full((2, 3), np.nan, "float32")])
    with pytest.raises(Unexplained, match="no longer numbers"):
        last_of(method, model, pictures(1, 4, 5, 2)[0])


def test_a_heat_is_enlarged_as_keras_resizes():
    import keras

    values = pictures(1, 5, 4)[0]
    theirs = keras.ops.image.resize(values[..., None], (16, 16))[..., 0]
    np.testing.assert_allclose(enlarged(values, 16, 16), theirs, atol=1e-5)


def test_what_speaks_against_an_answer_is_not_painted():
    heat = Heat(np.array([[-5.0, 0.0], [1.0, np.nan]]), 1.0)
    assert shown(heat).tolist() == [[0, 0], [1, 0]]
