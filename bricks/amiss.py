"""What is amiss with the settings of a placed brick."""

from __future__ import annotations

from typing import Any

from bricks.brick import Brick
from bricks.problem import Problem, Repair, Set
from bricks.tower import Placed, Ref
from bricks.words import N_, Text


def bad_setting(brick: Brick, placed: Placed) -> Problem | None:
    """The problem of a brick with a setting that is missing or beyond its limits."""
    for param in brick.params:
        if param.required and param.name not in placed.settings:
            return _limits(param.name, None, Text(N_("a value")), brick.start)
    for name, value in placed.settings.items():
        if isinstance(value, Ref):
            return _without_parameter(name, value, brick)
        param = brick.by_name[name]
        wrong = param.wrong(value)
        if wrong and not param.has_type(value):  # as a Block's parameter may be
            start = brick.start.get(name, brick.defaults.get(name))
            return _limits(name, value, wrong, {name: start})
        if wrong:
            return _limits(name, value, wrong, {name: param.nearest(value)})
    return None


def _without_parameter(name: str, value: Ref, brick: Brick) -> Problem:
    """A setting follows a parameter that no Block around has."""
    start = brick.start.get(name, brick.defaults.get(name))
    return Problem(
        needs=Text(N_("a Block around it with the parameter {name}"), {"name": value}),
        got=Text(N_("none")),
        do=Text(N_("Give {setting} a value of its own."), {"setting": name}),
        repair=Repair(
            Text(N_("Set {setting} to {size}"), {"setting": name, "size": start}),
            (Set(name, start),),
        ),
    )


def _limits(name: str, value: Any, wrong: Text, mends: Any) -> Problem:
    mend = mends[name]
    label = Text(N_("Set {setting} to {size}"), {"setting": name, "size": mend})
    if mend is None:
        label = Text(N_("Set {setting} to its default"), {"setting": name})
    return Problem(
        needs=Text(N_("{setting}: {limits}"), {"setting": name, "limits": wrong}),
        got=Text("{value}", {"value": "?" if value is None else value}),
        do=Text(N_("Change {setting}."), {"setting": name}),
        repair=Repair(label, (Set(name, mend),)),
    )
