"""softmax is for the answer, not for hidden layers."""

from collections.abc import Iterator, Sequence

from bricks.advice.rows import activation, answer_ids, rows
from bricks.advice.rule import Advice, Rule
from bricks.problem import Repair, Set
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "softmax_inside"


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every softmax below the answer, but for shares that something is taken by."""
    answer = answer_ids(stages)
    for row in rows(stages):
        for stage in () if row.gate else row.stages:
            if activation(stage) == "softmax" and stage.placed.id not in answer:
                said = N_("This hidden {kind} ends with softmax.")
                yield Advice(
                    NAME,
                    stage.placed.id,
                    Text(said, {"kind": stage.placed.kind}),
                    Repair(Text(N_("Take relu here")), (Set("activation", "relu"),)),
                )


RULE = Rule(
    name=NAME,
    order=16,
    title=N_("softmax only at the top"),
    why=N_(
        "softmax makes shares that add up to 1: when one unit speaks up, all others "
        "must be quiet. That is right for the answer; inside, units should be free "
        "to speak up together."
    ),
    source="Goodfellow, Bengio & Courville, Deep Learning (2016), 6.2.2.3",
    look=look,
)
