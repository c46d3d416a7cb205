"""How well a model does on pictures it has never seen, and where it errs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

MOST_MISTAKES = 25
MOST_REBUILT = 15
MOST_PAIRS = 2_000
BATCH_SIZE = 256
FEW = 32  # pictures at a time where each gives a picture


@dataclass(frozen=True)
class Report:
    """The figures of a test; `confusion[true][told]` counts pictures.

    Where the answer is a value there are no classes, and `pairs` (true, told).
    """

    test: dict[str, float]
    mistakes: list[dict[str, Any]]
    """The worst first: index among the test examples, true, told, and share (0 to 1)
    or error."""
    pictures: np.ndarray
    """The mistakes' pictures in the same order, (n, height, width, channels) uint8."""
    classes: list[str] = field(default_factory=list)
    confusion: list[list[int]] = field(default_factory=list)
    per_class: list[dict[str, float]] = field(default_factory=list)
    pairs: list[list[float]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """All but the pictures, as plain data."""
        return {
            "test": self.test,
            "classes": self.classes,
            "confusion": self.confusion,
            "per_class": self.per_class,
            "mistakes": self.mistakes,
            "pairs": self.pairs,
        }


def report(
    model: keras.Model,
    x: np.ndarray,
    y: np.ndarray,
    classes: Sequence[str],
    batches: keras.utils.PyDataset | None = None,
) -> Report:
    """Test a compiled model on `x` (n, ...), with labels `y` (n,).

    Its answers may be shares (n, classes), or one number (n, 1) that is the share of
    the second of two classes, or a value where there are no classes, or the examples
    themselves, as an autoencoder gives them. Where x are whole numbers (uint8) on the
    disk, the model is fed from `batches`.
    """
    if x.ndim == 4 and model.output_shape[1:] == x.shape[1:]:
        return _rebuilt(model, x)
    given = x if batches is None else batches
    answers = model.predict(given, batch_size=BATCH_SIZE, verbose=0)
    if not classes:
        return _values(model, x, y, answers)
    shares = _shares(answers)
    told = shares.argmax(axis=1)
    table = confusion(y, told, len(classes))
    worst = mistakes(shares, y)
    true = y if answers.shape[1] > 1 else y[:, None]
    return Report(
        test={
            **_measured(model, true, answers),
            "loss": _loss(model, true, answers),
            "accuracy": float((told == y).mean()),
        },
        classes=list(classes),
        confusion=table.tolist(),
        per_class=per_class(table),
        mistakes=worst,
        pictures=_pictures(x, [mistake["index"] for mistake in worst]),
    )


def _shares(answers: np.ndarray) -> np.ndarray:
    """A share for each class (n, classes); one number is that of a "yes".

    >>> _shares(np.array([[0.25]])).tolist()
    [[0.75, 0.25]]
    """
    if answers.shape[1] > 1:
        return answers
    return np.concatenate([1 - answers, answers], axis=1)


def _values(
    model: keras.Model, x: np.ndarray, y: np.ndarray, answers: np.ndarray
) -> Report:
    """The report of a tower that answers with a value, (n, 1)."""
    told = answers[:, 0].astype(float)
    errors = np.abs(told - y)
    worst = np.argsort(-errors, kind="stable")[:MOST_MISTAKES]
    some = np.linspace(0, len(y) - 1, min(len(y), MOST_PAIRS)).astype(int)
    pairs = np.stack([y, told], axis=1)
    return Report(
        test={
            **_measured(model, y[:, None], answers),
            "loss": _loss(model, y[:, None], answers),
            "mae": float(errors.mean()),
            "mse": float(np.square(errors).mean()),
        },
        mistakes=[
            {
                "index": int(n),
                "true": float(y[n]),
                "told": float(told[n]),
                "error": float(errors[n]),
            }
            for n in worst
        ],
        pictures=_pictures(x, worst.tolist()),
        pairs=pairs[some].tolist(),
    )


def _rebuilt(model: keras.Model, x: np.ndarray) -> Report:
    """The report of a tower that gives its pictures back: those it misses most, each
    with what came of it."""
    errors, lost = np.zeros(len(x)), 0.0
    for begin in range(0, len(x), FEW):
        given = _points(x[begin : begin + FEW])
        answers = model.predict_on_batch(given)
        lost += _loss(model, given, answers) * len(given) / len(x)
        axes = tuple(range(1, x.ndim))
        errors[begin : begin + FEW] = np.square(given - answers).mean(axis=axes)
    worst = np.argsort(-errors, kind="stable")[:MOST_REBUILT]
    given = _points(x[worst])
    both = np.concatenate([given, model.predict_on_batch(given)], axis=2)
    return Report(
        test={"loss": lost},
        mistakes=[{"index": int(n), "error": float(errors[n])} for n in worst],
        pictures=_pictures(both, range(len(worst))),
    )


def _points(x: np.ndarray) -> np.ndarray:
    """Pictures as a tower gets them, their points from 0 to 1."""
    return x / np.float32(255) if x.dtype == np.uint8 else x


def confusion(true: np.ndarray, told: np.ndarray, count: int) -> np.ndarray:
    """How often each true class (row) was told as each class (column).

    >>> confusion(np.array([0, 1, 1]), np.array([0, 0, 1]), 2).tolist()
    [[1, 0], [1, 1]]
    """
    table = np.zeros((count, count), dtype=int)
    np.add.at(table, (true, told), 1)
    return table


def per_class(table: np.ndarray) -> list[dict[str, float]]:
    """Precision, recall, F1 and support of each class; 0 where none is there.

    >>> per_class(np.array([[1, 0], [1, 1]]))[0]
    {'precision': 0.5, 'recall': 1.0, 'f1': 0.6666666666666666, 'support': 1}
    """
    hits, told, support = table.diagonal(), table.sum(axis=0), table.sum(axis=1)
    return [
        {
            "precision": _share(hit, said),
            "recall": _share(hit, there),
            "f1": _share(2 * hit, said + there),
            "support": int(there),
        }
        for hit, said, there in zip(hits, told, support, strict=True)
    ]


def mistakes(
    shares: np.ndarray, true: np.ndarray, most: int = MOST_MISTAKES
) -> list[dict[str, Any]]:
    """The mistakes that the model was surest of; `shares` is (n, classes)."""
    told, sure = shares.argmax(axis=1), shares.max(axis=1)
    wrong = np.flatnonzero(told != true)
    worst = wrong[np.argsort(-sure[wrong], kind="stable")][:most]
    return [
        {
            "index": int(index),
            "true": int(true[index]),
            "told": int(told[index]),
            "share": float(sure[index]),
        }
        for index in worst
    ]


def _share(part: int, whole: int) -> float:
    return float(part / whole) if whole else 0.0


def _loss(model: keras.Model, y: np.ndarray, shares: np.ndarray) -> float:
    """The loss as `evaluate` would say it, without a second pass through the model."""
    y, shares = keras.ops.convert_to_tensor(y), keras.ops.convert_to_tensor(shares)
    return float(model.compute_loss(y=y, y_pred=shares, training=False))


def _measured(
    model: keras.Model, y: np.ndarray, answers: np.ndarray
) -> dict[str, float]:
    """Each metric that the model was compiled with, without a second pass."""
    model.reset_metrics()
    found = model.compute_metrics(x=None, y=y, y_pred=answers)
    return {name: float(value) for name, value in found.items() if name != "loss"}


def _pictures(x: np.ndarray, chosen: Sequence[int]) -> np.ndarray:
    """The chosen examples as pictures; none where they are no pictures."""
    if x.ndim != 4:
        return np.zeros((0, 1, 1, 1), "uint8")
    found = x[list(chosen)]
    if found.dtype == np.uint8:
        return found
    return np.round(found * 255).clip(0, 255).astype("uint8")
