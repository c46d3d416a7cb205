"""Pictures are changed before anything is learned from them."""

from collections.abc import Iterator, Sequence

from bricks.advice.rows import brick
from bricks.advice.rule import Advice, Rule
from bricks.problem import Put, Remove, Repair
from bricks.tower import Ref, Tower
from bricks.walk import Stage, every
from bricks.words import N_, Text

NAME = "augmentation_first"


def look(tower: Tower, stages: Sequence[Stage]) -> Iterator[Advice]:
    """Every brick that changes pictures at random above a layer with weights."""
    weighed = False
    for stage in every(stages[1:]):
        if stage.gives is None:
            return
        weighed = weighed or _learns(stage)
        if weighed and _at_random(stage):
            said = Text(
                N_("{kind} stands above a layer that learns."),
                {"kind": stage.placed.kind},
            )
            yield Advice(NAME, stage.placed.id, said, _repair(stage, stages))


def _learns(stage: Stage) -> bool:
    fixed = stage.inner or stage.placed.kind == "Normalization"  # as the data are
    return stage.weights > 0 and not fixed


def _at_random(stage: Stage) -> bool:
    kind = stage.placed.kind
    return brick(stage).family == "augmentation" and kind.startswith("Random")


def _repair(stage: Stage, stages: Sequence[Stage]) -> Repair | None:
    settings = stage.placed.settings
    if any(isinstance(value, Ref) for value in settings.values()):
        return None
    again = Put(stage.placed.kind, settings, after=_foot(stages))
    return Repair(Text(N_("Move it to the foot of the tower")), (Remove(), again))


def _foot(stages: Sequence[Stage]) -> str:
    """What the lowest bricks that change pictures end with, or the data brick."""
    foot = stages[0].placed.id
    for stage in stages[1:]:
        if brick(stage).family != "augmentation":
            break
        foot = stage.placed.id
    return foot


RULE = Rule(
    name=NAME,
    order=20,
    title=N_("Change pictures at the foot"),
    why=N_(
        "Turning and shifting makes new pictures of the old ones. Higher up there "
        "are no pictures any more, only answers of layers that then see the same "
        "pictures again and again."
    ),
    source="Keras guide, Image classification from scratch; Chollet, Deep Learning "
    "with Python (2021), 8.2",
    look=look,
)
