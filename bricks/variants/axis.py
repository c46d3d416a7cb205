"""An axis: one setting of a brick or of the training, and the values that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bricks.brick import Base
from bricks.catalog import catalog
from bricks.param import Choice, Param
from bricks.project import Project
from bricks.tower import GROUND, Placed, Ref
from bricks.training import FURTHER, SETTINGS, Training, optimizers, schedules
from bricks.walk import label_brick
from bricks.words import N_

TRAINING = "training"
PARAMETERS = "parameters"
"""Of a Block: "parameters.f" is the setting `f` that its bricks follow."""
KIND = "kind"
"""Of a base: which network it is."""
SMALL = ("MobileNet", "MobileNetV2", "MobileNetV3Large", "EfficientNetB0")
ALIKE = ("epochs", "metrics", "compile", "steps")
"""What no variant changes: all train as long, and what only costs time is none."""
_PLAIN = {p.name: p for p in (*SETTINGS, *FURTHER) if p.name not in ALIKE}


@dataclass(frozen=True)
class Axis:
    """What varies: `values`, or a range from `low` to `high`.

    `brick` is a placed brick's id, None for the training. A setting of a part is named
    with it: "optimizer_settings.momentum". Over a `log` range each power of ten is
    tried as often.
    """

    brick: str | None
    name: str
    values: tuple[Any, ...] = ()
    low: float | None = None
    high: float | None = None
    log: bool = False

    @property
    def key(self) -> str:
        """How it is named in what was chosen.

        >>> Axis("d1", "units").key, Axis(None, "learning_rate").key
        ('d1.units', 'training.learning_rate')
        """
        return f"{self.brick or TRAINING}.{self.name}"

    def to_json(self) -> dict[str, Any]:
        """As plain data: values or a range."""
        named = {"brick": self.brick, "name": self.name}
        if self.values:
            return {**named, "values": list(self.values)}
        return {**named, "low": self.low, "high": self.high, "log": self.log}


def split(key: str) -> tuple[str | None, str]:
    """The brick (None for the training) and the name of a key.

    >>> split("d1.units"), split("training.optimizer_settings.momentum")
    (('d1', 'units'), (None, 'optimizer_settings.momentum'))
    """
    brick, _, name = key.partition(".")
    return (None if brick == TRAINING else brick), name


def parameter(project: Project, brick: str | None, name: str) -> Param | None:
    """The setting with its limits; None where it can't be varied in this project."""
    if brick is None:
        return _of_training(project, name)
    placed = project.tower.brick(brick)
    if placed is None or brick in (GROUND, TRAINING):
        return None
    part, _, inner = name.partition(".")
    if part == PARAMETERS:
        return _following(placed, inner)
    kind = catalog().get(placed.kind)
    if name == KIND and type(kind) is Base:
        return _networks(placed.kind)
    return kind.by_name.get(name) if kind else None


def value(project: Project, brick: str | None, name: str) -> Any:
    """What the setting is now."""
    part, _, inner = name.partition(".")
    if brick is None and name == "loss":
        return project.training.loss or label_brick(project.tower.data).loss
    if brick is None:
        return _in_training(project.training, part, inner)
    placed = project.tower.brick(brick)
    assert placed is not None
    if part == PARAMETERS:
        return placed.parameters[inner]
    if name == KIND:
        return placed.kind
    return catalog()[placed.kind].full(placed.settings).get(name)


def _networks(now: str) -> Choice:
    """Every base, the ones that a small computer can carry first."""
    kinds = [kind for kind, brick in catalog().items() if type(brick) is Base]
    order = [k for k in SMALL if k in kinds]
    rest = [k for k in kinds if k not in order]
    said = N_("Which network it is; its padlock is shut or open then.")
    return Choice(name=KIND, default=now, choices=(*order, *rest), help=said)


def _of_training(project: Project, name: str) -> Param | None:
    part, _, inner = name.partition(".")
    training = project.training
    if part == "optimizer_settings":
        # Another optimizer, which may be varied too, has settings of its own.
        rules = [training.rule, *optimizers().values()]
        return next((r.by_name[inner] for r in rules if inner in r.by_name), None)
    if part == "schedule_settings":
        plan = schedules().get(training.schedule or "")
        return plan.by_name.get(inner) if plan else None
    if name == "loss" and len(label_brick(project.tower.data).losses) < 2:
        return None
    return _PLAIN.get(name)


def _in_training(training: Training, part: str, inner: str) -> Any:
    if part == "optimizer_settings":
        return training.rule.full(training.optimizer_settings).get(inner)
    if part == "schedule_settings":
        plan = schedules()[training.schedule or ""]
        return plan.full(training.schedule_settings).get(inner)
    return getattr(training, part)


def _following(block: Placed, name: str) -> Param | None:
    """The setting of the first brick inside that follows this parameter."""
    if name not in block.parameters:
        return None
    for placed in block:
        kind = catalog().get(placed.kind)
        for setting, given in placed.settings.items():
            if given == Ref(name) and kind:
                return kind.by_name.get(setting)
    return None
