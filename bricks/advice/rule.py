"""What a rule is, and what it says of a brick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bricks.problem import Repair
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import Text


@dataclass(frozen=True)
class Advice:
    """What a rule says of the brick `id`, and what one click does about it."""

    rule: str
    id: str
    said: Text
    repair: Repair | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One piece of experience: what it advises, why, and who says so.

    `look(tower, stages)` gives advice for each brick that it concerns; rules with a
    small `order` come first.
    """

    name: str
    title: str
    why: str
    source: str
    look: Callable[[Tower, Sequence[Stage]], Iterator[Advice]]
    order: int = 50
