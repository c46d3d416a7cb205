"""What a model answered on the test examples of its run, kept as one small file."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

BEST, LAST = "best", "last"
FILES = {BEST: "answers.npz", LAST: "answers-last.npz"}
"""By which weights answered: those of the best epoch, or of the last one."""

CLASSES, VALUES, REBUILT = "classes", "values", "rebuilt"
MOST_SHARES = 100
"""Classes up to which every share is kept; of more, the greatest only."""
TOP = 10
NO_ANSWER = -1
"""The class that was told where the shares are no numbers."""

_ARRAYS = ("true", "told", "sure", "shares", "ranked", "errors", "keys")
DAMAGED = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    RuntimeError,  # it says that it is encrypted, or packed in some other way
    zipfile.BadZipFile,
    zlib.error,
)
"""What reading a file of arrays may raise where it is not whole."""


def _none() -> np.ndarray:
    return np.zeros(0)


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers to `n` examples, in the order of the test split."""

    kind: str
    """CLASSES, VALUES, or REBUILT where the tower gives its examples back."""
    test: dict[str, float]
    """Loss and metrics."""
    classes: tuple[str, ...] = ()
    true: np.ndarray = field(default_factory=_none)
    """(n,) numbers of classes, or values."""
    told: np.ndarray = field(default_factory=_none)
    """(n,) as `true`; NO_ANSWER where the shares were no numbers."""
    sure: np.ndarray = field(default_factory=_none)
    """(n,) the share of what was told."""
    shares: np.ndarray = field(default_factory=_none)
    """(n, classes), or (n, TOP) of the classes that `ranked` names."""
    ranked: np.ndarray = field(default_factory=_none)
    """(n, TOP) the classes with the greatest shares; empty where all are kept."""
    errors: np.ndarray = field(default_factory=_none)
    """(n,) mean squared error of each example that was given back."""
    keys: np.ndarray = field(default_factory=_none)
    """(n,) the keys of the user's own pictures, as bytes; empty for other data."""

    def __len__(self) -> int:
        return len(self.errors if self.kind == REBUILT else self.told)

    def shares_of(self, n: int) -> dict[int, float]:
        """Class -> share for one example, the greatest first."""
        if self.kind != CLASSES:
            return {}
        row = self.shares[n].astype(float)
        known = self.ranked[n] if len(self.ranked) else np.arange(len(row))
        order = np.argsort(-row, kind="stable")
        return {int(known[at]): float(row[at]) for at in order}

    def share_of(self, number: int) -> np.ndarray:
        """The share (n,) of one class; 0 where it was not among those kept."""
        if not len(self.ranked):
            return self.shares[:, number].astype(float)
        return np.where(self.ranked == number, self.shares, 0).sum(axis=1, dtype=float)

    def to_bytes(self) -> bytes:
        """As the file that `from_bytes` reads."""
        told = {"kind": self.kind, "test": self.test, "classes": self.classes}
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        kept = {name: array for name, array in arrays.items() if len(array)}
        file = BytesIO()
        np.savez_compressed(file, about=np.array(json.dumps(told)), **kept)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Answers:
        """Raises ValueError and its like where the file is damaged; see `read`."""
        with np.load(BytesIO(raw), allow_pickle=False) as file:
            told = json.loads(str(file["about"]))
            arrays = {name: file[name] for name in _ARRAYS if name in file}
        classes = tuple(map(str, told["classes"]))
        return cls(str(told["kind"]), dict(told["test"]), classes, **arrays)


def read(folder: Path, which: str = BEST) -> Answers | None:
    """What a run's folder holds; None where there is nothing, or nothing whole."""
    try:
        return Answers.from_bytes((folder / FILES[which]).read_bytes())
    except DAMAGED:
        return None  # then it is worked out anew


def of_classes(
    shares: np.ndarray,
    true: np.ndarray,
    classes: Sequence[str],
    test: Mapping[str, float],
) -> Answers:
    """The answers where `shares` is (n, classes); only what is worth keeping is kept.

    >>> found = of_classes(np.array([[0.25, 0.75]]), np.array([0]), ["a", "b"], {})
    >>> found.told.tolist(), found.sure.tolist(), found.shares_of(0)
    ([1], [0.75], {1: 0.75, 0: 0.25})
    """
    number = np.isfinite(shares).all(axis=1)
    told = np.where(number, shares.argmax(axis=1), NO_ANSWER)
    sure = np.where(number, shares.max(axis=1), 0)
    # Of two classes a curve is drawn: sure answers would be ties in half precision.
    kept_as = "float32" if shares.shape[1] == 2 else "float16"
    known: dict[str, Any] = {"shares": shares.astype(kept_as)}
    if shares.shape[1] > MOST_SHARES:
        top = np.argsort(-shares, axis=1, kind="stable")[:, :TOP]
        kept = np.take_along_axis(shares, top, axis=1)
        known = {"shares": kept.astype("float16"), "ranked": top.astype("uint16")}
    return Answers(
        CLASSES,
        dict(test),
        tuple(classes),
        true=np.asarray(true).astype("int32"),
        told=told.astype("int32"),
        sure=sure.astype("float32"),
        **known,
    )


def of_values(told: np.ndarray, true: np.ndarray, test: Mapping[str, float]) -> Answers:
    """The answers of a tower that tells values, (n,) each."""
    true, told = np.asarray(true, "float64"), np.asarray(told, "float64")
    return Answers(VALUES, dict(test), true=true, told=told)


def of_rebuilt(errors: np.ndarray, test: Mapping[str, float]) -> Answers:
    """Those of a tower that gives its examples back, each with its error (n,)."""
    return Answers(REBUILT, dict(test), errors=np.asarray(errors, "float32"))
