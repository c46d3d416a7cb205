"""A base that knows nothing, and may not learn."""

from collections.abc import Iterator, Sequence

from bricks.advice.bases import bases
from bricks.advice.rule import Advice, Rule
from bricks.bases import KINDS
from bricks.problem import Repair, Set
from bricks.tower import Tower
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "random_and_frozen"


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every base with random weights that is frozen, all of it or in part."""
    for stage, settings in bases(stages):
        known = settings["weights"] or stage.placed.kind not in KINDS
        if not known and settings["frozen"] is not False:
            said = Text(
                N_("{kind} has random weights, and is frozen."),
                {"kind": stage.placed.kind},
            )
            yield Advice(NAME, stage.placed.id, said, _REPAIR)


_REPAIR = Repair(Text(N_("Take ImageNet's weights")), (Set("weights", "imagenet"),))

RULE = Rule(
    name=NAME,
    order=5,
    title=N_("A frozen base should know something"),
    why=N_(
        "What is frozen does not learn. With random weights it passes on noise, from "
        "which the bricks above can make little."
    ),
    source="Keras guide, Transfer learning and fine-tuning",
    look=look,
)
