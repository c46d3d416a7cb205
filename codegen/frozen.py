"""How much of a tower can be worked out once: features that a shut base gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bricks.brick import Base, Shape
from bricks.catalog import catalog
from bricks.project import Project
from bricks.tower import BRANCHING, TOP
from bricks.walk import Stage, label_brick
from bricks.words import N_, Text
from codegen.layer import hollow

CHANCE = {"augmentation", "regularization"}
"""Families whose bricks give something else each time while the tower trains."""
STEADY = {"Resizing"}
"""Of these families, what gives the same each time."""

ONCE = N_(
    "The padlock is shut, so what {base} gives is worked out once and kept: from the "
    "second epoch on only the bricks on it cost time."
)
ONCE_AT_FIRST = N_(
    "For the first {count} epochs what {base} gives is worked out once and kept; after "
    "them it runs in every epoch."
)
CHANGES = N_(
    "{kind} below {base} changes the examples every time, so {base} runs in every "
    "epoch, which takes most of its time. Without it an epoch would take a moment."
)
LEARNS = N_(
    "{kind} below {base} learns, so {base} runs in every epoch, which takes most of "
    "its time. Without it an epoch would take a moment."
)
OPEN = N_(
    "The padlock of {base} is open, so it runs and learns in every epoch, which takes "
    "most of its time."
)
BRANCHES = N_(
    "The tower has a {kind}, so {base} runs in every epoch: what it gives is worked "
    "out once only where every brick stands on the one below."
)
ITSELF = N_(
    "The answer is the picture itself, so {base} runs in every epoch: its features "
    "alone would not do."
)
NOTHING_LEARNS = N_(
    "No brick on {base} has weights to train: put a Dense on it, or open the padlock."
)


@dataclass(frozen=True)
class Split:
    """Where a printed model comes apart: its first `layers` can be worked out once;
    they get examples of one shape and give features of the other."""

    layers: int
    gets: Shape
    gives: Shape


def split(project: Project, stages: Sequence[Stage]) -> Split | None:
    """Where the model of this tower comes apart; None where nothing of it can be worked
    out once."""
    high = floor(project, stages)
    if not high:
        return None
    below = stages[1 : high + 1]
    layers = sum(not hollow(stage.placed) for stage in below)
    return Split(layers, stages[0].gives or (), below[-1].gives or ())


def in_two_steps(project: Project, stages: Sequence[Stage]) -> bool:
    """Whether there is a base that is to stay shut for the first epochs."""
    inside = (part for stage in _layers(stages) for part in stage)
    return project.training.frozen_epochs > 0 and any(map(is_base, inside))


def floor(project: Project, stages: Sequence[Stage]) -> int:
    """How many bricks, from the ground up, can be worked out once before the training.

    They reach from the data up through a base that is shut, or stays shut for the first
    epochs, to the last one that has nothing to learn and leaves nothing to chance; 0
    where there is no such base, or where nothing on it learns.
    """
    return reached(stages, shut=project.training.frozen_epochs > 0)


def reached(stages: Sequence[Stage], shut: bool = False) -> int:
    """The same of a walked tower; `shut` counts every base as one that is."""
    layers = _layers(stages)
    unfit = any(stage.problem for stage in stages)
    if unfit or _branching(layers) or label_brick(stages[0].placed).itself:
        return 0
    high = _high(layers, shut)
    bases = any(is_base(stage) for stage in layers[:high])
    learns = any(_learns(stage, shut) for stage in layers[high:])
    return high if bases and learns else 0


def told(project: Project, stages: Sequence[Stage]) -> Text | None:
    """Whether the features of the tower's base are worked out once, or why not and what
    that costs; None where it has no base."""
    layers = _layers(stages)
    inside = [part for stage in layers for part in stage]
    base = next((stage for stage in inside if is_base(stage)), None)
    if base is None:
        return None
    named = {"base": base.placed.settings.get("title") or base.placed.kind}
    epochs = project.training.frozen_epochs
    if floor(project, stages):
        said = ONCE_AT_FIRST if epochs else ONCE
        return Text(said, {**named, **({"count": epochs} if epochs else {})})
    branching = _branching(layers)
    if branching:
        return Text(BRANCHES, {**named, "kind": branching.placed.kind})
    if label_brick(project.tower.data).itself:
        return Text(ITSELF, named)
    return _why_not(layers, base, epochs > 0, named)


def _why_not(
    layers: Sequence[Stage], base: Stage, shut: bool, named: dict[str, str]
) -> Text:
    """What keeps the features of a tower in a line from being worked out once."""
    high = _high(layers, shut)
    at = next(n for n, stage in enumerate(layers) if base in stage)
    if high > at:
        return Text(NOTHING_LEARNS, named)
    if _learns(base, shut):
        return Text(OPEN, named)
    hindering = layers[high]
    said = LEARNS if _learns(hindering, shut) else CHANGES
    return Text(said, {**named, "kind": hindering.placed.kind})


def is_base(stage: Stage) -> bool:
    """Whether this is a pretrained base."""
    return isinstance(catalog().get(stage.placed.kind), Base)


def is_shut(stage: Stage) -> bool:
    """Whether none of a base's weights is trained."""
    brick = catalog()[stage.placed.kind]
    assert isinstance(brick, Base)
    settings = brick.full(stage.placed.settings)
    frozen = settings["frozen"]
    if isinstance(frozen, bool):
        return frozen
    return bool(frozen >= len(brick.names(settings)))


def _layers(stages: Sequence[Stage]) -> list[Stage]:
    """The bricks between data and label."""
    return [stage for stage in stages[1:] if stage.placed.id != TOP]


def _branching(layers: Iterable[Stage]) -> Stage | None:
    every = (part for stage in layers for part in stage)
    return next((part for part in every if part.placed.kind in BRANCHING), None)


def _high(layers: Sequence[Stage], shut: bool) -> int:
    """How many of them, from the ground up, give the same in every epoch."""
    for n, stage in enumerate(layers):
        if stage.gives is None or _learns(stage, shut) or _by_chance(stage):
            return n
    return len(layers)


def _learns(stage: Stage, shut: bool) -> bool:
    """Whether training changes weights of this brick, or of one inside."""
    if is_base(stage):
        return not (shut or is_shut(stage))
    # BatchNormalization without scale and offset still moves its mean and variance.
    return stage.weights > 0


def _by_chance(stage: Stage) -> bool:
    kinds = {part.placed.kind for part in stage} - STEADY
    found = (catalog().get(kind) for kind in kinds)
    return any(brick is None or brick.family in CHANCE for brick in found)
