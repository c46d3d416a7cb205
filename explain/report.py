"""How well a model does on pictures it has never seen, and where it errs."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import keras
import numpy as np

from explain import answers as answered
from explain.answers import CLASSES, REBUILT, Answers
from explain.figures import confusion, errors_of, per_class, worst

MOST_MISTAKES = 25
MOST_REBUILT = 15
MOST_PAIRS = 2_000
FEW, MANY = 8, 256
"""Examples in the first batches, whose time says how many go at once, and at most.
While others wait, the first ones go alone: a large tower takes long for one."""
MORE = 4
"""Batches grow once more where so many times as many would do."""
LONG_STEP = 0.5
"""Seconds that a batch may take: while others wait for a turn, and else."""

Testing = Generator[tuple[int, int], None, Answers]
"""Tells how many examples are done, of how many, and gives the answers in the end."""


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
    answers: Answers
    """All that it was counted from."""
    classes: list[str] = field(default_factory=list)
    confusion: list[list[int]] = field(default_factory=list)
    per_class: list[dict[str, float]] = field(default_factory=list)
    pairs: list[list[float]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """All but the pictures and the answers, as plain data."""
        return {
            "test": self.test,
            "classes": self.classes,
            "confusion": self.confusion,
            "per_class": self.per_class,
            "mistakes": self.mistakes,
            "pairs": self.pairs,
        }


def report(
    model: keras.Model, x: np.ndarray, y: np.ndarray, classes: Sequence[str]
) -> Report:
    """Test a compiled model on `x` (n, ...), with labels `y` (n,).

    Its answers may be shares (n, classes), or one number (n, 1) that is the share of
    the second of two classes, or a value where there are no classes, or the examples
    themselves, as an autoencoder gives them. Where x are whole numbers (uint8), the
    model gets them from 0 to 1.
    """
    steps = testing(model, x, y, classes, LONG_STEP)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return counted(model, x, end.value)


def testing(
    model: keras.Model,
    x: np.ndarray,
    y: np.ndarray,
    classes: Sequence[str],
    step: float,
) -> Testing:
    """The same in steps of about so many seconds, between which others have a turn."""
    pace = _Pace(len(x), step)
    if x.ndim == 4 and model.output_shape[1:] == x.shape[1:]:
        return (yield from _rebuilt(model, x, pace))
    told = yield from _answers(model, x, pace)
    true = np.asarray(y) if told.shape[1] > 1 else np.asarray(y)[:, None]
    test = {**_measured(model, true, told), "loss": _loss(model, true, told)}
    if not classes:
        value = told[:, 0].astype(float)
        off = value - y
        test |= {"mae": float(np.abs(off).mean()), "mse": float(np.square(off).mean())}
        return answered.of_values(value, y, test)
    found = answered.of_classes(_shares(told), y, classes, test)
    right = float((found.told == found.true).mean())
    return replace(found, test=test | {"accuracy": right})


def counted(model: keras.Model, x: np.ndarray, answers: Answers) -> Report:
    """What the answers of a model to `x` amount to."""
    if answers.kind == REBUILT:
        return _report_of_rebuilt(model, x, answers)
    first = worst(answers)[:MOST_MISTAKES].tolist()
    rows = [mistake(answers, n) for n in first]
    known = (answers.test, rows, pictures(x, first), answers)
    if answers.kind != CLASSES:
        pairs = np.stack([answers.true, answers.told], axis=1)
        some = np.linspace(0, len(pairs) - 1, min(len(pairs), MOST_PAIRS)).astype(int)
        return Report(*known, pairs=pairs[some].tolist())
    table = confusion(answers.true, answers.told, len(answers.classes))
    return Report(
        *known,
        classes=list(answers.classes),
        confusion=table.tolist(),
        per_class=per_class(table),
    )


def mistake(answers: Answers, n: int) -> dict[str, Any]:
    """One of them as plain data."""
    true, told = answers.true[n].item(), answers.told[n].item()
    row = {"index": int(n), "true": true, "told": told}
    if answers.kind == CLASSES:
        return {**row, "share": float(answers.sure[n])}
    return {**row, "error": float(errors_of(answers)[n])}


class _Pace:
    """How many examples go at once, by how long the first ones took."""

    def __init__(self, count: int, seconds: float) -> None:
        self.count, self.seconds = count, seconds
        self.size = 1 if seconds < LONG_STEP else FEW
        self.batches, self.done = 0, 0

    def rows(self) -> Iterator[np.ndarray]:
        """The numbers of each batch's examples. The last one is filled up from the
        first examples, since another size would be compiled anew."""
        while self.done < self.count:
            rows = np.arange(self.done, self.done + self.size) % self.count
            self.done = min(self.count, self.done + self.size)
            yield rows

    def took(self, seconds: float) -> None:
        """A batch took so long; of each size the second one counts, as the first was
        compiled."""
        self.batches += 1
        if self.batches % 2 or self.batches > 4:
            return
        fitting = self.seconds * self.size / max(seconds, 1e-6)
        size = min(MANY, 2 ** int(np.log2(max(1.0, fitting))))
        if self.batches == 2 or size >= MORE * self.size:
            self.size = size


def _answers(
    model: keras.Model, x: np.ndarray, pace: _Pace
) -> Generator[tuple[int, int], None, np.ndarray]:
    """What the model gives for all of x."""
    parts = []
    for rows in pace.rows():
        began = perf_counter()
        parts.append(model.predict_on_batch(points(x[rows])))
        pace.took(perf_counter() - began)
        yield pace.done, pace.count
    return np.concatenate(parts)[: len(x)]


def _rebuilt(model: keras.Model, x: np.ndarray, pace: _Pace) -> Testing:
    """The answers of a tower that gives its pictures back."""
    errors, lost = np.zeros(len(x)), 0.0
    axes = tuple(range(1, x.ndim))
    for rows in pace.rows():
        began = perf_counter()
        filled = points(x[rows])
        new = pace.done - int(rows[0])
        given, came = filled[:new], model.predict_on_batch(filled)[:new]
        lost += _loss(model, given, came) * new / len(x)
        errors[rows[:new]] = np.square(given - came).mean(axis=axes)
        pace.took(perf_counter() - began)
        yield pace.done, pace.count
    return answered.of_rebuilt(errors, {"loss": lost})


def _report_of_rebuilt(model: keras.Model, x: np.ndarray, answers: Answers) -> Report:
    """Those it misses most, each with what came of it."""
    first = worst(answers)[:MOST_REBUILT]
    given = points(x[first])
    both = np.concatenate([given, model.predict_on_batch(given)], axis=2)
    rows = [{"index": int(n), "error": float(answers.errors[n])} for n in first]
    shown = pictures(both, range(len(first)))
    return Report(answers.test, rows, shown, answers)


def points(x: np.ndarray) -> np.ndarray:
    """Pictures as a tower gets them, their points from 0 to 1."""
    whole = x.dtype == np.uint8 and x.ndim == 4
    return x / np.float32(255) if whole else x


def _shares(answers: np.ndarray) -> np.ndarray:
    """A share for each class (n, classes); one number is that of a "yes".

    >>> _shares(np.array([[0.25]])).tolist()
    [[0.75, 0.25]]
    """
    if answers.shape[1] > 1:
        return answers
    return np.concatenate([1 - answers, answers], axis=1)


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


def pictures(x: np.ndarray, chosen: Sequence[int]) -> np.ndarray:
    """The chosen examples as pictures, uint8; none where they are no pictures."""
    if x.ndim != 4:
        return np.zeros((0, 1, 1, 1), "uint8")
    found = x[list(chosen)]
    if found.dtype == np.uint8:
        return found
    return np.round(found * 255).clip(0, 255).astype("uint8")
