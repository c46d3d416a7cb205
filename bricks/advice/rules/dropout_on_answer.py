"""No Dropout on the answer itself."""

from collections.abc import Iterator, Sequence

from bricks.advice.rows import answering, brick, complete
from bricks.advice.rule import Advice, Rule
from bricks.problem import Put, Remove, Repair
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "dropout_on_answer"


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every brick on top of the answer that silences or disturbs it."""
    found = answering(stages) if complete(stages) else []
    for stage in found[:-1]:
        if brick(stage).family == "regularization":
            said = Text(
                N_("{kind} stands on the answer itself."), {"kind": stage.placed.kind}
            )
            yield Advice(NAME, stage.placed.id, said, _repair(stage, found[-1]))


def _repair(stage: Stage, last: Stage) -> Repair:
    again = Put(stage.placed.kind, stage.placed.settings, below=last.placed.id)
    label = Text(N_("Move it under the last {kind}"), {"kind": last.placed.kind})
    return Repair(label, (Remove(), again))


RULE = Rule(
    name=NAME,
    order=12,
    title=N_("Leave the answer whole"),
    why=N_(
        "While training, a Dropout up here sets the shares of some classes to zero, "
        "even that of the right one, and the tower is scolded for it. It belongs "
        "before the last layer."
    ),
    source="Srivastava et al., Dropout (2014)",
    look=look,
)
