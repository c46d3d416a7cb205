"""Drawings and photographs, brought into the form of a data set's own pictures."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from bricks.recipes import recipe
from codegen import drawn, live
from codegen.source import script


def sheet(*boxes: tuple[int, int, int, int], side: int = 256) -> np.ndarray:
    """Ink in these boxes (left, top, right, bottom) of a sheet."""
    ink = np.zeros((side, side), "uint8")
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = 255
    return ink


SEVEN = sheet((40, 30, 160, 54), (136, 30, 160, 220))


def photographed(ink: np.ndarray, side: int = 420) -> Image.Image:
    """Dark ink on paper that lies half in the shade, taken by a noisy camera."""
    paper = np.linspace(235, 140, side)[None, :].repeat(side, axis=0)
    put = np.zeros((side, side))
    put[90 : 90 + len(ink), 120 : 120 + len(ink)] = ink / 255
    noise = np.random.default_rng(3).normal(0, 4, paper.shape)
    return Image.fromarray(
        (paper * (1 - 0.7 * put) + noise).clip(0, 255).astype("uint8")
    )


def test_a_digit_of_mnist_fills_twenty_points_about_its_centre_of_mass():
    digit = drawn.mnist(SEVEN)[..., 0]
    rows, columns = np.flatnonzero(digit.any(1)), np.flatnonzero(digit.any(0))
    assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (20, 13)  # 190 by 120 points
    whole = digit.sum(dtype=float)
    down = (digit.sum(1) * np.arange(28)).sum() / whole
    right = (digit.sum(0) * np.arange(28)).sum() / whole
    assert abs(down - 14) <= 0.5
    assert abs(right - 14) <= 0.5


def test_where_and_how_large_a_digit_is_drawn_makes_no_difference():
    small = sheet((105, 135, 165, 147), (153, 135, 165, 230))  # of half the size
    assert np.abs(drawn.mnist(small).astype(int) - drawn.mnist(SEVEN)).max() <= 1


def test_a_point_that_is_partly_ink_is_grey():
    ink = sheet((0, 0, 15, 200), (0, 180, 100, 200), side=200)  # ten to one
    assert np.unique(drawn.mnist(ink)).tolist() == [0, 127, 255]


def test_a_digit_of_uci_counts_the_ink_in_four_by_four_points():
    digit = drawn.uci(sheet((50, 20, 150, 180)))[..., 0]  # 20 wide, 32 high
    assert digit[:, [0, 7]].max() == 0
    assert (digit[:, 2:6] == 255).all()
    assert (digit[:, [1, 6]] == round(255 / 2)).all()


def test_a_narrow_digit_of_uci_stays_narrow():
    digit = drawn.uci(sheet((100, 20, 116, 236)))[..., 0]
    assert (digit.any(0).sum(), digit.any(1).sum()) == (2, 8)


@pytest.mark.parametrize("form", drawn.STROKES.values())
def test_an_empty_sheet_stays_empty(form):
    assert form(sheet()).max() == 0


@pytest.mark.parametrize(
    "ink", [sheet((9, 9, 11, 200)), sheet((9, 9, 200, 11)), sheet((0, 0, 256, 256))]
)
@pytest.mark.parametrize("form", [*drawn.STROKES.values(), drawn.clothes])
def test_a_line_and_a_full_sheet_have_a_form(form, ink):
    made = form(ink)
    assert made.dtype == np.uint8
    assert made.shape in ((28, 28, 1), (8, 8, 1))
    assert made.max() > 0


def test_a_photograph_in_half_shade_is_seen_as_the_drawing():
    told = drawn.from_picture(photographed(SEVEN), "mnist")
    assert np.abs(told.astype(int) - drawn.mnist(SEVEN)).mean() < 3


def test_chalk_on_a_blackboard_is_ink():
    board = Image.fromarray(
        np.where(photographed(SEVEN), 255 - np.asarray(photographed(SEVEN)), 0).astype(
            "uint8"
        )
    )
    told = drawn.from_picture(board, "mnist")
    assert np.abs(told.astype(int) - drawn.mnist(SEVEN)).mean() < 3


def test_a_digit_of_the_data_itself_stays_what_it_is():
    x, _ = live.module(script(recipe("digits-cnn"))).load_data()[2]
    points = np.round(x[4, ..., 0] * 255).astype("uint8")
    assert (drawn.from_picture(Image.fromarray(points), "uci")[..., 0] == points).all()


def test_digits_blown_up_and_drawn_again_are_near_to_what_they_were():
    x, _ = live.module(script(recipe("digits-cnn"))).load_data()[2]
    off = []
    for one in np.round(x[:60, ..., 0] * 255).astype("uint8"):
        large = Image.fromarray(one).resize((320, 320), Image.Resampling.BICUBIC)
        ink = ((np.asarray(large) > 127) * 255).astype("uint8")
        off.append(np.abs(drawn.uci(ink)[..., 0] - one.astype(float)).mean() / 255)
    assert np.mean(off) < 0.12  # another digit is about 0.3 away


def test_a_shirt_on_white_ground_turns_bright_on_black():
    photo = Image.new("RGB", (300, 400), "white")
    ImageDraw.Draw(photo).rectangle((80, 100, 220, 380), fill=(60, 80, 160))
    shirt = drawn.from_picture(photo, "clothes")[..., 0]
    assert shirt[:, 14].min() > 100
    assert shirt[:, :5].max() == 0


@pytest.mark.parametrize("prepares", drawn.PICTURES)
def test_a_printed_script_prepares_pictures_alike(prepares):
    names = {"np": np, "Image": Image, "ImageFilter": ImageFilter}
    exec(drawn.source(prepares), names)
    for picture in (
        photographed(SEVEN),
        Image.new("L", (28, 28)),
        Image.new("L", (8, 8)),
    ):
        told = names["prepared"](picture)
        assert (told == drawn.from_picture(picture, prepares)).all()
