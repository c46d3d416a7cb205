"""Feature maps as pictures."""

from __future__ import annotations

import numpy as np
import pytest

from explain.maps import by_strength, pictured, shrunk, strength


def in_the_book(channel):
    """F. Chollet, Deep Learning with Python, the first edition's listing 5.32."""
    channel = channel - channel.mean()
    channel /= channel.std()
    channel *= 64
    channel += 128
    return np.clip(channel, 0, 255)


def test_a_channel_is_painted_as_in_the_book():
    maps = np.random.default_rng(0).normal(3, 2, (6, 5, 4)).astype("float32")
    found = pictured(maps)
    assert (found.shape, found.dtype) == ((4, 6, 5), np.uint8)
    for channel in range(4):
        theirs = in_the_book(maps[:, :, channel])
        np.testing.assert_allclose(found[channel], theirs, atol=0.51)


def test_each_channel_has_a_scale_of_its_own():
    maps = np.random.default_rng(0).random((6, 5, 1))
    pair = np.concatenate([maps, 1000 * maps - 7], axis=2)
    np.testing.assert_array_equal(*pictured(pair))


@pytest.mark.parametrize(
    "value", [0.0, 1e12, np.nan, np.inf], ids=["dead", "large", "nan", "inf"]
)
def test_a_channel_that_says_nothing_is_grey(value):
    maps = np.full((7, 11, 1), value)
    assert (pictured(maps) == 128).all()


def test_a_channel_of_nan_does_not_stain_the_others():
    maps = np.random.default_rng(0).random((3, 3, 2))
    alone = pictured(maps[:, :, 1:])
    maps[0, 0, 0] = np.nan
    np.testing.assert_array_equal(pictured(maps)[1:], alone)
    assert by_strength(maps).tolist() == [1, 0]


def test_strong_channels_come_first_whatever_their_sign():
    maps = np.stack([np.full((2, 2), v) for v in (1.0, -5.0, 0.0, 3.0)], axis=2)
    assert strength(maps).tolist() == [1, 5, 0, 3]
    assert by_strength(maps).tolist() == [1, 3, 0, 2]


def test_shrinking_keeps_the_mean_and_the_proportions():
    picture = np.random.default_rng(0).random((2, 224, 112))
    small = shrunk(picture, 48)
    assert small.shape == (2, 48, 24)
    np.testing.assert_allclose(small.mean(axis=(1, 2)), picture.mean(axis=(1, 2)))
    np.testing.assert_allclose(shrunk(picture, 112)[0, 0, 0], picture[0, :2, :2].mean())


def test_an_overview_is_the_picture_shrunk():
    maps = np.random.default_rng(0).random((40, 20, 3), "float32")  # nothing clipped
    small = pictured(maps, 10)
    assert (small.shape, small.dtype) == ((3, 10, 5), np.uint8)
    theirs = shrunk(pictured(maps).astype(float), 10)
    np.testing.assert_allclose(small, theirs, atol=1.01)
    np.testing.assert_array_equal(pictured(maps, 40), pictured(maps))
