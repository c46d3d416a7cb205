"""A learning rate for a tower: what the page asks, and how the answer is read.

The range test of Leslie N. Smith (Cyclical Learning Rates for Training Neural Networks,
2017): the tower learns while its rate grows from batch to batch, until the loss runs
away. A tenth of the rate at which the loss was least is a good one to begin with
(Sylvain Gugger, How Do You Find a Good Learning Rate, 2018).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bricks.project import Project
from bricks.training import Training
from bricks.words import Text
from codegen.source import script
from training import measures, weights
from training.admission import hindrance
from training.own import own
from training.room import Answer
from training.settings import Settings
from uploads.shelf import Shelf

RATES = "rates"
LOWEST, HIGHEST = 1e-6, 10.0
SMOOTH, REACH = 0.8, 12
"""How much the next neighbour counts in the smoothed loss; how far that looks."""
RUNS_AWAY, LAST = 4.0, 3
"""Times the least loss, for so many batches: then there is nothing more to see."""
LEAST_FALL = 0.03
"""Of the loss: a fall smaller than this says nothing."""
SHARE = 0.1
"""Of the rate with the least loss."""
FIRST = 4
"""Batches that only warm up."""


@dataclass(frozen=True)
class Found:
    """How the loss went as the rate grew, as far as that is known.

    `rate` is what is suggested, None where no rate made the loss fall; `least` is the
    rate with the least loss.
    """

    state: str
    """"waiting" (look again soon), "done" or "failed"."""
    rates: tuple[float, ...] = ()
    losses: tuple[float, ...] = ()
    smooth: tuple[float, ...] = ()
    rate: float | None = None
    least: float | None = None
    of: int = 0
    """How many batches it will be."""
    before: int = 0
    """Others that are measured first."""
    said: Text | None = None
    """Why it failed."""


def find(settings: Settings, owner: str, project: Project) -> Found:
    """The answer for this tower and training, as far as it is there; never waits."""
    shelf = Shelf(settings.home, owner)
    reason = hindrance(project, shelf=shelf)
    if reason:
        return Found("failed", said=reason)
    mine, files = own(project.tower.data, shelf), weights.files(project.tower)
    ask = {
        "what": RATES,
        "script": question(project),
        "own": asdict(mine) if mine else None,
        "whole": project.training.whole,
        **({"weights": weights.to_json(files)} if files else {}),
    }
    return read(measures.asked(settings).look(ask))


def question(project: Project) -> str:
    """The script that is measured: with another one there is another answer."""
    return script(replace(project, training=plain(project.training)))


def plain(training: Training) -> Training:
    """The training without all that would meddle: the rate is the test's, and each
    batch is looked at by itself."""
    return replace(
        training,
        epochs=1_000,
        frozen_epochs=1_000 if training.frozen_epochs else 0,  # the first step's rate
        learning_rate=LOWEST,
        schedule=None,
        callbacks={},
        metrics=(),
        compile="no" if training.compile == "auto" else training.compile,
        steps=1,
        measured={},
    )


def read(answer: Answer) -> Found:
    """What a worker has written."""
    told: dict[str, Any] = json.loads(answer.content) if answer.content else {}
    rates, losses = tuple(told.get("rates", ())), tuple(told.get("losses", ()))
    smooth = smoothed(losses)
    least = rates[smooth.index(min(smooth))] if smooth else None
    return Found(
        answer.state,
        rates,
        losses,
        smooth,
        suggestion(rates, smooth) if answer.state == "done" else None,
        least,
        told.get("of", 0),
        answer.before,
        answer.said,
    )


def smoothed(losses: Sequence[float]) -> tuple[float, ...]:
    """Each loss with its neighbours on both sides, that count less the farther off they
    are: a mean of the past alone would lag behind, and the rate come out too high.

    >>> smoothed([2.0, 2.0, 2.0])
    (2.0, 2.0, 2.0)
    """
    capped = [min(loss, RUNS_AWAY * losses[0]) for loss in losses]
    return tuple(_mean_around(capped, n) for n in range(len(capped)))


def _mean_around(losses: Sequence[float], at: int) -> float:
    near = range(max(0, at - REACH), min(len(losses), at + REACH + 1))
    shares = [SMOOTH ** abs(at - n) for n in near]
    total = sum(share * losses[n] for share, n in zip(shares, near, strict=True))
    return round(total / sum(shares), 12)


def runs_away(losses: Sequence[float]) -> bool:
    """Whether the loss has grown so much that there is nothing more to see."""
    before, last = losses[:-LAST], losses[-LAST:]
    if not math.isfinite(losses[-1]):
        return True
    return len(before) > LAST and min(last) > RUNS_AWAY * min(smoothed(before))


def suggestion(rates: Sequence[float], smooth: Sequence[float]) -> float | None:
    """A tenth of the rate with the least loss, to one digit; None without a fall.

    >>> suggestion([0.001, 0.01, 0.1], [2.3, 2.0, 1.0])
    0.01
    """
    if not smooth or min(smooth) > (1 - LEAST_FALL) * smooth[0]:
        return None
    least = rates[list(smooth).index(min(smooth))]
    return min(HIGHEST, max(LOWEST, float(f"{SHARE * least:.0e}")))


def rates(batches: int) -> list[float]:
    """From the lowest rate to the highest, by the same factor at each batch.

    >>> [float(f"{rate:.0e}") for rate in rates(8)]
    [1e-06, 1e-05, 0.0001, 0.001, 0.01, 0.1, 1.0, 10.0]
    """
    factor = (HIGHEST / LOWEST) ** (1 / (batches - 1))
    return [LOWEST * factor**n for n in range(batches)]
