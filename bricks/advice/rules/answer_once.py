"""The answer goes through one function only."""

from collections.abc import Iterator, Sequence

from bricks.advice.rows import activation, answering, complete
from bricks.advice.rule import Advice, Rule
from bricks.problem import Remove, Repair, Set
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "answer_once"


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every function below the last one of the answer."""
    through = [stage for stage in answering(stages) if activation(stage)]
    for stage in through[1:] if complete(stages) else ():
        names = {"lower": activation(stage), "upper": activation(through[0])}
        said = N_("The answer goes through {lower} and then through {upper}.")
        yield Advice(NAME, stage.placed.id, Text(said, names), _repair(stage))


def _repair(stage: Stage) -> Repair:
    if stage.placed.kind == "Activation":
        return Repair(Text(N_("Take the lower Activation away")), (Remove(),))
    return Repair(Text(N_("Take the lower function away")), (Set("activation", None),))


RULE = Rule(
    name=NAME,
    order=10,
    title=N_("One function for the answer"),
    why=N_(
        "The last function makes shares of any numbers. A function before it presses "
        "them together first, so that the tower can never be sure of its answer."
    ),
    source="Goodfellow, Bengio & Courville, Deep Learning (2016), 6.2.2",
    look=look,
)
