"""A variant: the project with some of its settings chosen otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bricks.catalog import catalog
from bricks.edit import with_changes
from bricks.errors import ProjectError
from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training, optimizers, schedules
from bricks.training.reading import read_training
from bricks.variants.axis import KIND, PARAMETERS, parameter, split
from bricks.walk import every, label_brick, walk
from bricks.words import N_, Text

GONE = N_("The brick whose {setting} is varied is no longer in the tower.")
FIXED = N_("{setting} can't be varied here.")


def varied(project: Project, chosen: Mapping[str, Any]) -> Project:
    """The project with these values, by `Axis.key`.

    Another optimizer or schedule begins with its own usual settings, and with its own
    learning rate where none is chosen. Raises ProjectError for what can't be varied;
    whether the tower then holds is for `misfit` to say.
    """
    tower, training = project.tower, {}
    for key, value in chosen.items():
        brick, name = split(key)
        _check(project, brick, name)
        if brick is None:
            training[name] = value
        else:
            tower = _built(tower, brick, name, value)
    return replace(project, tower=tower, training=_trained(project.training, training))


def misfit(project: Project) -> Text | None:
    """What to do about the lowest brick that does not fit, or None."""
    for stage in every(walk(project.tower)):
        if stage.problem:
            told = {"kind": stage.placed.kind, "do": stage.problem.do}
            return Text(N_("{kind}: {do}"), told)
    return None


def goal(project: Project) -> str:
    """The figure by which variants are told apart: of the validation examples, what
    the label brick measures first, else the loss."""
    return f"val_{(*label_brick(project.tower.data).metrics, 'loss')[0]}"


def _check(project: Project, brick: str | None, name: str) -> None:
    if brick is not None and project.tower.brick(brick) is None:
        raise ProjectError(Text(GONE, {"setting": name}))
    if parameter(project, brick, name) is None:
        raise ProjectError(Text(FIXED, {"setting": name}))


def _built(tower: Tower, id: str, name: str, value: Any) -> Tower:
    """The tower with another value of a brick's setting, or of a Block's parameter."""
    placed = tower.brick(id)
    assert placed is not None
    part, _, inner = name.partition(".")
    if part == PARAMETERS:
        return with_changes(tower, id, parameters={**placed.parameters, inner: value})
    if name == KIND:
        return _another(tower, placed, value)
    param = catalog()[placed.kind].by_name[name]
    settings = {k: v for k, v in placed.settings.items() if k != name}
    if param.required or value != param.default:
        settings[name] = value
    return with_changes(tower, id, settings=settings)


def _another(tower: Tower, placed: Placed, kind: str) -> Tower:
    """The tower with another network in place of a base, its padlock shut or open."""
    known = catalog()[kind].by_name
    settings = {k: v for k, v in placed.settings.items() if k in known}
    if kind != placed.kind:  # layers and widths are those of each network
        settings.pop("alpha", None)
        if not isinstance(settings.get("frozen", True), bool):
            settings.pop("frozen")
    return with_changes(tower, placed.id, kind=kind, settings=settings)


def _trained(training: Training, chosen: Mapping[str, Any]) -> Training:
    """The training with these settings; what another part does not have is dropped."""
    if not chosen:
        return training
    data = training.to_json() | _begins_with(training, chosen)
    for name, value in chosen.items():
        part, _, inner = name.partition(".")
        data[part] = {**data.get(part, {}), inner: value} if inner else value
    rule = optimizers().get(data["optimizer"])
    plan = schedules().get(data.get("schedule") or "")
    for settings, of in (("optimizer_settings", rule), ("schedule_settings", plan)):
        known = of.by_name if of else {}
        own = data.get(settings, {})
        data[settings] = {name: own[name] for name in own if name in known}
    return read_training(data)


def _begins_with(training: Training, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """The usual settings of an optimizer or a schedule that is another than before."""
    usual: dict[str, Any] = {}
    rule = optimizers().get(chosen.get("optimizer", training.optimizer))
    if rule and rule.kind != training.optimizer:
        usual["optimizer_settings"] = dict(rule.start)
        usual["learning_rate"] = rule.learning_rate
    if chosen.get("schedule", training.schedule) != training.schedule:
        plan = schedules().get(chosen["schedule"] or "")
        usual["schedule_settings"] = dict(plan.start) if plan else {}
    return usual
