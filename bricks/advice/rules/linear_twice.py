"""Two layers without a function between them are one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bricks.advice.rows import CONVOLUTIONS, LINEAR, Row, bound, brick, rows, setting
from bricks.advice.rule import Advice, Rule
from bricks.problem import Repair, Set
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "linear_twice"
KINDS = ("Dense", *CONVOLUTIONS)


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every layer without a function on which another of its kind stands."""
    for row in rows(stages):
        for lower, upper in _pairs(row):
            if _linear(lower) and not _narrow(lower, upper):
                said = N_("Two {kind} stand on each other without a function between.")
                yield Advice(
                    NAME,
                    lower.placed.id,
                    Text(said, {"kind": lower.placed.kind}),
                    Repair(Text(N_("Give the lower one relu")), (_RELU,)),
                )


_RELU = Set("activation", "relu")


def _pairs(row: Row) -> Iterator[tuple[Stage, Stage]]:
    """Layers of one kind next to each other, but for Dropout and the like."""
    layers = [s for s in row.stages if brick(s).family != "regularization"]
    for lower, upper in pairwise(layers):
        if lower.placed.kind == upper.placed.kind and lower.placed.kind in KINDS:
            yield lower, upper


def _linear(stage: Stage) -> bool:
    return setting(stage, "activation") in LINEAR and not bound(stage, "activation")


def _narrow(lower: Stage, upper: Stage) -> bool:
    """Whether it is a narrow place, made on purpose to say things in few numbers."""
    below, middle, above = (
        shape[-1] if shape else 0 for shape in (lower.gets, lower.gives, upper.gives)
    )
    return middle < min(below, above)


RULE = Rule(
    name=NAME,
    order=14,
    title=N_("A function between two layers"),
    why=N_(
        "Weighing and adding twice is weighing and adding once: without a function "
        "such as relu between them, two layers can do no more than one."
    ),
    source="Goodfellow, Bengio & Courville, Deep Learning (2016), 6.1",
    look=look,
)
