"""Single test examples of a run: the mistakes, those of a cell, those like another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from explain import figures
from explain.answers import CLASSES, REBUILT, Answers

MOST_ROWS = 100
"""In one answer to the page."""
MOST_SHARES = 10
"""Of one example: the greatest."""

Numbers = np.ndarray
Asked = tuple[float, ...]


def _surest_first(answers: Answers, numbers: Numbers) -> Numbers:
    return numbers[np.argsort(-answers.sure[numbers], kind="stable")]


def _worst(answers: Answers, asked: Asked) -> Numbers:
    return figures.worst(answers)


def _cell(answers: Answers, asked: Asked) -> Numbers:
    true, told = asked
    found = np.flatnonzero((answers.true == true) & (answers.told == told))
    return _surest_first(answers, found)


def _missed(answers: Answers, asked: Asked) -> Numbers:
    """Of a class that were told as others."""
    (true,) = asked
    wrong = (answers.true == true) & (answers.told != true)
    return _surest_first(answers, np.flatnonzero(wrong))


def _taken(answers: Answers, asked: Asked) -> Numbers:
    """Of others that were told as this class."""
    (told,) = asked
    wrong = (answers.told == told) & (answers.true != told)
    return _surest_first(answers, np.flatnonzero(wrong))


def _sure(answers: Answers, asked: Asked) -> Numbers:
    """How sure it was lies between these two shares; what was wrong comes first."""
    low, high = asked
    there = (answers.sure > low) & (answers.sure <= high)
    found = np.flatnonzero(there & (answers.told >= 0))
    right = answers.told[found] == answers.true[found]
    return found[np.lexsort((-answers.sure[found], right))]


def _alike(answers: Answers, asked: Asked) -> Numbers:
    n = int(asked[0])
    return figures.alike(answers, n) if 0 <= n < len(answers) else np.zeros(0, int)


def _off(answers: Answers, asked: Asked) -> Numbers:
    """Values told too high by between these two; for what is given back, the error."""
    low, high = asked
    rebuilt = answers.kind == REBUILT
    off = answers.errors if rebuilt else answers.told - answers.true
    found = np.flatnonzero((off >= low) & (off <= high))
    return found[np.argsort(-np.abs(off[found]), kind="stable")]


def _one(answers: Answers, asked: Asked) -> Numbers:
    n = int(asked[0])
    return np.array([n] if 0 <= n < len(answers) else [], int)


_CHOICES: dict[str, tuple[int, bool, Callable[[Answers, Asked], Numbers]]] = {
    "worst": (0, False, _worst),
    "cell": (2, True, _cell),
    "missed": (1, True, _missed),
    "taken": (1, True, _taken),
    "sure": (2, True, _sure),
    "alike": (1, False, _alike),
    "off": (2, False, _off),
    "one": (1, False, _one),
}
"""Name -> how many numbers it asks with, whether it is of classes only, and which."""


def chosen(answers: Answers, of: str, asked: Asked) -> Numbers | None:
    """The numbers of the examples that are asked for, in order; None where the question
    makes no sense.

    `of` is worst, cell (true, told), missed (class), taken (class), sure (low, high),
    alike (number), off (low, high) or one (number).
    """
    wanted, of_classes, choose = _CHOICES.get(of, (-1, False, _worst))
    if wanted != len(asked) or (of_classes and answers.kind != CLASSES):
        return None
    return choose(answers, asked)


def example(answers: Answers, n: int) -> dict[str, Any]:
    """One example with what was told of it."""
    row: dict[str, Any] = {"index": n}
    if len(answers.keys):
        row["key"] = answers.keys[n].decode()
    if answers.kind == REBUILT:
        return {**row, "error": float(answers.errors[n])}
    row |= {"true": answers.true[n].item(), "told": answers.told[n].item()}
    if answers.kind != CLASSES:
        return {**row, "error": float(answers.told[n] - answers.true[n])}
    shares = list(answers.shares_of(n).items())[:MOST_SHARES]
    return {**row, "share": float(answers.sure[n]), "shares": shares}
