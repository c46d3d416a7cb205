"""Hidden layers of a deep tower do better with relu than with sigmoid or tanh."""

from collections.abc import Iterator, Sequence

from bricks.advice.rows import activation, answer_ids, rows
from bricks.advice.rule import Advice, Rule
from bricks.problem import Repair, Set
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "saturating"
FLAT_AT_ITS_ENDS = ("sigmoid", "hard_sigmoid", "tanh", "softsign")
DEEP = 2
"""Hidden layers with such a function before anything is said."""


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """The lowest of several; the repair is for all of them."""
    answer = answer_ids(stages)
    found = [
        stage
        for row in rows(stages)
        if not row.gate
        for stage in row.stages
        if activation(stage) in FLAT_AT_ITS_ENDS and stage.placed.id not in answer
    ]
    if len(found) < DEEP:
        return
    told = {"count": len(found), "name": activation(found[0])}
    said = Text(N_("{count} hidden layers end with {name} or the like."), told)
    edits = tuple(Set("activation", "relu", at=stage.placed.id) for stage in found)
    label = Text(N_("Take relu in all of them"))
    yield Advice(NAME, found[0].placed.id, said, Repair(label, edits))


RULE = Rule(
    name=NAME,
    order=25,
    title=N_("relu in hidden layers"),
    why=N_(
        "sigmoid and tanh are nearly flat for large numbers, and the signal that "
        "teaches the lower layers shrinks at each of them (the vanishing gradient). "
        "relu lets it through."
    ),
    source="Glorot & Bengio, Understanding the difficulty of training deep "
    "feedforward neural networks (2010)",
    look=look,
)
