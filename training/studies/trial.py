"""A trial: one variant of a study, and how it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from bricks.project import tupled
from bricks.training.measures import rises
from bricks.words import N_, Text
from training.rows import STOPPED, RunRow

MISFIT, PRUNED = "misfit", "pruned"
"""States of a trial, beside those of a run."""
HOPELESS = Text(N_("Stopped early: others did better after the same number of epochs."))


@dataclass(frozen=True)
class Trial:
    """A variant; `chosen` are its settings by `Axis.key`.

    `state` is that of its run, or PRUNED, or MISFIT where the tower does not hold, so
    that there is no run. `value` is the best that the goal's figure has been, after
    `epoch` epochs; both None where none has ended.
    """

    number: int
    chosen: dict[str, Any]
    state: str
    run: RunRow | None = None
    value: float | None = None
    epoch: int | None = None
    epochs: int = 0
    """Finished ones."""
    seconds: float = 0.0
    """That these took."""
    reason: Text | None = None


def figure(figures: Mapping[str, Any], goal: str) -> float | None:
    """The goal's figure of an epoch, that of the training where none is validated."""
    for name in (goal, goal.removeprefix("val_")):
        value = figures.get(name)
        if isinstance(value, int | float):
            return value if isfinite(value) else None
    return None


def of_run(run: RunRow, epochs: Sequence[Mapping[str, Any]], goal: str) -> Trial:
    """The trial that a run is."""
    told = [(figure(one, goal), one["epoch"]) for one in epochs]
    known = [(value, epoch) for value, epoch in told if value is not None]
    value, epoch = best_of(known, goal) or (None, None)
    reason = Text.from_json(run.reason) if run.reason else None
    pruned = run.state == STOPPED and reason == HOPELESS
    return Trial(
        run.trial or 0,
        {key: tupled(value) for key, value in run.chosen.items()},
        PRUNED if pruned else run.state,
        run,
        value,
        epoch,
        len(epochs),
        sum(one.get("seconds", 0.0) for one in epochs),
        reason,
    )


def best_of(known: Sequence[tuple[float, int]], goal: str) -> tuple[float, int] | None:
    """The best value, and the first number that has it.

    >>> best_of([(0.8, 1), (0.9, 2), (0.9, 3)], "val_accuracy")
    (0.9, 2)
    >>> best_of([(0.5, 1), (0.4, 2)], "val_loss")
    (0.4, 2)
    """
    sign = -1 if rises(goal) else 1
    return min(known, key=lambda row: (sign * row[0], row[1]), default=None)


def better(one: float, other: float, goal: str) -> float:
    """The better of two values.

    >>> better(0.8, 0.9, "val_accuracy"), better(0.8, 0.9, "val_loss")
    (0.9, 0.8)
    """
    return max(one, other) if rises(goal) else min(one, other)


def best(trials: Iterable[Trial], goal: str) -> Trial | None:
    """The trial that did best so far."""
    known = {trial.number: trial for trial in trials}
    values = [(t.value, t.number) for t in known.values() if t.value is not None]
    found = best_of(values, goal)
    return known[found[1]] if found else None
