"""Drawings, and pictures of things, brought into the form that a data set's have.

A network knows its own data only: a digit that fills the sheet, or black on white, is
nothing that MNIST has. Each function is plain NumPy and Pillow, so that a printed
script has the very same; ink is 255 where there is some, paper 0.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

LONGEST = 512  # points of a photograph that are looked at for ink


def mnist(ink: np.ndarray) -> np.ndarray:
    """Ink (height, width) as MNIST has its digits: uint8 (28, 28, 1).

    The ink fills a box of 20 by 20 points, its shape kept, grey where a point is partly
    ink; its centre of mass comes to point (14, 14). Y. LeCun, C. Cortes and C. Burges,
    "The MNIST database of handwritten digits", 1998; that the centre is moved by whole
    points and that boxes are averaged is what the database itself shows.
    """
    digit = trimmed(ink)
    scale = 20 / max(digit.shape)
    size = [max(1, round(side * scale)) for side in digit.shape[::-1]]
    small = np.asarray(Image.fromarray(digit).resize(size, Image.Resampling.BOX))
    whole = np.zeros((28, 28), "uint8")
    places = []
    for axis in (0, 1):
        mass = small.sum(axis=1 - axis, dtype=float)
        centre = (mass * np.arange(len(mass))).sum() / max(1.0, mass.sum())
        first = int(np.floor(14 - centre + 0.5))
        first = min(max(first, 0), 28 - len(mass))
        places.append(slice(first, first + len(mass)))
    whole[places[0], places[1]] = small
    return whole[..., None]


def uci(ink: np.ndarray) -> np.ndarray:
    """Ink (height, width) as UCI's Digits have theirs: uint8 (8, 8, 1), 255 for 16.

    It is drawn 20 points wide and 32 high, a narrow one less wide, in black and white;
    each number counts the ink in 4 by 4 points. M. D. Garris et al., "NIST Form-Based
    Handprint Recognition System", NISTIR 5469, 1994; E. Alpaydin and C. Kaynak, 1998.
    """
    digit = trimmed(ink)
    height, width = digit.shape
    wide = min(20, max(1, round(2 * 32 * width / height)))
    high = 32 if 8 * height > width else 4  # a lying line stays one
    small = Image.fromarray(digit).resize((wide, high), Image.Resampling.BOX)
    whole = np.zeros((32, 32), "uint8")
    left, top = (32 - wide) // 2, (32 - high) // 2
    whole[top : top + high, left : left + wide] = np.asarray(small) > 127
    counted = whole.reshape(8, 4, 8, 4).sum(axis=(1, 3))
    return np.round(counted * 255 / 16).astype("uint8")[..., None]


def clothes(ink: np.ndarray) -> np.ndarray:
    """Ink (height, width), which may be grey, as Fashion-MNIST has it: uint8
    (28, 28, 1).

    The longer side fills the picture. H. Xiao, K. Rasul and R. Vollgraf,
    "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
    Algorithms", 2017.
    """
    thing = trimmed(ink)
    scale = 28 / max(thing.shape)
    width, height = (max(1, round(side * scale)) for side in thing.shape[::-1])
    small = Image.fromarray(thing).resize((width, height), Image.Resampling.BOX)
    whole = np.zeros((28, 28), "uint8")
    top, left = (28 - height) // 2, (28 - width) // 2
    whole[top : top + height, left : left + width] = np.asarray(small)
    return whole[..., None]


def trimmed(ink: np.ndarray) -> np.ndarray:
    """The box that holds all ink; one empty point where there is none."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return np.zeros((1, 1), "uint8")
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def handwriting(picture: Image.Image) -> np.ndarray:
    """The ink of a photographed or drawn digit, in black and white (height, width).

    Ink is what is darker than the paper around it (brighter, where the paper is dark),
    so that a shadow is none; how much darker is told by N. Otsu's threshold, "A
    Threshold Selection Method from Gray-Level Histograms", 1979.
    """
    grey = contrast(picture)
    around = grey.filter(ImageFilter.BoxBlur(max(grey.size) / 6))
    more = np.asarray(grey, "int16") - np.asarray(around, "int16")
    above = more.clip(0, 255).astype("uint8")
    return ((above > otsu(above)) * 255).astype("uint8")


def garment(picture: Image.Image) -> np.ndarray:
    """A thing on plain ground: grey where it is, 0 where the ground is."""
    grey = np.asarray(contrast(picture))
    return np.where(grey > 12, grey, 0).astype("uint8")


def contrast(picture: Image.Image) -> Image.Image:
    """In grey, the ground dark: turned where the picture's edge is bright."""
    grey = picture.convert("L")
    grey.thumbnail((LONGEST, LONGEST), Image.Resampling.BILINEAR)
    points = np.asarray(grey)
    edge = np.concatenate([points[0], points[-1], points[:, 0], points[:, -1]])
    return Image.fromarray(255 - points) if np.median(edge) > 127 else grey


def otsu(grey: np.ndarray) -> int:
    """The threshold that parts dark from bright with the most variance between."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(float)
    below = counts.cumsum()
    above = below[-1] - below
    total = (counts * np.arange(256)).cumsum()
    known = (below > 0) & (above > 0)
    low = total / np.maximum(below, 1)
    high = (total[-1] - total) / np.maximum(above, 1)
    return int(np.argmax(np.where(known, below * above * (high - low) ** 2, -1.0)))


Find = Callable[[Image.Image], np.ndarray]
Form = Callable[[np.ndarray], np.ndarray]

STROKES: dict[str, Form] = {"mnist": mnist, "uci": uci}
"""By the `prepares` of a data brick: how ink becomes such a picture."""

PICTURES: dict[str, tuple[Find, Form]] = {
    "mnist": (handwriting, mnist),
    "uci": (handwriting, uci),
    "clothes": (garment, clothes),
}
"""By the same name: how a picture from outside becomes ink, and that such a picture."""


def from_picture(picture: Image.Image, prepares: str) -> np.ndarray:
    """A picture from outside, as the data set has its own; one that is as small as
    those is taken as it is, if its ground is dark, too."""
    find, form = PICTURES[prepares]
    side = 8 if prepares == "uci" else 28
    if picture.size == (side, side):
        return np.asarray(contrast(picture))[..., None]
    return form(find(picture))


def source(prepares: str) -> str:
    """Python that defines `prepared(picture)`, which does what `from_picture` does.

    It needs NumPy as `np`, and Image and ImageFilter of Pillow.
    """
    find, form = PICTURES[prepares]
    parts: tuple[Callable[..., Any], ...] = (contrast, otsu, trimmed, find, form)
    texts = [inspect.getsource(part) for part in parts]
    side = 8 if prepares == "uci" else 28
    last = f'''\
def prepared(picture):
    """A picture as the network knows them: uint8 ({side}, {side}, 1)."""
    if picture.size == ({side}, {side}):
        return np.asarray(contrast(picture))[..., None]
    return {form.__name__}({find.__name__}(picture))
'''
    return "\n\n".join([f"LONGEST = {LONGEST}\n", *texts, last])
