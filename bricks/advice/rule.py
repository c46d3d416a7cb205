"""What a rule is, and what it says of a brick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bricks.problem import Repair
from bricks.tower import Tower
from bricks.training import Training
from bricks.walk import Stage
from bricks.words import Text


@dataclass(frozen=True)
class Advice:
    """What a rule says of the brick `id`, and what one click does about it: to the
    tower by the `repair`, or to the settings of the `training`."""

    rule: str
    id: str
    said: Text
    repair: Repair | None
    training: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One piece of experience: what it advises, why, and who says so.

    `look(tower, stages)` gives advice for each brick that it concerns; where the rule
    is `of_training`, it is `look(tower, stages, training)`. Rules with a small `order`
    come first.
    """

    name: str
    title: str
    why: str
    source: str
    look: Callable[..., Iterator[Advice]]
    of_training: bool = False
    order: int = 50

    def found(
        self, tower: Tower, stages: Sequence[Stage], training: Training
    ) -> Iterator[Advice]:
        """The advice of this rule for a tower, and for how it is trained."""
        more = (training,) if self.of_training else ()
        return self.look(tower, stages, *more)
