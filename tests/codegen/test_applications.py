"""The great networks are those of Keras Applications, weight for weight."""

from __future__ import annotations

import gc

import keras
import numpy as np
import pytest

from bricks.recipes import recipe
from bricks.walk import every, walk
from codegen import live

pytestmark = [pytest.mark.keras, pytest.mark.slow]

SAME = {
    "vgg16": keras.applications.VGG16,
    "vgg16-blocks": keras.applications.VGG16,
    "vgg19": keras.applications.VGG19,
    "resnet-50": keras.applications.ResNet50,
    "mobilenet": keras.applications.MobileNet,
}


@pytest.fixture(autouse=True)
def memory_is_given_back():
    """Half a gigabyte of weights each."""
    yield
    keras.backend.clear_session()
    gc.collect()


@pytest.mark.parametrize(("name", "theirs"), SAME.items(), ids=SAME)
def test_equal_weights_give_equal_answers(name, theirs):
    known = theirs(weights=None)
    known.set_weights([_noise(w.shape, n) for n, w in enumerate(known.get_weights())])
    ours = live.model(recipe(name))
    assert ours.count_params() == sum(s.weights for s in walk(recipe(name).tower))
    ours.set_weights(known.get_weights())
    pictures = _noise((2, *known.input_shape[1:]), 1000) * 20
    asked, told = known.predict(pictures, verbose=0), ours.predict(pictures, verbose=0)
    assert np.ptp(asked) > 1e-4  # the answer depends on the picture and the weights
    np.testing.assert_allclose(told, asked, rtol=1e-4, atol=1e-6)


def _noise(shape, seed):
    """Small numbers; variances of a BatchNormalization among them must be positive."""
    return np.abs(np.random.default_rng(seed).normal(0.01, 0.02, shape)).astype("f4")


def test_vgg16_without_top_is_that_of_keras():
    theirs = keras.applications.VGG16(
        weights=None, include_top=False, input_shape=(150, 150, 3)
    )
    block = next(s for s in walk(recipe("vgg16-average").tower) if s.inner)
    assert block.weights == theirs.count_params() == 14_714_688
    assert block.gives == theirs.output_shape[1:] == (4, 4, 512)


PAPERS = {
    "lenet-5": 61_706,  # LeCun 1998 with every map of C3 joined to every map of S2
    "alexnet": 60_965_224,  # Krizhevsky 2012: "60 million parameters"
    "googlenet": 6_998_552,  # Szegedy 2015, table 1, biases added, no helping exits
    "resnet-18": 11_699_112,  # He 2016: 11,689,512 and two moving figures a channel
    "book-cats-dogs": 3_453_121,  # Chollet 2018, listing 5.6
}


@pytest.mark.parametrize(("name", "weights"), PAPERS.items(), ids=PAPERS)
def test_weights_are_those_of_the_paper(name, weights):
    stages = walk(recipe(name).tower)
    assert sum(s.weights for s in stages) == weights
    assert not [s for s in every(stages) if s.problem]
