"""Parts of a training that can't both be on, and what becomes of them in the script."""

from __future__ import annotations

from bricks.training.training import Training
from bricks.words import N_, Text

PLATEAU = "reduce_on_plateau"


def clash(training: Training) -> Text | None:
    """A sentence where two parts of the training would both set the learning rate."""
    if training.schedule is None or PLATEAU not in training.callbacks:
        return None
    said = N_(
        "A schedule and smaller steps on a plateau both set the learning rate; "
        "only the schedule does here. Switch one of them off."
    )
    return Text(said)


def running(training: Training) -> tuple[str, ...]:
    """The callbacks that take part: a schedule leaves out what it clashes with."""
    left_out = PLATEAU if clash(training) else None
    return tuple(kind for kind in training.callbacks if kind != left_out)
