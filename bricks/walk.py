"""The walk: what every brick of a tower gets and gives, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

from bricks.brick import Answer, Brick, Data, Label, Shape
from bricks.catalog import catalog
from bricks.problem import HERE, Problem, Remove, Repair, Set
from bricks.tower import TOP, Placed, Tower
from bricks.words import N_, Text

FLOAT = 4  # bytes of a float32


@dataclass(frozen=True)
class Stage:
    """What a walk says of one placed brick.

    `gets` and `gives` are shapes without the batch axis, None where a problem below
    leaves them unknown; `memory` is the bytes of what it gives, for one example.
    """

    placed: Placed
    gets: Shape | None = None
    gives: Shape | None = None
    weights: int = 0
    madds: int = 0
    memory: int = 0
    problem: Problem | None = None


def walk(tower: Tower) -> list[Stage]:
    """A stage for every brick, from the data brick up to the label brick."""
    stages = [_ground(tower.data)]
    for placed in tower.bricks:
        stages.append(step(placed, stages[-1].gives))
    label = _label(tower, stages)
    return [*stages, label] if label else stages


def step(placed: Placed, gets: Shape | None) -> Stage:
    """The stage of one brick on a brick that gives `gets`."""
    brick = catalog().get(placed.kind)
    if brick is None or isinstance(brick, Data | Label):
        return Stage(placed, gets, problem=_unknown(placed))
    problem = _bad_setting(brick, placed)
    if problem or gets is None:
        return Stage(placed, gets, problem=problem)
    settings = brick.full(placed.settings)
    gives = brick.gives(gets, settings)
    if isinstance(gives, Problem):
        return Stage(placed, gets, problem=gives)
    return Stage(
        placed,
        gets,
        gives,
        brick.weights(gets, settings),
        brick.madds(gets, gives, settings),
        prod(gives) * FLOAT,
    )


def _ground(placed: Placed) -> Stage:
    brick = catalog().get(placed.kind)
    if not isinstance(brick, Data):
        return Stage(placed, problem=_unknown(placed))
    return Stage(placed, gives=brick.shape, memory=prod(brick.shape) * FLOAT)


def _label(tower: Tower, stages: list[Stage]) -> Stage | None:
    data = catalog().get(tower.data.kind)
    if not isinstance(data, Data):
        return None
    label = catalog()[data.label]
    assert isinstance(label, Label)
    placed = Placed(data.label, id=TOP)
    shape = stages[-1].gives
    if shape is None:
        return Stage(placed)
    problem = label.check(_answer(tower, shape), len(data.classes))
    return Stage(placed, shape, None if problem else shape, problem=problem)


def _answer(tower: Tower, shape: Shape) -> Answer:
    """What stands at the top: the last activation, and the Dense that it belongs to."""
    top = tower.bricks[-1] if tower.bricks else None
    dense = next(_down_to_dense(tower), None)
    brick = catalog().get(top.kind) if top else None
    activation = brick.ends_with(brick.full(top.settings)) if brick and top else None
    return Answer(shape, activation, top, dense)


def _down_to_dense(tower: Tower) -> Iterator[Placed]:
    for placed in reversed(tower.bricks):
        if placed.kind == "Dense":
            yield placed
        if catalog()[placed.kind].family not in ("activation", "regularization"):
            return


def _bad_setting(brick: Brick, placed: Placed) -> Problem | None:
    for param in brick.params:
        if param.required and param.name not in placed.settings:
            return _limits(param.name, None, Text(N_("a value")), brick.start)
    for name, value in placed.settings.items():
        param = brick.by_name[name]
        wrong = param.wrong(value)
        if wrong:
            return _limits(name, value, wrong, {name: param.nearest(value)})
    return None


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


def _unknown(placed: Placed) -> Problem:
    return Problem(
        needs=Text(N_("a brick that this Brickyard has")),
        got=Text("{kind}", {"kind": placed.kind}),
        do=Text(N_("Take it away, or open the tower in a newer Brickyard.")),
        repair=Repair(Text(N_("Take this brick away")), (Remove(HERE),)),
    )


@dataclass(frozen=True)
class Health:
    """The figures of a tower; `memory` is the bytes to train it at a batch size."""

    holds: bool
    problems: int
    weights: int
    madds: int
    memory: int


def health(stages: list[Stage], batch_size: int) -> Health:
    """Sum up a walk.

    Training keeps, for each weight, its gradient and Adam's two moments, and for each
    example what every brick gave and its gradient.
    """
    problems = sum(stage.problem is not None for stage in stages)
    weights = _sum(stages, lambda stage: stage.weights)
    kept = _sum(stages, lambda stage: stage.memory)
    return Health(
        holds=problems == 0,
        problems=problems,
        weights=weights,
        madds=_sum(stages, lambda stage: stage.madds),
        memory=4 * FLOAT * weights + 2 * kept * batch_size,
    )


def _sum(stages: list[Stage], figure: Callable[[Stage], int]) -> int:
    return sum(figure(stage) for stage in stages)
