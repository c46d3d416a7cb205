"""Small pictures travel with the page, whole."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from ui.tiles import TILE, enlarged, held


def seen(address):
    """The picture a browser makes of an address."""
    head, data = address.split(",", 1)
    assert head.startswith("data:image/")
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))


@pytest.mark.parametrize("channels", [1, 3])
def test_a_small_picture_is_enlarged_point_by_point(channels):
    picture = np.random.default_rng(1).integers(0, 256, (8, 8, channels), "uint8")
    times = TILE // 8
    grown = seen(enlarged(picture))
    assert grown.shape[:2] == (TILE, TILE)
    np.testing.assert_array_equal(
        grown[::times, ::times].reshape(picture.shape), picture
    )


@pytest.mark.parametrize("channels", [3, 4])
def test_a_large_picture_keeps_its_size(channels):
    picture = np.full((120, 200, channels), 77, "uint8")
    assert seen(enlarged(picture)).shape == (120, 200, channels)
    assert abs(int(seen(held(picture)).mean()) - 77) <= 1
