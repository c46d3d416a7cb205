"""How many examples go through a model at once, where others wait for a turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import numpy as np

STEP = 0.05
"""Seconds that a step may take: a pen that draws waits for an answer meanwhile."""


class Pace:
    """The `size` of the next step, at most `most` examples, by how long the last took;
    `step` is how many seconds one may take.

    The first example goes alone: nothing else tells how much work it is here.
    """

    def __init__(self, most: int, step: float = STEP) -> None:
        self.most, self.step = max(1, most), step
        self.size = 1

    @contextmanager
    def timed(self, count: int) -> Iterator[None]:
        """A step with so many examples."""
        began = perf_counter()
        yield
        self.took(count, perf_counter() - began)

    def took(self, count: int, seconds: float) -> None:
        """So many examples took so long. Sizes are powers of two: each new one may be
        compiled anew.

        >>> pace = Pace(16)
        >>> pace.took(1, 0.006)
        >>> pace.size
        8
        """
        fitting = max(1.0, self.step * count / max(seconds, 1e-6))
        self.size = min(self.most, 2 ** int(np.log2(fitting)))
