"""A plan: which settings vary, how variants are chosen, and when it is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from bricks.errors import ProjectError
from bricks.param import Param, Real, Whole, is_number, is_whole
from bricks.project import Project, tupled
from bricks.training import SETTINGS
from bricks.variants.axis import Axis, parameter
from bricks.variants.varied import FIXED, GONE, goal
from bricks.words import N_, Text

GRID, SEARCH = "grid", "search"
MOST_TRIALS = 200
MOST_AXES = 8
MOST_VALUES = 50
MOST_MINUTES = 7 * 24 * 60
MOST_SEED = 2**31 - 1
MOST_NAMED = 80
_KEYS = {"axes", "method", "trials", "epochs", "prune", "minutes", "seed"}
_AXIS = {"brick", "name"}


@dataclass(frozen=True)
class Plan:
    """What a study tries.

    A "grid" tries every combination of values, a "search" so many `trials`, each
    chosen by what the ones before it gave. `epochs` are those of each variant, None
    for the project's own; `prune` stops hopeless ones early; `minutes` of training
    are the most that all of them take together.
    """

    axes: tuple[Axis, ...]
    method: str = GRID
    trials: int = 20
    epochs: int | None = None
    prune: bool = True
    minutes: int | None = None
    seed: int = 42

    @property
    def count(self) -> int:
        """How many variants are trained at most."""
        sized = size(self)
        if self.method == GRID:
            return sized or 0
        return self.trials if sized is None else min(self.trials, sized)

    def to_json(self) -> dict[str, Any]:
        """As plain data that `from_json` takes back."""
        return {**vars(self), "axes": [axis.to_json() for axis in self.axes]}

    @classmethod
    def from_json(cls, data: Any) -> Plan:
        """The plan; ProjectError says in one sentence what is wrong with it."""
        table = _table(data, _KEYS, "plan")
        _let(table.get("method") in (GRID, SEARCH), "method")
        _let(isinstance(table.get("prune"), bool), "prune")
        _whole(table, "trials", 1, MOST_TRIALS)
        _whole(table, "seed", 0, MOST_SEED)
        if table.get("minutes") is not None:
            _whole(table, "minutes", 1, MOST_MINUTES)
        if table.get("epochs") is not None:
            _whole(table, "epochs", 1, _most_epochs())
        axes = table["axes"]
        _let(isinstance(axes, list), "axes")
        return cls(**{**table, "axes": tuple(map(_axis, axes))})


def size(plan: Plan) -> int | None:
    """How many variants there are; None where a range makes them endless."""
    if any(not axis.values for axis in plan.axes):
        return None
    return prod(len(axis.values) for axis in plan.axes)


def check(project: Project, plan: Plan) -> None:
    """ProjectError where the plan can't be carried out on this project."""
    _check_count(plan)
    for axis in plan.axes:
        param = parameter(project, axis.brick, axis.name)
        gone = axis.brick is not None and project.tower.brick(axis.brick) is None
        if param is None:
            raise _refuse(GONE if gone else FIXED, setting=axis.name)
        if axis.name == "loss" and goal(project) == "val_loss":
            raise _refuse(N_("The loss can't be varied: it says which is better."))
        _check_axis(axis, param, plan.method)


def _check_count(plan: Plan) -> None:
    if not plan.axes:
        raise _refuse(N_("Choose at least one setting to vary."))
    if len(plan.axes) > MOST_AXES:
        said = N_("At most {most} settings can be varied at once; these are {count}.")
        raise _refuse(said, most=MOST_AXES, count=len(plan.axes))
    keys = [axis.key for axis in plan.axes]
    for axis in plan.axes:
        if keys.count(axis.key) > 1:
            raise _refuse(N_("{setting} is varied twice."), setting=axis.name)
    count = size(plan)
    if plan.method == GRID and count is not None and count > MOST_TRIALS:
        said = N_(
            "This grid has {count} variants, at most {most} can be tried: "
            "take fewer values, or search."
        )
        raise _refuse(said, count=count, most=MOST_TRIALS)


def _check_axis(axis: Axis, param: Param, method: str) -> None:
    if not axis.values:
        _check_range(axis, param, method)
        return
    if len(axis.values) > MOST_VALUES:
        said = N_("{setting}: at most {most} values.")
        raise _refuse(said, setting=axis.name, most=MOST_VALUES)
    for value in axis.values:
        _within(axis, param, value)
    if len(set(axis.values)) < len(axis.values):
        said = N_("{setting}: every value must be another.")
        raise _refuse(said, setting=axis.name)


def _check_range(axis: Axis, param: Param, method: str) -> None:
    named = {"setting": axis.name}
    if axis.low is None or axis.high is None:
        raise _refuse(N_("{setting}: choose values, or a range."), **named)
    if method == GRID:
        said = N_("A grid needs values for {setting}; a range is for a search.")
        raise _refuse(said, **named)
    if not isinstance(param, Whole | Real):
        raise _refuse(N_("{setting} has no range: choose values."), **named)
    for end in (axis.low, axis.high):
        _within(axis, param, end)
    if axis.low >= axis.high:
        said = N_("{setting}: the range must go from a smaller to a larger number.")
        raise _refuse(said, **named)
    if axis.log and axis.low <= 0:
        said = N_("{setting}: where each power of ten counts alike, begin above 0.")
        raise _refuse(said, **named)


def _within(axis: Axis, param: Param, value: Any) -> None:
    limits = param.wrong(value)
    if limits:
        said = N_("{setting} must be {limits}, not {value}.")
        told = str(value)[:MOST_NAMED]
        raise _refuse(said, setting=axis.name, limits=limits, value=told)


def _axis(data: Any) -> Axis:
    """An axis as a plan has it: values, or a range."""
    ranged = isinstance(data, dict) and "values" not in data
    keys = _AXIS | ({"low", "high", "log"} if ranged else {"values"})
    table = _table(data, keys, "axes")
    brick, name = table.get("brick"), table.get("name")
    _let(brick is None or isinstance(brick, str), "brick")
    _let(isinstance(name, str), "name")
    assert isinstance(name, str)
    if not ranged:
        values = table["values"]
        _let(isinstance(values, list) and values and _plain(values), name)
        return Axis(brick, name, tupled(values))
    numbers = is_number(table["low"]) and is_number(table["high"])
    _let(numbers and isinstance(table["log"], bool), name)
    return Axis(brick, name, (), table["low"], table["high"], table["log"])


def _plain(values: Any) -> bool:
    """Whether they are numbers, words, yes and no, or lists of these."""
    if isinstance(values, list | tuple):
        return all(map(_plain, values))
    return values is None or isinstance(values, str | bool) or is_number(values)


def _table(data: Any, keys: set[str], name: str) -> dict[str, Any]:
    _let(isinstance(data, Mapping) and set(data) == keys, name)
    return dict(data)


def _whole(table: Mapping[str, Any], name: str, least: int, most: int) -> None:
    value = table.get(name)
    if not isinstance(value, int) or not is_whole(value) or not least <= value <= most:
        said = N_("{setting} must be {limits}, not {value}.")
        limits = Text(
            N_("a whole number from {least} to {most}"), {"least": least, "most": most}
        )
        told = str(value)[:MOST_NAMED]
        raise _refuse(said, setting=name, limits=limits, value=told)


def _most_epochs() -> int:
    param = next(p for p in SETTINGS if p.name == "epochs")
    assert isinstance(param, Whole)
    return param.most


def _let(good: Any, name: str) -> None:
    if not good:
        told = name[:MOST_NAMED]
        raise _refuse(N_("This plan can't be read: {setting}."), setting=told)


def _refuse(template: str, **values: Any) -> ProjectError:
    return ProjectError(Text(template, values))
