"""How much of the code is worked out: steps, not seconds, so that a machine's pace
changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from codegen.read.values import Row

MOST_STEPS = 100_000
OF_A_CALL = 20  # steps: a call of a function binds its parameters anew
OF_A_BRICK = 10
MOST_ROUNDS = 2_000  # of one loop
MOST_CALLS = 30  # calls in calls


class TooLong(Exception):
    """The code has taken its budget; what was read until then stays."""


@dataclass
class Budget:
    """Steps left, and how many calls of the code's functions are under way."""

    steps: int = MOST_STEPS
    calls: int = 0

    def take(self, steps: int = 1) -> None:
        """Count steps, one for each node and each item of a list."""
        self.steps -= steps
        if self.steps < 0:
            raise TooLong

    def pay(self, value: Any) -> Any:
        """The value, its items counted, so that memory is bounded with the steps; the
        layers of a model are counted when it is made."""
        if isinstance(value, Row):
            return value
        if isinstance(value, list | tuple | dict):
            self.take(len(value))
        elif isinstance(value, str):
            self.take(len(value) // 50)
        return value
