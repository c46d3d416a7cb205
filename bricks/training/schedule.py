"""What a schedule is: a learning rate that changes by a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi

from bricks.param import Param, Share, Whole
from bricks.training.part import Part, Settings
from bricks.words import N_


@dataclass(frozen=True, kw_only=True)
class Schedule(Part):
    """A plan for the learning rate, from LEARNING_RATE on.

    `arguments(settings)` is the source of its arguments, where `steps` is how many
    batches an epoch has. Settings count epochs where Keras counts steps: its own
    argument has `_steps` in place of `_epochs`. `share(settings, epochs, at)` is what
    share of the learning rate it gives once `at` of `epochs` have passed.
    """

    arguments: Callable[[Settings], tuple[str, ...]]
    share: Callable[[Settings, int, float], float]


def half_cosine(passed: float, left: float) -> float:
    """From 1 down to the share that is left, along half a cosine.

    >>> half_cosine(0, 0.1), half_cosine(0.5, 0), half_cosine(2, 0.1)
    (1.0, 0.5, 0.1)
    """
    height = (1 + cos(pi * min(passed, 1.0))) / 2
    return round((1 - left) * height + left, 12)


def alpha() -> Param:
    """What is left of the learning rate at the end."""
    return Share(
        name="alpha",
        default=0.0,
        most=1.0,
        help=N_("The share of the learning rate that is left at the end."),
    )


def decay_epochs(default: int) -> Param:
    """How long it takes to fall once."""
    return Whole(
        name="decay_epochs",
        default=default,
        most=1_000,
        help=N_("In how many epochs it falls once."),
    )


def decay_rate(default: float) -> Param:
    """How far it falls."""
    return Share(
        name="decay_rate",
        default=default,
        least=0.001,
        most=1.0,
        help=N_("What the learning rate is multiplied by each time it falls."),
    )
