"""Histograms of weights, activations and gradients, kept over the epochs; no Keras."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

BINS = 30
KINDS = ("weights", "activations", "gradients")
BRICK = -1
MOST_EPOCHS = 20
"""Where there are so many, every second one is dropped, and so on."""

MOST_NUMBERS = 50_000
"""In one array; a share told from so many is right to two or three thousandths."""


@dataclass(frozen=True)
class Bars:
    """The numbers of one brick, of one kind, at one moment."""

    counts: np.ndarray
    """(BINS,): how many numbers fall into each of the equally wide bins."""
    low: float
    """The left edge of the first bin; not a number where there are no numbers."""
    high: float
    mean: float
    """Without sign: where it shrinks from brick to brick on the way down, gradients
    vanish."""
    zeros: float
    """The share (0 to 1) that is exactly 0."""


def bars(*arrays: np.ndarray) -> Bars:
    """The histogram of what the arrays hold; what is no number is left out.

    Of large arrays a random sample counts, the same places each time.

    >>> found = bars(np.array([0.0, 0.0, 3.0]), np.array([-1.0]))
    >>> found.low, found.high, found.mean, found.zeros, int(found.counts.sum())
    (-1.0, 3.0, 1.0, 0.5, 4)
    """
    values = np.concatenate([_some(one) for one in arrays] or [np.zeros(0)])
    values = values[np.isfinite(values)]
    if not len(values):
        return Bars(np.zeros(BINS, "uint32"), np.nan, np.nan, np.nan, np.nan)
    low, high = float(values.min()), float(values.max())
    place = (values.astype("float64") - low) * (BINS / ((high - low) or 1))
    counts = np.bincount(place.astype(int).clip(0, BINS - 1), minlength=BINS)
    mean, zeros = float(np.abs(values).mean()), float((values == 0).mean())
    return Bars(counts.astype("uint32"), low, high, mean, zeros)


def _some(values: np.ndarray) -> np.ndarray:
    """All numbers in a row, or MOST_NUMBERS of them."""
    values = np.ravel(values)
    return values if len(values) <= MOST_NUMBERS else values[sample(len(values))]


def sample(size: int) -> np.ndarray:
    """The places that stand for an array of `size` numbers, (MOST_NUMBERS,)."""
    return np.random.default_rng(0).integers(0, size, MOST_NUMBERS)


@dataclass(frozen=True)
class Histograms:
    """E epochs, B bricks, the three KINDS.

    Where a brick has no weights, its counts are 0 and its figures not a number.
    """

    bricks: list[tuple[str, int]]
    """Each placed brick's id, and how often it came before in a Block that repeats,
    from the ground up."""
    epochs: np.ndarray
    """(E,) whole numbers, rising; 0 is before the training."""
    counts: np.ndarray
    """(E, B, 3, BINS) uint32."""
    low: np.ndarray
    """(E, B, 3), as the next three: what `Bars` says."""
    high: np.ndarray
    mean: np.ndarray
    zeros: np.ndarray
    inner: list[int] = field(default_factory=list)
    """For each brick the number of a layer inside of it, where it is a base, or BRICK;
    empty stands for nothing but bricks."""

    def __post_init__(self) -> None:
        if not self.inner:
            self.inner.extend([BRICK] * len(self.bricks))

    def bars(self, epoch: int, brick: int, kind: str) -> Bars:
        """Those of the epoch and brick of these places in the lists."""
        place = (epoch, brick, KINDS.index(kind))
        figures = (float(getattr(self, name)[place]) for name in _FIGURES)
        return Bars(self.counts[place], *figures)

    def added(self, epoch: int, rows: Sequence[Sequence[Bars]]) -> Histograms:
        """With the three Bars of each brick after this epoch. Later ones are dropped,
        those of a training that was broken off, and some earlier ones by `stride`."""
        kept = (self.epochs < epoch) & (self.epochs % stride(epoch) == 0)
        before = self.only(kept)
        new: dict[str, Any] = {
            name: np.concatenate(
                [getattr(before, name), _table(rows, name)[None]], dtype=dtype
            )
            for name, dtype in {"counts": "uint32", **_FIGURES}.items()
        }
        return replace(before, epochs=np.append(before.epochs, epoch), **new)

    def only(self, chosen: np.ndarray) -> Histograms:
        """The epochs at which `chosen` (E,) is true."""
        arrays = ("epochs", "counts", *_FIGURES)
        return replace(self, **{name: getattr(self, name)[chosen] for name in arrays})

    def to_bytes(self) -> bytes:
        """As a file of NumPy's, without pickles."""
        raw = BytesIO()
        arrays = {one.name: getattr(self, one.name) for one in fields(self)}
        ids = [brick for brick, _ in self.bricks]
        times = [time for _, time in self.bricks]
        arrays["bricks"] = np.array(ids, dtype=str)
        arrays["inner"] = np.array(self.inner, "int32")
        np.savez_compressed(raw, times=np.array(times, "int32"), **arrays)
        return raw.getvalue()


_FIGURES = dict.fromkeys(("low", "high", "mean", "zeros"), "float32")


def _table(rows: Sequence[Sequence[Bars]], name: str) -> np.ndarray:
    return np.array([[getattr(bar, name) for bar in row] for row in rows])


def empty(bricks: Sequence[tuple[str, int]], inner: Sequence[int] = ()) -> Histograms:
    """Of no epoch yet."""
    shape = (0, len(bricks), len(KINDS))
    figures = {name: np.zeros(shape, "float32") for name in _FIGURES}
    counts = np.zeros((*shape, BINS), "uint32")
    return Histograms(
        list(bricks), np.zeros(0, int), counts, **figures, inner=list(inner)
    )


def stride(epoch: int) -> int:
    """Every which epoch is kept when this one is the last: about 20 in all.

    >>> [stride(n) for n in (0, 19, 20, 39, 40, 1_000)]
    [1, 1, 2, 2, 4, 64]
    """
    step = 1
    while epoch // step >= MOST_EPOCHS:
        step *= 2
    return step


def read(path: Path) -> Histograms | None:
    """What a run has kept in its `histograms.npz`; None where it has none, or none that
    can be read."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        ids, times = found["bricks"].tolist(), found.pop("times").tolist()
        found["bricks"] = list(zip(ids, times, strict=True))
        found["inner"] = found.get("inner", np.zeros(0, int)).tolist()
        return Histograms(**found)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None
