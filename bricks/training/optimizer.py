"""What an optimizer is, and the settings that many of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bricks.param import Flag, Param, Real, Share
from bricks.training.part import Part, Settings
from bricks.words import N_


@dataclass(frozen=True, kw_only=True)
class Form:
    """An optimizer with settings that the family tree knows by a name of its own."""

    kind: str
    settings: Mapping[str, Any]
    parent: str
    said: str
    about: str
    year: int
    paper: str = ""


@dataclass(frozen=True, kw_only=True)
class Optimizer(Part):
    """A rule that changes the weights.

    `parent` is the rule it grew from in the family tree and `also` others; `slots`
    counts the numbers that it keeps for each weight. `whole` takes all examples at
    once, whatever the batch size.
    """

    learning_rate: float = 0.001
    parent: str | None = None
    also: tuple[str, ...] = ()
    year: int
    paper: str = ""
    forms: tuple[Form, ...] = field(default=())
    slots: Callable[[Settings], int]
    whole: bool = False


def momentum() -> Param:
    """The share of the last step that the next one keeps."""
    return Share(
        name="momentum",
        default=0.0,
        most=0.9999,
        help=N_("How much of the last step goes on in the next, as a ball rolls on."),
    )


def nesterov() -> Param:
    """Whether the gradient is taken where the momentum leads to."""
    return Flag(
        name="nesterov",
        default=False,
        help=N_("Look at the slope where the momentum leads to, not where one stands."),
    )


def rho(default: float) -> Param:
    """How slowly squared gradients are forgotten."""
    return Share(
        name="rho",
        default=default,
        most=0.99999,
        help=N_("How slowly the size of earlier slopes is forgotten."),
    )


def betas(second: float = 0.999, least: float = 0.0) -> tuple[Param, Param]:
    """How slowly the mean of slopes, and that of their squares, are forgotten."""
    return (
        Share(
            name="beta_1",
            default=0.9,
            least=least,
            most=0.99999,
            help=N_("How slowly the direction of earlier slopes is forgotten."),
        ),
        Share(
            name="beta_2",
            default=second,
            most=0.99999,
            help=N_("How slowly the size of earlier slopes is forgotten."),
        ),
    )


def amsgrad() -> Param:
    """Whether the largest mean of squares counts."""
    return Flag(
        name="amsgrad",
        default=False,
        more=True,
        help=N_("Let steps only become smaller, never larger again (AMSGrad)."),
    )


def epsilon() -> Param:
    """What keeps a step from a division by zero."""
    return Real(
        name="epsilon",
        default=1e-07,
        least=1e-12,
        most=1.0,
        more=True,
        help=N_("A small number that keeps the step from dividing by zero."),
    )


def weight_decay(default: float | None = None) -> Param:
    """The part of each weight that is taken off at each step."""
    return Real(
        name="weight_decay",
        default=default,
        least=0.0,
        most=1.0,
        optional=default is None,
        more=default is None,
        help=N_(
            "How much every weight shrinks at each step, so that none grows large."
        ),
    )


def clipnorm() -> Param:
    """The longest gradient that a weight's tensor may have."""
    return Real(
        name="clipnorm",
        default=None,
        least=1e-6,
        most=1_000.0,
        optional=True,
        more=True,
        help=N_("Slopes steeper than this are made as steep as this."),
    )
