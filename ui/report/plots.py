"""Curves and clouds of points as places on paper: what a page and a PDF both draw."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.figures import figure

Point = tuple[float, float]
LEFT, BOTTOM, TOP, RIGHT = 34.0, 16.0, 4.0, 6.0
"""Room for the figures at the axes, in points."""
MOST_TICKS = 5
MOST_POINTS = 600


@dataclass(frozen=True)
class Curve:
    """A figure by epoch, on training and on validation examples; None where it was no
    number."""

    title: str
    is_share: bool
    training: Sequence[tuple[float, float | None]]
    validation: Sequence[tuple[float, float | None]]


@dataclass(frozen=True)
class Plot:
    """Places in a box (width, height), from its upper left corner."""

    width: float
    height: float
    across: list[tuple[float, str]]
    """x of each mark, with its figure."""
    up: list[tuple[float, str]]
    """y of each mark, with its figure."""
    lines: list[list[Point]]
    """Training and validation of a curve; the points of a cloud."""

    @property
    def inside(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is drawn in."""
        return LEFT, TOP, self.width - RIGHT, self.height - BOTTOM


def curve(one: Curve, width: float, height: float) -> Plot:
    """A curve's two lines; what is no number is left out."""
    lines = [_known(one.training), _known(one.validation)]
    both = [point for line in lines for point in line]
    last = max((x for x, _y in both), default=2.0)
    values = [y for _x, y in both] or [0.0, 1.0]
    places = Places((1.0, max(2.0, last)), (min(values), max(values)), width, height)
    return places.plot(lines, whole=True, is_share=one.is_share)


def cloud(pairs: Sequence[Sequence[float]], width: float, height: float) -> Plot:
    """Pairs (true, told) on one scale for both; first the line where they agree."""
    points = _known((pair[0], pair[1]) for pair in pairs)[:MOST_POINTS]
    values = [value for point in points for value in point] or [0.0, 1.0]
    span = min(values), max(values)
    places = Places(span, span, width, height)
    right = [(places.across[0], places.across[0]), (places.across[1], places.across[1])]
    return places.plot([right, points], whole=False, is_share=False)


class Places:
    """From values to places in a box; each axis reaches to whole marks."""

    def __init__(
        self,
        across: tuple[float, float],
        up: tuple[float, float],
        width: float,
        height: float,
    ) -> None:
        self.width, self.height = width, height
        self.up_marks = marks(*up)
        self.up = self.up_marks[0], self.up_marks[-1]
        self.across = across if across != up else self.up

    def plot(self, lines: list[list[Point]], whole: bool, is_share: bool) -> Plot:
        """The lines placed; `whole` marks only whole numbers across."""
        low, high = self.across
        steps = marks(low, high)
        steps = [n for n in steps if low <= n <= high and (not whole or n == int(n))]
        return Plot(
            self.width,
            self.height,
            [(self._x(n), figure(n)) for n in steps],
            [(self._y(n), _mark(n, is_share)) for n in self.up_marks],
            [[(self._x(x), self._y(y)) for x, y in line] for line in lines],
        )

    def _x(self, value: float) -> float:
        low, high = self.across
        return LEFT + (value - low) / (high - low) * (self.width - LEFT - RIGHT)

    def _y(self, value: float) -> float:
        low, high = self.up
        room = self.height - TOP - BOTTOM
        return self.height - BOTTOM - (value - low) / (high - low) * room


def marks(low: float, high: float) -> list[float]:
    """Round values from at most `low` to at least `high`.

    >>> marks(0.62, 0.97), marks(1, 12)
    ([0.6, 0.7, 0.8, 0.9, 1.0], [0.0, 5.0, 10.0, 15.0])
    """
    if not high > low:
        low, high = low - max(1.0, abs(low)) / 2, high + max(1.0, abs(high)) / 2
    rough = (high - low) / MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{n * step:.10g}") for n in range(first, last + 1)]


def _mark(value: float, is_share: bool) -> str:
    return f"{100 * value:.4g} %" if is_share else figure(value)


def _known(points: Iterable[tuple[float, float | None]]) -> list[Point]:
    return [(x, y) for x, y in points if y is not None and math.isfinite(y)]
