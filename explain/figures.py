"""What can be said of a model's answers, counted; numpy alone, for the page too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from explain.answers import CLASSES, REBUILT, Answers

BINS = 10
"""Of the reliability diagram, as in Guo et al. 2017, figure 1."""
MOST_POINTS = 200
"""Of a ROC curve: more can't be told apart on a page."""


def confusion(true: np.ndarray, told: np.ndarray, count: int) -> np.ndarray:
    """How often each true class (row) was told as each class (column); what was not
    told as any class is not counted.

    >>> confusion(np.array([0, 1, 1]), np.array([0, 0, 1]), 2).tolist()
    [[1, 0], [1, 1]]
    """
    table = np.zeros((count, count), dtype=int)
    answered = told >= 0
    np.add.at(table, (true[answered], told[answered]), 1)
    return table


def support(true: np.ndarray, count: int) -> np.ndarray:
    """How many examples (count,) there are of each class, answered or not.

    >>> support(np.array([0, 2, 2]), 3).tolist()
    [1, 0, 2]
    """
    return np.bincount(true, minlength=count)


def per_class(
    table: np.ndarray, support: np.ndarray | None = None
) -> list[dict[str, float]]:
    """Precision, recall, F1 and support of each class; 0 where none is there.

    `support` (classes,) counts the examples that are not in the table, too: what was
    not answered was not found.

    >>> per_class(np.array([[1, 0], [1, 1]]))[0]
    {'precision': 0.5, 'recall': 1.0, 'f1': 0.6666666666666666, 'support': 1}
    """
    hits, told = table.diagonal(), table.sum(axis=0)
    support = table.sum(axis=1) if support is None else support
    return [
        {
            "precision": _share(hit, said),
            "recall": _share(hit, there),
            "f1": _share(2 * hit, said + there),
            "support": int(there),
        }
        for hit, said, there in zip(hits, told, support, strict=True)
    ]


def _share(part: int, whole: int) -> float:
    return float(part / whole) if whole else 0.0


def macro(rows: list[dict[str, float]]) -> dict[str, float]:
    """The plain mean over the classes of which there are examples.

    >>> macro(per_class(np.array([[1, 0], [1, 1]])))["recall"]
    0.75
    """
    there = [row for row in rows if row["support"]]
    names = ("precision", "recall", "f1")
    return {name: float(np.mean([row[name] for row in there] or [0])) for name in names}


def most_confused(table: np.ndarray, most: int) -> list[tuple[int, int, int]]:
    """The greatest cells beside the diagonal: true, told, count.

    >>> most_confused(np.array([[5, 2, 0], [1, 4, 0], [0, 3, 6]]), 2)
    [(2, 1, 3), (0, 1, 2)]
    """
    wrong = table.copy()
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong, axis=None, kind="stable")[:most]
    cells = zip(*np.unravel_index(order, wrong.shape), strict=True)
    found = [(int(true), int(told), int(wrong[true, told])) for true, told in cells]
    return [cell for cell in found if cell[2]]


def worst(answers: Answers) -> np.ndarray:
    """The numbers of the examples that were answered wrong, the surest first; of
    values and of what is given back all of them, the greatest error first."""
    if answers.kind == CLASSES:
        wrong = np.flatnonzero(answers.told != answers.true)
        return wrong[np.argsort(-answers.sure[wrong], kind="stable")]
    errors = errors_of(answers)
    return np.argsort(-np.where(np.isfinite(errors), errors, np.inf), kind="stable")


def errors_of(answers: Answers) -> np.ndarray:
    """How far off each answer (n,) is: of values without a sign, of what is given back
    the mean square."""
    if answers.kind == REBUILT:
        return answers.errors
    return np.abs(answers.told - answers.true)


def alike(answers: Answers, n: int) -> np.ndarray:
    """Examples like this one, the most alike first, itself not among them.

    Of classes: others of the same true class, in the order of the share that they gave
    to what this one was told as. Of values: near in what is true and in the error.
    """
    if answers.kind == CLASSES:
        same = np.flatnonzero(answers.true == answers.true[n])
        far = -answers.share_of(max(0, int(answers.told[n])))[same]
    elif answers.kind == REBUILT:
        same = np.arange(len(answers))
        far = np.abs(answers.errors - answers.errors[n])
    else:
        same = np.arange(len(answers))
        off = answers.told - answers.true
        spread = max(float(np.std(answers.true)), 1e-12)
        near = np.abs(answers.true - answers.true[n])
        far = (near + np.abs(off - off[n])) / spread
    order = same[np.argsort(far, kind="stable")]
    return order[order != n]


@dataclass(frozen=True)
class Roc:
    """The curve of a yes-or-no test: for each threshold the share of "no" that is
    taken for "yes", and the share of "yes" that is found."""

    false: list[float]
    found: list[float]
    thresholds: list[float | None]
    """From above which share on it says "yes"; None where it never does."""
    area: float


def roc(is_yes: np.ndarray, share: np.ndarray) -> Roc | None:
    """The ROC curve and the area below it (Fawcett 2006, "An introduction to ROC
    analysis"); None where all examples are of one kind.

    >>> roc(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8])).area
    0.75
    """
    yes, no = int(is_yes.sum()), int(len(is_yes) - is_yes.sum())
    if not yes or not no:
        return None
    order = np.argsort(-share, kind="stable")
    ranked, hits = share[order], np.cumsum(is_yes[order].astype(float))
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)  # ties as one
    found = np.append(0, hits[last] / yes)
    false = np.append(0, (last + 1 - hits[last]) / no)
    area = float(np.sum(np.diff(false) * (found[1:] + found[:-1]) / 2))
    some = np.linspace(0, len(found) - 1, min(len(found), MOST_POINTS)).astype(int)
    thresholds = [None, *ranked[last].tolist()]
    return Roc(
        false[some].tolist(), found[some].tolist(), [thresholds[n] for n in some], area
    )


@dataclass(frozen=True)
class Reliability:
    """How often a model is right where it is so sure; `bins` holds low, high, count,
    mean of how sure it was, and the share that was right."""

    bins: list[tuple[float, float, int, float, float]]
    error: float
    """The expected calibration error: the mean gap between sure and right."""


def reliability(sure: np.ndarray, right: np.ndarray, bins: int = BINS) -> Reliability:
    """The reliability diagram and its error, after Guo et al. 2017, "On Calibration of
    Modern Neural Networks"; `sure` (n,) from 0 to 1, `right` (n,) booleans.

    >>> found = reliability(np.array([0.95, 0.92, 0.55]), np.array([1, 0, 1]) > 0)
    >>> [(low, high, count) for low, high, count, *_ in found.bins if count]
    [(0.5, 0.6, 1), (0.9, 1.0, 2)]
    >>> round(found.error, 4)
    0.44
    """
    at = np.clip(np.ceil(sure * bins).astype(int) - 1, 0, bins - 1)
    counts = np.bincount(at, minlength=bins)
    means = np.bincount(at, sure, bins) / np.maximum(counts, 1)
    rights = np.bincount(at, right.astype(float), bins) / np.maximum(counts, 1)
    gaps = np.abs(means - rights) * counts
    rows = [
        (n / bins, (n + 1) / bins, int(counts[n]), float(means[n]), float(rights[n]))
        for n in range(bins)
    ]
    return Reliability(rows, float(gaps.sum() / max(1, len(sure))))


def histogram(values: np.ndarray, bins: int = 25) -> dict[str, list[Any]]:
    """Counts between edges, of the values that are numbers.

    >>> histogram(np.array([0.0, 0.5, 2.0]), bins=2)
    {'edges': [0.0, 1.0, 2.0], 'counts': [2, 1]}
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return {"edges": [], "counts": []}
    counts, edges = np.histogram(known, bins, _ends(known))
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def _ends(values: np.ndarray) -> tuple[float, float]:
    """The least and the greatest, with room between them where they are the same."""
    least, most = float(values.min()), float(values.max())
    size = max(abs(least), abs(most))
    if most - least > 1e-9 * size:
        return least, most
    return least - (size / 10 or 0.5), most + (size / 10 or 0.5)


def explained(true: np.ndarray, told: np.ndarray) -> float | None:
    """R²: the share of the spread that the answers explain; None where all true values
    are the same.

    >>> explained(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    1.0
    """
    spread = float(np.square(true - true.mean()).sum())
    return 1 - float(np.square(told - true).sum()) / spread if spread else None
