"""The lists of bricks that rules look along, and questions that they ask of a brick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from bricks.brick import Brick, Label
from bricks.catalog import catalog
from bricks.tower import Ref
from bricks.walk import Stage

CONVOLUTIONS = ("Conv1D", "Conv2D", "SeparableConv1D", "SeparableConv2D")
SHAPES_ONLY = ("Flatten", "Reshape", "Permute")  # numbers in another order
LINEAR = (None, "linear")


@dataclass(frozen=True)
class Row:
    """Bricks on top of each other, as far up as they fit.

    `gate` where what they give is multiplied with something else, as a share is.
    """

    stages: tuple[Stage, ...]
    gate: bool = False


def rows(stages: Iterable[Stage], gate: bool = False) -> Iterator[Row]:
    """The tower from the data up, then the rows inside of its containers."""
    known = takewhile(lambda stage: stage.gives is not None, stages)
    row = tuple(stage for stage in known if not is_label(stage))
    yield Row(row, gate)
    for stage in row:
        for inner in stage.inner:
            gates = gate or setting(stage, "merge") == "multiply"
            yield from rows(inner, gates)


def brick(stage: Stage) -> Brick:
    """The catalogue's entry of a stage that has one."""
    return catalog()[stage.placed.kind]


def is_label(stage: Stage) -> bool:
    """Whether it is the label brick's stage."""
    return isinstance(catalog().get(stage.placed.kind), Label)


def is_dropout(stage: Stage) -> bool:
    """Whether it silences some numbers while training."""
    return "Dropout" in stage.placed.kind


def answers_itself(stages: Sequence[Stage]) -> bool:
    """Whether the tower must answer with its own example: an autoencoder."""
    label = catalog().get(stages[-1].placed.kind)
    return isinstance(label, Label) and label.itself


def complete(stages: Sequence[Stage]) -> bool:
    """Whether the tower reaches its label, and gives what that wants."""
    return is_label(stages[-1]) and stages[-1].gives is not None


def setting(stage: Stage, name: str) -> Any:
    """A setting's value; None too where the brick has none or follows a parameter."""
    value = brick(stage).full(stage.placed.settings).get(name)
    return None if isinstance(value, Ref) else value


def bound(stage: Stage, name: str) -> bool:
    """Whether a setting follows a Block's parameter."""
    return isinstance(stage.placed.settings.get(name), Ref)


def activation(stage: Stage) -> str | None:
    """The function that a layer sends its numbers through, as far as it is known."""
    entry = brick(stage)
    if entry.family == "recurrent" or "activation" not in entry.by_name:
        return None
    found = setting(stage, "activation")
    return None if found in LINEAR else found


def answering(stages: Sequence[Stage]) -> list[Stage]:
    """The bricks that make the answer, from the top down to one that computes it."""
    found: list[Stage] = []
    for stage in reversed(stages[1:]):
        if is_label(stage):
            continue
        if stage.placed.kind not in catalog():
            break
        found.append(stage)
        passes = brick(stage).family in ("activation", "regularization")
        if not passes and stage.placed.kind not in SHAPES_ONLY:
            break
    return found


def answer_ids(stages: Sequence[Stage]) -> set[str]:
    """The ids of those bricks, and of all inside of them."""
    return {part.placed.id for stage in answering(stages) for part in stage}
