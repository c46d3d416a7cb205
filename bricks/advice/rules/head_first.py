"""A thawed base under bricks that know nothing yet."""

from collections.abc import Iterator, Sequence

from bricks.advice.bases import knowing
from bricks.advice.rule import Advice, Rule
from bricks.problem import Repair
from bricks.tower import Tower
from bricks.training import Training
from bricks.walk import Stage, every
from bricks.words import N_, Text

NAME = "head_first"
FEW = 5


def look(tower: Tower, stages: Sequence[Stage], training: Training) -> Iterator[Advice]:
    """Every base that learns from the first epoch on, below bricks that begin at
    random."""
    if training.frozen_epochs or training.epochs < 2:
        return
    epochs = min(FEW, training.epochs // 2)
    for stage, _ in knowing(stages):
        if not _head(stages, stage):
            continue
        said = Text(
            N_("{kind} learns together with bricks on it that begin at random."),
            {"kind": stage.placed.kind},
        )
        label = Text(
            N_("Keep it frozen for the first {count} epochs"), {"count": epochs}
        )
        change = {"frozen_epochs": epochs}
        yield Advice(NAME, stage.placed.id, said, Repair(label, ()), change)


def _head(stages: Sequence[Stage], base: Stage) -> bool:
    """Whether something besides the base learns."""
    return any(
        stage is not base and not stage.inner and stage.weights > stage.fixed
        for stage in every(stages)
    )


RULE = Rule(
    name=NAME,
    order=10,
    of_training=True,
    title=N_("First the new bricks, then the base"),
    why=N_(
        "In the first epochs the new bricks are wrong about nearly everything, and "
        "their large corrections would spoil what the base knows. Let them learn on "
        "the frozen base first; then thaw it, with a small learning rate."
    ),
    source="Chollet, Deep Learning with Python (2021), 8.3.2; Keras guide, Transfer "
    "learning and fine-tuning",
    look=look,
)
