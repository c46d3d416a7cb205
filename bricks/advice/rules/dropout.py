"""A Dropout before the answer of a tower with a large Dense."""

from collections.abc import Iterator, Sequence

from bricks.advice.rows import answering, answers_itself, complete, is_dropout
from bricks.advice.rule import Advice, Rule
from bricks.problem import Put, Repair
from bricks.tower import Tower
from bricks.walk import Stage, every
from bricks.words import N_, Text

NAME = "dropout"
LARGE = 100_000
"""Weights of a Dense that may learn the examples by heart."""


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """The last Dense, where a large one stands below and nothing is ever dropped."""
    if not complete(stages) or answers_itself(stages):
        return
    last = answering(stages)[-1:]
    hidden = [s for s in every(stages) if s.placed.kind == "Dense" and s not in last]
    large = max((stage.weights for stage in hidden), default=0)
    if large < LARGE or last[0].placed.kind != "Dense":
        return
    if not any(is_dropout(stage) for stage in every(stages)):
        said = Text(
            N_(
                "A Dense has {weights} weights, and no Dropout keeps it from "
                "learning by heart."
            ),
            {"weights": f"{large:,}"},
        )
        label = Text(N_("Put a Dropout under the last Dense"))
        repair = Repair(label, (Put("Dropout", {"rate": 0.5}),))
        yield Advice(NAME, last[0].placed.id, said, repair)


RULE = Rule(
    name=NAME,
    order=50,
    title=N_("Dropout before the answer"),
    why=N_(
        "A large Dense can learn the training examples by heart. When a random half of "
        "its answers is silenced while training, it can rely on no single one and does "
        "better on examples that it has never seen."
    ),
    source="Srivastava et al., Dropout (2014)",
    look=look,
)
