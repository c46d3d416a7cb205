"""A Flatten that makes the next Dense huge."""

from collections.abc import Iterator, Sequence
from math import prod

from bricks.advice.rows import Row, rows
from bricks.advice.rule import Advice, Rule
from bricks.problem import Put, Remove, Repair
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "flatten_wide"
MANY = 1_000_000
CHANNELS = 16  # with fewer, the means of the channels say too little


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every Flatten of a map below a Dense with more than a million weights."""
    for row in rows(stages):
        for at, stage in enumerate(row.stages):
            weights = _next_weights(row, at)
            if stage.placed.kind == "Flatten" and _is_map(stage) and weights > MANY:
                told = {"weights": f"{weights:,}"}
                said = Text(
                    N_("The Dense on this Flatten has {weights} weights."), told
                )
                yield Advice(NAME, stage.placed.id, said, _REPAIR)


_REPAIR = Repair(
    Text(N_("Try GlobalAveragePooling2D in its place")),
    (Put("GlobalAveragePooling2D"), Remove()),
)


def _next_weights(row: Row, at: int) -> int:
    """The weights of the Dense that comes next, or 0."""
    heavy = (stage for stage in row.stages[at + 1 :] if stage.weights)
    first = next(heavy, None)
    return first.weights if first and first.placed.kind == "Dense" else 0


def _is_map(stage: Stage) -> bool:
    gets = stage.gets or ()
    return len(gets) == 3 and prod(gets[:2]) > 1 and gets[2] >= CHANNELS


RULE = Rule(
    name=NAME,
    order=30,
    title=N_("Fewer weights than a Flatten asks for"),
    why=N_(
        "Flatten gives every place of every channel a weight of its own in the next "
        "Dense. The mean of each channel often says as much, with a fraction of the "
        "weights, and learns less by heart."
    ),
    source="Lin, Chen & Yan, Network In Network (2014)",
    look=look,
)
