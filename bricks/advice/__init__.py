"""Advice: what experience says about a tower that holds. It never blocks.

Each file of `rules` is one rule, found by looking there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules

from bricks.advice import rules as folder
from bricks.advice.rule import Advice, Rule
from bricks.edit import repaired
from bricks.tower import Tower
from bricks.training import Training
from bricks.walk import Stage, every, walk

MOST = 5
"""Pieces of advice at once."""
MOST_OF_A_RULE = 2
_USUAL = Training()


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name, the most useful first."""
    names = (module.name for module in iter_modules(folder.__path__))
    found = [import_module(f"{folder.__name__}.{name}").RULE for name in names]
    return {rule.name: rule for rule in sorted(found, key=lambda r: (r.order, r.name))}


def advice(
    tower: Tower,
    stages: Sequence[Stage],
    silenced: frozenset[str] = frozenset(),
    training: Training = _USUAL,
) -> list[Advice]:
    """The most useful pieces of advice; none of a rule that is `silenced`."""
    heard = (rule for rule in rules().values() if rule.name not in silenced)
    return list(islice(_sound(tower, stages, training, heard), MOST))


def advised(
    tower: Tower,
    stages: Sequence[Stage],
    rule: str,
    id: str,
    training: Training = _USUAL,
) -> Advice | None:
    """What this rule advises at this brick; None where it no longer does."""
    known = [rules()[rule]] if rule in rules() else []
    found = _sound(tower, stages, training, known)
    return next((one for one in found if one.id == id), None)


def _sound(
    tower: Tower,
    stages: Sequence[Stage],
    training: Training,
    heard: Iterable[Rule],
) -> Iterator[Advice]:
    """The advice of rules where the brick has no problem and the repair makes none."""
    troubled = {stage.placed.id for stage in every(stages) if stage.problem}
    for rule in heard:
        found = rule.found(tower, stages, training)
        at_fault = (one for one in found if one.id not in troubled)
        kept = (one for one in at_fault if _holds_after(tower, one, len(troubled)))
        yield from islice(kept, MOST_OF_A_RULE)


def _holds_after(tower: Tower, one: Advice, before: int) -> bool:
    """Whether the tower has no more problems after the repair than it had before."""
    if one.repair is None:
        return True
    after = every(walk(repaired(tower, one.id, one.repair)))
    return sum(stage.problem is not None for stage in after) <= before
