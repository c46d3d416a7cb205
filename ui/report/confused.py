"""A confusion matrix on paper: whole where it is small, else its worst pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_CLASSES = 20
"""A larger matrix could not be read on a page."""
MOST_COUNTED = 12
"""Classes up to which every cell has its number."""
MOST_PAIRS = 12


@dataclass(frozen=True)
class Cell:
    """How many, whether they are right, and how strong the colour is, 0 to 1."""

    count: int
    right: bool
    strength: float


def cells(table: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """The cells of a matrix (classes, classes); right ones and mistakes each have a
    scale of their own, or few mistakes could not be seen."""
    sides = range(len(table))
    right = max((table[n][n] for n in sides), default=0)
    wrong = max((table[a][b] for a in sides for b in sides if a != b), default=0)
    return [
        [
            Cell(count, a == b, count / (right if a == b else wrong) if count else 0.0)
            for b, count in enumerate(row)
        ]
        for a, row in enumerate(table)
    ]


def worst(
    table: Sequence[Sequence[int]], classes: Sequence[str], most: int = MOST_PAIRS
) -> list[tuple[str, str, int]]:
    """True class, predicted class and how often, the most frequent mistakes first.

    >>> worst([[5, 2], [1, 9]], ["cat", "dog"])
    [('cat', 'dog', 2), ('dog', 'cat', 1)]
    """
    found = [
        (classes[a], classes[b], count)
        for a, row in enumerate(table)
        for b, count in enumerate(row)
        if a != b and count
    ]
    return sorted(found, key=lambda one: -one[2])[:most]
