"""What the browser is sent: the tower, stage by stage, and all that depends on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

import psutil

from bricks.advice import advice, rules
from bricks.advice.rule import Advice, Rule
from bricks.advice.rules import head_first, random_and_frozen, thawed_fast
from bricks.bound import Bound
from bricks.brick import Base, Shape
from bricks.catalog import catalog, data_brick
from bricks.edit import repaired
from bricks.health import health
from bricks.problem import Problem
from bricks.project import Project, value_json
from bricks.tower import TOP, Placed, floor
from bricks.walk import Stage, every, step, walk
from codegen.source import printed
from training import calibration, weights
from training.settings import Settings
from ui.board import VERSION
from ui.words import Translate, translator


def payload(
    project: Project, lang: str, settings: Settings | None = None
) -> dict[str, Any]:
    """The tower with its stages, seams, health and code, in the page's language; with
    the server's `settings`, also how long an epoch takes on it."""
    tell = translator(lang)
    stages = walk(project.tower)
    script = printed(project, stages)
    kind = project.tower.data.kind
    attached = {"file": f"attached/{kind}.txt", "mark": MARK.format(kind=kind)}
    shapes, above = _seams(stages)
    return {
        "lang": lang,
        "version": VERSION,
        "tower": [stage_json(stage, tell, script.lines) for stage in stages],
        "seams": {"shapes": shapes, "of": above},
        "misfits": _misfits(project, shapes),
        "health": _health(project, stages, settings),
        "suggestions": _suggestions(project, stages, tell),
        "silenced": list(project.silenced),
        "code": _shown(script.text, script.attached, attached["mark"]),
        "appendix": attached if script.attached else None,
    }


MARK = "… {kind}: the pictures themselves, in the copied and downloaded script …"


def _shown(text: str, attached: str, mark: str) -> str:
    """The script without the pictures that it carries, a mark in their place."""
    return text.replace(attached, mark + "\n") if attached else text


def _health(
    project: Project, stages: list[Stage], settings: Settings | None
) -> dict[str, Any]:
    """The figures of the strip; those of an epoch are None where they aren't known."""
    known = calibration.read(settings) if settings else None
    data = data_brick(project.tower.data.kind)
    took = None
    if known and data:
        split = data.split(data.full(project.tower.data.settings))
        took = calibration.estimate(stages, project.training, split, known)
    return asdict(health(stages, project.training, _room())) | {
        "epoch_seconds": took and took.seconds,
        "epoch_low": took and took.low,
        "epoch_high": took and took.high,
        "once_seconds": took and took.once,
    }


def _room() -> int:
    """The bytes that a training could take now, were nothing else going on."""
    return psutil.virtual_memory().total


def stage_json(
    stage: Stage, tell: Translate, lines: Mapping[str, tuple[int, int]] | None = None
) -> dict[str, Any]:
    """A stage as the browser has it, with those inside of it."""
    placed = stage.placed
    data: dict[str, Any] = {
        "id": placed.id,
        "kind": placed.kind,
        "name": placed.name,
        "settings": shown_settings(placed),
        "gets": stage.gets,
        "gives": stage.gives,
        "weights": stage.weights,
        "fixed": stage.fixed,
        "madds": stage.madds,
        "lines": (lines or {}).get(placed.id),
        "problem": _problem(stage.problem, tell) if stage.problem else None,
    }
    data |= base_json(stage)
    if placed.inner:
        data["inner"] = [[stage_json(s, tell, lines) for s in t] for t in stage.inner]
        data["parameters"] = dict(placed.parameters)
        data["floor"] = stage.floor
    return data


def base_json(stage: Stage) -> dict[str, Any]:
    """How many layers a pretrained base has, and the file of its weights."""
    brick = catalog().get(stage.placed.kind)
    if not isinstance(brick, Base):
        return {}
    settings = brick.full(stage.placed.settings)
    if any(param.wrong(settings.get(param.name)) for param in brick.params):
        return {}  # the walk says what is wrong
    learned = settings["weights"] is not None and stage.gets is not None
    file = brick.file(settings, stage.gets).name if learned else None
    return {"layers": len(brick.names(settings)), "file": file}


SHOWN = ("dataset", "title")
"""Of what a data set says of itself, what the board shows."""


def shown_settings(placed: Placed) -> dict[str, Any]:
    """A brick's settings; the lists of thousands of own pictures stay here."""
    brick = catalog().get(placed.kind)
    params = brick.by_name if brick else {}
    return {
        name: value_json(value)
        for name, value in placed.settings.items()
        if name in SHOWN or not isinstance(params.get(name), Bound)
    }


def _problem(problem: Problem, tell: Translate) -> dict[str, str | None]:
    return {
        "needs": problem.needs.told(tell),
        "got": problem.got.told(tell),
        "do": problem.do.told(tell),
        "repair": problem.repair.label.told(tell) if problem.repair else None,
        "strict": problem.strict.told(tell) if problem.strict else None,
    }


def _suggestions(
    project: Project, stages: list[Stage], tell: Translate
) -> list[dict[str, Any]]:
    quiet = frozenset(project.silenced)
    found = advice(project.tower, stages, quiet, project.training)
    first = {one.id for one in found if one.rule == head_first.NAME}
    # A head that learns first needs its large steps: both would fight.
    found = [
        one for one in found if one.rule != thawed_fast.NAME or one.id not in first
    ]
    return [
        _advice(_within_reach(one, project), rules()[one.rule], tell) for one in found
    ]


def _within_reach(one: Advice, project: Project) -> Advice:
    """The advice; with nothing to press where that would ask for weights that can't
    be had."""
    if one.repair is None or one.rule != random_and_frozen.NAME:
        return one
    after = repaired(project.tower, one.id, one.repair)
    lacks = weights.known_missing(after) and not weights.near(after)
    return replace(one, repair=None) if lacks else one


def _advice(one: Advice, rule: Rule, tell: Translate) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "id": one.id,
        "title": tell(rule.title),
        "said": one.said.told(tell),
        "why": tell(rule.why),
        "source": tell(rule.source),
        "act": one.repair.label.told(tell) if one.repair else None,
    }


def _seams(stages: list[Stage]) -> tuple[list[Shape], dict[str, int]]:
    """The shapes that occur between bricks, and which lies on each brick and floor."""
    shapes: list[Shape] = []
    places: dict[tuple[type, Shape], int] = {}
    above: dict[str, int] = {}

    def lies(id: str, shape: Shape | None) -> None:
        if shape is None or id == TOP:
            return
        key = (type(shape), shape)
        if key not in places:
            places[key] = len(shapes)
            shapes.append(shape)
        above[id] = places[key]

    for stage in every(stages):
        lies(stage.placed.id, stage.gives)
        for n in range(len(stage.inner)):
            lies(floor(stage.placed.id, n), stage.floor)
    return shapes, above


def _misfits(project: Project, shapes: list[Shape]) -> dict[str, list[int]]:
    """On which shapes a palette's brick, or a placed one, would not sit."""
    asked = {
        kind: Placed(kind, brick.start)
        for kind, brick in catalog().items()
        if brick.family not in ("data", "label", "container")
    }
    asked |= {f"#{b.id}": b for b in _resolved(project.tower.bricks, {})}
    found: dict[str, list[int]] = {}
    for key, placed in asked.items():
        plan = _Plan(placed)
        misfits = [n for n, shape in enumerate(shapes) if _sits_not(plan, shape)]
        if misfits:
            found[key] = misfits
    return found


def _resolved(bricks: Iterable[Placed], values: Mapping[str, Any]) -> Iterator[Placed]:
    """Every brick that is no container, with the values of the Blocks around it."""
    for placed in bricks:
        if not placed.inner:
            yield placed.resolved(values)
        for tower in placed.inner:
            yield from _resolved(tower, {**values, **placed.parameters})


class _Plan:
    """A brick as a key: bricks of one kind and settings sit, or not, alike."""

    def __init__(self, placed: Placed) -> None:
        self.placed = placed
        self.key = f"{placed.kind} {placed.settings}"

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Plan) and self.key == other.key


def _sits_not(plan: _Plan, shape: Shape) -> bool:
    return _misfit(plan, type(shape), getattr(shape, "most", 0), shape)


@lru_cache(maxsize=50_000)
def _misfit(plan: _Plan, _type: type, _most: int, shape: Shape) -> bool:
    return step(plan.placed, shape).problem is not None
