"""Offers: what of a project can be varied, and which values are worth trying."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bricks.brick import Base, Data, Trained
from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.naming import TITLES, Names
from bricks.param import Param
from bricks.project import Project
from bricks.tower import GROUND, Placed, Ref
from bricks.training import schedules
from bricks.variants import suggestions
from bricks.variants.axis import (
    KIND,
    PARAMETERS,
    TRAINING,
    Axis,
    parameter,
    value,
)
from bricks.variants.suggestions import Range3
from bricks.variants.varied import goal, misfit, varied
from bricks.walk import label_brick
from bricks.words import N_, Text

SHAPING = {
    *("units", "filters", "repeat", "groups", "activation", "merge", "padding"),
    *("kernel_size", "pool_size", "strides", "dilation_rate", "size"),
    *("include_top", "pooling", "kind"),
}
"""Settings with which a tower may no longer hold."""
OF_THE_DATA = {
    *("height", "width", "input_dim", "mean", "variance", "invert", "scale", "offset"),
    *("value_range", "mask_zero", "interpolation", "antialias", "crop_to_aspect_ratio"),
    *("pad_to_aspect_ratio", "fill_mode", "fill_value", "output_padding", "keepdims"),
    *("return_sequences", "go_backwards", "unroll", "reset_after", "unit_forget_bias"),
}
"""Settings that follow from the data, or from the bricks around."""
LARGE = 60
"""Bricks: of larger towers it is not tried whether they would hold."""


@dataclass(frozen=True)
class Offer:
    """A setting that can be varied.

    `title` names it: "Dense 256 · units"; `value` is what it is now, `values` are worth
    trying, `span` is a range (low, high, log) worth searching where it is a number.
    """

    brick: str | None
    name: str
    title: Text
    param: Param
    value: Any
    values: tuple[Any, ...]
    span: Range3 | None = None

    @property
    def key(self) -> str:
        """As `Axis.key`."""
        return Axis(self.brick, self.name).key


def offered(project: Project) -> list[Offer]:
    """What can be varied: of the bricks from the ground up, then of the training;
    nothing of a tower that is only asked."""
    data = catalog().get(project.tower.data.kind)
    if isinstance(data, Data) and data.asks:
        return []
    names, holds = Names(project.tower), misfit(project) is None
    small = sum(1 for _ in project.tower) <= LARGE
    offers = [
        offer
        for placed in project.tower
        if placed.id not in (GROUND, TRAINING)
        for offer in _of_brick(project, placed, names[placed.id])
    ]
    kept = (_that_hold(project, o) if holds and small else o for o in offers)
    rows = [*kept, *_of_training(project)]
    return [offer for offer in rows if len(offer.values) > 1 or offer.span]


def _of_brick(project: Project, placed: Placed, called: str) -> Iterator[Offer]:
    kind = catalog().get(placed.kind)
    if kind is None or isinstance(kind, Data):
        return
    given = [p.name for p in kind.params if p.name not in OF_THE_DATA]
    own = [n for n in given if not isinstance(placed.settings.get(n), Ref)]
    others = isinstance(kind, Base) and not isinstance(kind, Trained)
    own = [KIND, *own] if others else own
    for name in (*own, *(f"{PARAMETERS}.{n}" for n in placed.parameters)):
        setting = name.removeprefix(f"{PARAMETERS}.")
        said = Text(TITLES[KIND]) if setting == KIND else setting
        title = Text("{brick} · {setting}", {"brick": called, "setting": said})
        yield from _offer(project, placed.id, name, title)


def _base(placed: Placed) -> bool:
    return isinstance(catalog().get(placed.kind), Base)


def _of_training(project: Project) -> Iterator[Offer]:
    for name in _training_names(project):
        part = name.partition(".")[2]
        said = Text(TITLES[name]) if name in TITLES else part or name
        told = {"brick": Text(N_("Training")), "setting": said}
        yield from _offer(project, None, name, Text("{brick} · {setting}", told))


def _training_names(project: Project) -> Iterator[str]:
    """The settings of the training that make another variant of this project."""
    training, label = project.training, label_brick(project.tower.data)
    yield from ("optimizer", "learning_rate")
    yield from () if training.rule.whole else ("batch_size",)
    yield from (f"optimizer_settings.{p.name}" for p in training.rule.params)
    if training.frozen_epochs and any(map(_base, project.tower)):
        yield "fine_tuning_rate"
    yield "schedule"
    plan = schedules().get(training.schedule or "")
    yield from (f"schedule_settings.{p.name}" for p in (plan.params if plan else ()))
    yield from ("loss",) if goal(project) != "val_loss" else ()
    if not label.itself and label.kind != "Value":
        yield "class_weights"
    yield from ("seed", "shuffle", "precision")


def _offer(
    project: Project, brick: str | None, name: str, title: Text
) -> Iterator[Offer]:
    param = parameter(project, brick, name)
    if param is None:
        return
    now = value(project, brick, name)
    worth = suggestions.values(param, now)
    if name == "loss":
        worth = label_brick(project.tower.data).losses
    found = suggestions.span(param, now)
    yield Offer(brick, name, title, param, now, worth, found)


def _that_hold(project: Project, offer: Offer) -> Offer:
    """The offer with those values only with which the tower still holds."""
    if offer.name not in SHAPING and not offer.name.startswith(PARAMETERS):
        return offer
    good = [v for v in offer.values if v == offer.value or _holds(project, offer, v)]
    span = offer.span if len(good) > 1 else None
    return replace(offer, values=tuple(good), span=span)


def _holds(project: Project, offer: Offer, tried: Any) -> bool:
    try:
        return misfit(varied(project, {offer.key: tried})) is None
    except ProjectError:
        return False
