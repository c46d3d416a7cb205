"""Pictures by their content: what is taken is what the script reads, point by point."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bricks.pictures import MORE_FORMATS
from bricks.tower import Placed
from tests.pictures import points
from tests.uploads import corpus
from uploads import binding, picture
from uploads.errors import BadFile
from uploads.shelf import PICTURES, THUMBS

MOST = 60_000_000


@pytest.fixture
def where(tmp_path: Path) -> Path:
    for folder in PICTURES, THUMBS:
        (tmp_path / folder).mkdir()
    return tmp_path


def read(content: bytes, channels: int, fit: str) -> np.ndarray:
    """What the printed script makes of a file."""
    asked = {"image_size": (24, 32), "channels": channels, "fit": fit}
    asked |= {"formats": MORE_FORMATS}
    full = binding.full(Placed("Images", asked))
    return binding.module(full).read_picture(BytesIO(content))


@pytest.mark.parametrize("content", corpus.GOOD.values(), ids=corpus.GOOD)
def test_the_script_makes_the_same_of_our_copy_as_of_the_file(content, where) -> None:
    seen = picture.keep(content, where, MOST)
    copy = (where / PICTURES / f"{seen.digest}.{seen.suffix}").read_bytes()
    for channels in (1, 3, 4):
        for fit in ("crop", "pad", "stretch"):
            theirs, ours = (read(c, channels, fit) for c in (content, copy))
            assert np.array_equal(theirs, ours), (channels, fit)
    assert corpus.SECRET not in copy


def test_the_same_small_picture_again_leaves_our_copy_as_it_is(where) -> None:
    content = corpus.saved(points(0, 1), "JPEG")
    seen = picture.keep(content, where, MOST)
    copy = where / PICTURES / f"{seen.digest}.jpg"
    before = copy.read_bytes()
    assert copy.samefile(where / THUMBS / f"{seen.digest}.jpg")
    picture.keep(content, where, MOST)
    assert copy.read_bytes() == before


@pytest.mark.parametrize(("content", "said"), corpus.BAD.values(), ids=corpus.BAD)
def test_what_the_script_cannot_read_is_passed_over_with_a_reason(
    content, said, where
) -> None:
    with pytest.raises(BadFile) as told:
        picture.keep(content, where, MOST)
    assert str(told.value) == said
    with pytest.raises(Exception):  # noqa: B017, PT011 - the script minds no kind
        read(content, 3, "crop")
    assert not any((where / PICTURES).iterdir())


def upright(turn: int) -> Image.Image:
    """A picture that is red at its top left corner when it is turned as told."""
    points = Image.new("RGB", (40, 20), "white")
    points.paste("red", (0, 0, 10, 10))
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    return points.transpose(back[turn]) if turn in back else points


@pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_pictures_are_turned_upright(turn, format, where) -> None:
    content = corpus.saved(upright(turn), format, exif=corpus.told(turn))
    seen = picture.keep(content, where, MOST)
    assert (seen.width, seen.height) == (40, 20)
    with Image.open(where / THUMBS / f"{seen.digest}.jpg") as thumb:
        assert thumb.size == (40, 20)
        red, _, blue = thumb.getpixel((3, 3))
        assert (red > 200, blue < 60) == (True, True)


COLOURS = [
    ("transparent is white", Image.new("RGBA", (9, 9), (255, 0, 0, 0)), "PNG", 255),
    ("16 bits are scaled", Image.new("I;16", (9, 9), 100 * 256), "PNG", 100),
    ("inverted ink", Image.new("CMYK", (9, 9), (0, 0, 0, 155)), "JPEG", 100),
    ("one bit", Image.new("1", (9, 9), 1), "PNG", 255),
]


@pytest.mark.parametrize(
    ("made", "format", "grey"), [r[1:] for r in COLOURS], ids=[r[0] for r in COLOURS]
)
def test_colours_come_out_as_they_are_seen(made, format, grey, where) -> None:
    content = corpus.saved(made, format)
    seen = picture.keep(content, where, MOST)
    with Image.open(where / THUMBS / f"{seen.digest}.jpg") as thumb:
        assert np.allclose(np.asarray(thumb.convert("RGB"))[4, 4], grey, atol=2)
    assert np.allclose(read(content, 3, "stretch")[4, 4], grey, atol=2)


def test_only_the_first_frame_is_kept(where) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "lime", "blue")]
    for format in ("GIF", "WEBP", "PNG", "TIFF"):
        moving = {"save_all": True, "append_images": frames[1:]}
        seen = picture.keep(corpus.saved(frames[0], format, **moving), where, MOST)
        with Image.open(where / PICTURES / f"{seen.digest}.{seen.suffix}") as copy:
            assert getattr(copy, "n_frames", 1) == 1
            red, green, _ = copy.convert("RGB").getpixel((4, 4))
        assert (red > 200, green < 60) == (True, True), format


def test_a_large_picture_has_a_small_thumbnail(where) -> None:
    content = corpus.saved(corpus.noise(1_000, 500), "PNG", exif=corpus.told(6))
    seen = picture.keep(content, where, MOST)
    assert (seen.width, seen.height) == (500, 1_000)
    with Image.open(where / THUMBS / f"{seen.digest}.jpg") as thumb:
        assert thumb.format == "JPEG"
        assert thumb.size == (80, 160)
        assert not thumb.getexif()


@given(content=st.binary(max_size=300), sign=st.sampled_from(list(corpus.GOOD)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_whatever_comes_is_taken_or_passed_over(content, sign, where) -> None:
    start = corpus.GOOD[sign]
    for made in (content, start[: len(content)] + content, start[:-9] + content):
        try:
            seen = picture.keep(made, where, MOST)
        except BadFile:
            continue
        assert (where / PICTURES / f"{seen.digest}.{seen.suffix}").is_file()


def test_without_its_library_an_iphone_picture_is_passed_over_with_the_way_out() -> (
    None
):
    program = """
import sys
sys.modules["pillow_heif"] = None
from uploads import picture
from uploads.errors import BadFile
try:
    picture.check_kind(sys.stdin.buffer.read())
except BadFile as error:
    print(error)
"""
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, input=corpus.GOOD["heic"], capture_output=True)
    said = "This server can't read HEIC: let the phone save JPEG (Most Compatible).\n"
    assert ended.stdout.decode() == said
