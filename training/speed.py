"""Which way to run a training is fastest here: what the page asks, what it is told.

A tower's training is run for some seconds each way beside the usual one, in turns; what
others do on the machine meanwhile slows down both. The usual way leaves to Keras
whether XLA joins the steps, and to the tower's size how many batches run in one go.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from bricks.project import Project
from bricks.training import Training
from bricks.walk import walk
from bricks.words import Text
from training import calibration, measures
from training.admission import hindrance
from training.own import own
from training.room import Answer
from training.settings import Settings
from uploads.shelf import Shelf

WAYS = "ways"
LEAST = 1.1
"""Times as fast: less is no reason to change anything."""
SURE = 1.03
"""Times as fast three times out of four."""
FULL = "float32"
MORE, MOST_STEPS = 4, 64
"""Batches in one go: so many times the usual number, and never more."""


@dataclass(frozen=True, order=True)
class Way:
    """How a training is run; each setting as `Training` has it."""

    precision: str = FULL
    compile: str = "auto"
    steps: int = 0

    def of(self, training: Training) -> Training:
        """The training, run this way."""
        return replace(training, **asdict(self), measured={})

    @property
    def changes(self) -> dict[str, Any]:
        """The settings in which it differs from the usual way."""
        usual = asdict(Way())
        return {n: value for n, value in asdict(self).items() if value != usual[n]}


@dataclass(frozen=True)
class Timed:
    """How many times as fast as the usual way: the middle of the rounds, and the
    middle of those below and above it."""

    way: Way
    ratio: float
    low: float
    high: float
    images_per_second: float

    @property
    def better(self) -> bool:
        """Whether it is faster by more than chance, and by enough to be worth it."""
        return self.ratio >= LEAST and self.low >= SURE


@dataclass(frozen=True)
class Measured:
    """What each way has come to, as far as that is known; the usual way is first."""

    state: str
    """"waiting" (look again soon), "done" or "failed"."""
    timed: tuple[Timed, ...] = ()
    device: str = ""
    before: int = 0
    """Others that are measured first."""
    said: Text | None = None
    """Why it failed."""

    def fastest(self, half: bool) -> Timed | None:
        """The way that is best, `half` with numbers of half the size allowed; None
        where the usual way will do."""
        may = (one for one in self.timed if half or one.way.precision == FULL)
        best = (one for one in may if one.better and one.way.changes)
        return max(best, key=lambda one: one.ratio, default=None)


def measure(
    settings: Settings, owner: str, project: Project, again: int = 0
) -> Measured:
    """The answer for this tower and training, as far as it is there; never waits.

    Another number for `again` has it measured anew.
    """
    shelf = Shelf(settings.home, owner)
    reason = hindrance(project, shelf=shelf)
    if reason:
        return Measured("failed", said=reason)
    mine = own(project.tower.data, shelf)
    ask = {
        "what": WAYS,
        "project": question(project),
        "own": asdict(mine) if mine else None,
        "on": calibration.key(settings.slots),
        "again": again,
    }
    return read(measures.asked(settings).look(ask))


def question(project: Project) -> str:
    """The tower and training that are measured, without what makes no difference."""
    training = replace(
        project.training, epochs=1_000, seed=0, learning_rate=1e-4, schedule=None
    )
    plain = Way().of(replace(training, callbacks={}))
    return Project("", project.tower, plain).to_json()


def read(answer: Answer) -> Measured:
    """What a worker has written."""
    told: dict[str, Any] = json.loads(answer.content) if answer.content else {}
    timed = (Timed(Way(*row["way"]), *row["figures"]) for row in told.get("timed", ()))
    device = told.get("device", "")
    return Measured(answer.state, tuple(timed), device, answer.before, answer.said)


def noted(project: Project, measured: Measured, taken: Timed) -> Training:
    """The training run this way, with what was measured of each of its settings."""
    training = project.training
    weights = sum(stage.weights for stage in walk(project.tower))
    size = 0 if training.whole else training.batch_size
    about = {"weights": weights, "batch_size": size}
    alone = {_only(one.way): one.ratio for one in measured.timed}
    notes = {
        name: {"value": value, "ratio": alone.get((name, value), taken.ratio), **about}
        for name, value in taken.way.changes.items()
    }
    way = taken.way.of(training)
    return replace(way, measured=notes)


def _only(way: Way) -> tuple[str, Any] | None:
    """The one setting that a way changes, where it is one."""
    changes = [*way.changes.items()]
    return changes[0] if len(changes) == 1 else None


def tried(jit: bool, steps: int, batches: int, card: bool) -> Iterator[Way]:
    """What is measured beside the usual way, in which Keras has chosen `jit` and the
    tower's size `steps` batches in one go, of `batches` in an epoch.

    >>> [way.changes for way in tried(False, 4, 1_000, card=False)]
    [{'compile': 'yes'}, {'steps': 16}, {'precision': 'mixed_bfloat16'}]
    """
    yield Way(compile="no" if jit else "yes")
    more = min(MORE * steps, MOST_STEPS, batches)
    if more > steps:
        yield Way(steps=more)
    yield Way(precision="mixed_bfloat16")
    if card:
        yield Way(precision="mixed_float16")


def together(timed: list[Timed]) -> Iterator[Way]:
    """What is worth trying of ways that were better each by itself: all of them, and
    all but the numbers of half the size."""
    better = [one for one in timed if one.better]
    half = max(
        (one for one in better if "precision" in one.way.changes),
        default=None,
        key=lambda one: one.ratio,
    )
    whole: dict[str, Any] = {}
    for one in better:
        if one.way.precision == FULL:
            whole |= one.way.changes
    if len(whole) > 1:
        yield Way(**whole)
    if half and whole:
        yield Way(**whole, precision=half.way.precision)
