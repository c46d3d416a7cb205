"""A thawed base that is trained with large steps."""

from collections.abc import Iterator, Sequence

from bricks.advice.bases import knowing
from bricks.advice.rule import Advice, Rule
from bricks.problem import Repair
from bricks.tower import Tower
from bricks.training import Training
from bricks.walk import Stage
from bricks.words import N_, Text

NAME = "thawed_fast"
FAST = 1e-4
SLOW = 1e-5


def look(tower: Tower, stages: Sequence[Stage], training: Training) -> Iterator[Advice]:
    """Every base with ImageNet's weights that learns at a large learning rate."""
    name = "fine_tuning_rate" if training.frozen_epochs else "learning_rate"
    rate = getattr(training, name)
    if rate <= FAST:
        return
    for stage, _ in knowing(stages):
        told = {"kind": stage.placed.kind, "rate": f"{rate:g}"}
        said = Text(
            N_("{kind} is not frozen, and learns with a learning rate of {rate}."), told
        )
        label = Text(N_("Set {setting} to {size}"), {"setting": name, "size": SLOW})
        yield Advice(NAME, stage.placed.id, said, Repair(label, ()), {name: SLOW})


RULE = Rule(
    name=NAME,
    order=12,
    of_training=True,
    title=N_("Small steps for a base that knows something"),
    why=N_(
        "Large steps overwrite in a few batches what the base has learned from a "
        "million pictures. With small ones it is only bent a little towards yours."
    ),
    source="Chollet, Deep Learning with Python (2021), 8.3.2; Keras guide, Transfer "
    "learning and fine-tuning",
    look=look,
)
