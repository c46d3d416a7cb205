"""Feature maps as pictures: a channel's numbers to points from 0 to 255; no Keras."""

from __future__ import annotations

import numpy as np

MIDDLE, SPREAD = 128, 64
"""Where a channel's mean goes, and its standard deviation, as in the book: F. Chollet,
Deep Learning with Python (2021), 9.4.1."""


def channels(given: np.ndarray) -> np.ndarray:
    """What a layer gave for one example, as channels (c, height, width).

    Units (n,) are one channel of one row, a sequence (steps, features) has a channel of
    one row for each feature, frames (time, height, width, c) have their channels one
    frame after the other.

    >>> [channels(np.zeros(shape)).shape for shape in ((5,), (7, 2), (4, 6, 3))]
    [(1, 1, 5), (2, 1, 7), (3, 4, 6)]
    >>> channels(np.zeros((2, 4, 6, 3))).shape
    (6, 4, 6)
    """
    if given.ndim <= 1:
        return given.reshape(1, 1, -1)
    if given.ndim == 2:
        return given.T[:, None]
    frames = given.reshape(-1, *given.shape[-3:])
    return np.moveaxis(frames, 3, 1).reshape(-1, *given.shape[-3:-1])


def pictured(given: np.ndarray, side: int | None = None) -> np.ndarray:
    """What a layer gave for one example as pictures (c, height, width), uint8.

    Each channel by itself: its mean becomes 128, its standard deviation 64, the rest is
    clipped. A channel that is the same everywhere, or holds something that is no
    number, is grey (128). With `side` larger maps are shrunk to it, as `shrunk` does.

    >>> pictured(np.array([[[0.0], [2.0]]])).tolist()
    [[[64, 192]]]
    >>> pictured(np.full((1, 2, 1), 7.0)).tolist()
    [[[128, 128]]]
    """
    each = np.ascontiguousarray(channels(given), "float32")
    with np.errstate(all="ignore"):
        mean = each.mean(axis=(1, 2), keepdims=True)
        spread = each.std(axis=(1, 2), keepdims=True)
        # A constant channel's spread is rounding, next to its mean.
        flat = ~(spread > 1e-6 * np.maximum(np.abs(mean), 1e-30))
        each = each if side is None else shrunk(each, side)
        points = (each - mean) * (SPREAD / np.where(flat, 1, spread)) + MIDDLE
    points[flat[:, 0, 0]] = MIDDLE
    return np.nan_to_num(np.rint(points), nan=MIDDLE).clip(0, 255).astype("uint8")


def strength(given: np.ndarray) -> np.ndarray:
    """How strongly each channel answers, (c,): the mean of its values without sign.

    >>> strength(np.array([[[-3.0, 1.0]]])).tolist()
    [3.0, 1.0]
    """
    each = channels(given).astype("float32")
    return np.abs(each).mean(axis=(1, 2))


def by_strength(given: np.ndarray) -> np.ndarray:
    """The numbers of the channels, the strongest first; what is no number comes last.

    >>> by_strength(np.array([[[1.0, np.nan, 3.0]]])).tolist()
    [2, 0, 1]
    """
    strong = strength(given)
    return np.argsort(-np.where(np.isnan(strong), -1, strong), kind="stable")


def shrunk(pictures: np.ndarray, side: int) -> np.ndarray:
    """Pictures (c, height, width) of at most `side` points, each the mean of its area.

    >>> shrunk(np.array([[[0, 100, 200, 100]]], "uint8"), 2).tolist()
    [[[50, 150]]]
    >>> shrunk(np.zeros((1, 3, 2), "uint8"), 8).shape
    (1, 3, 2)
    """
    height, width = pictures.shape[1:]
    most = max(height, width)
    if most <= side:
        return pictures
    rows = _shares(height, max(1, round(height * side / most))).astype("float32")
    columns = _shares(width, max(1, round(width * side / most))).astype("float32")
    flat = np.ascontiguousarray(pictures, "float32").reshape(-1, width)
    # One product for all pictures: a stack of small ones is dozens of times slower.
    across = (flat @ np.ascontiguousarray(columns.T)).reshape(-1, height, len(columns))
    points = np.matmul(rows, across)
    if pictures.dtype != np.uint8:
        return points
    return np.round(points).clip(0, 255).astype("uint8")


def _shares(before: int, after: int) -> np.ndarray:
    """How much of each point before is in each point after, (after, before).

    >>> _shares(3, 2).round(3).tolist()
    [[0.667, 0.333, 0.0], [0.0, 0.333, 0.667]]
    """
    edges = np.arange(after + 1) * (before / after)
    points = np.arange(before)
    begin = np.maximum(edges[:-1, None], points)
    end = np.minimum(edges[1:, None], points + 1)
    return np.maximum(end - begin, 0) * (after / before)
