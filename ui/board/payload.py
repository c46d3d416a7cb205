"""What the browser is sent: the tower, stage by stage, and all that depends on it."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from bricks.brick import Shape
from bricks.catalog import catalog
from bricks.problem import Problem
from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.tower import TOP, Placed
from bricks.walk import Stage, health, step, walk
from codegen.source import printed
from ui.board import VERSION
from ui.words import Translate, translator


def payload(project: Project, lang: str) -> dict[str, Any]:
    """The tower with its stages, seams, health and code, in the page's language."""
    tell = translator(lang)
    stages = walk(project.tower)
    script = printed(project, stages)
    kind = project.tower.data.kind
    attached = {"file": f"attached/{kind}.txt", "mark": MARK.format(kind=kind)}
    shapes, above = _seams(stages)
    return {
        "lang": lang,
        "version": VERSION,
        "tower": [_stage(stage, script.lines, tell) for stage in stages],
        "seams": {"shapes": shapes, "of": above},
        "misfits": _misfits(project, shapes),
        "health": asdict(health(stages, project.training.batch_size)),
        "code": _shown(script.text, script.attached, attached["mark"]),
        "appendix": attached if script.attached else None,
        "recipes": [] if project.tower.bricks else _recipes(lang),
    }


MARK = "… {kind}: the pictures themselves, in the copied and downloaded script …"


def _shown(text: str, attached: str, mark: str) -> str:
    """The script without the pictures that it carries, a mark in their place."""
    return text.replace(attached, mark + "\n") if attached else text


def _stage(
    stage: Stage, lines: dict[str, tuple[int, int]], tell: Translate
) -> dict[str, Any]:
    placed = stage.placed
    return {
        "id": placed.id,
        "kind": placed.kind,
        "name": placed.name,
        "settings": placed.settings,
        "gets": stage.gets,
        "gives": stage.gives,
        "weights": stage.weights,
        "madds": stage.madds,
        "lines": lines.get(placed.id),
        "problem": _problem(stage.problem, tell) if stage.problem else None,
    }


def _problem(problem: Problem, tell: Translate) -> dict[str, str | None]:
    return {
        "needs": problem.needs.told(tell),
        "got": problem.got.told(tell),
        "do": problem.do.told(tell),
        "repair": problem.repair.label.told(tell) if problem.repair else None,
        "strict": problem.strict.told(tell) if problem.strict else None,
    }


def _seams(stages: list[Stage]) -> tuple[list[Shape], dict[str, int]]:
    """The shapes that occur between bricks, and which one lies on each brick."""
    shapes: list[Shape] = []
    above: dict[str, int] = {}
    for stage in stages:
        if stage.gives is not None and stage.placed.id != TOP:
            if stage.gives not in shapes:
                shapes.append(stage.gives)
            above[stage.placed.id] = shapes.index(stage.gives)
    return shapes, above


def _misfits(project: Project, shapes: list[Shape]) -> dict[str, list[int]]:
    """On which shapes a palette's brick, or a placed one, would not sit."""
    asked = {
        kind: Placed(kind, brick.start)
        for kind, brick in catalog().items()
        if brick.family not in ("data", "label")
    }
    asked |= {f"#{placed.id}": placed for placed in project.tower.bricks}
    known: dict[str, list[int]] = {}
    found: dict[str, list[int]] = {}
    for key, placed in asked.items():
        brick = f"{placed.kind} {placed.settings}"
        if brick not in known:
            known[brick] = _misfitting(placed, shapes)
        if known[brick]:
            found[key] = known[brick]
    return found


def _misfitting(placed: Placed, shapes: list[Shape]) -> list[int]:
    return [n for n, shape in enumerate(shapes) if step(placed, shape).problem]


@cache
def _recipes(lang: str) -> list[dict[str, Any]]:
    tell = translator(lang)
    return [
        {
            "name": name,
            "title": tell(recipe(name).name),
            "about": tell(recipe(name).about),
            "weights": sum(stage.weights for stage in walk(recipe(name).tower)),
            "bricks": [
                {"kind": placed.kind, "settings": placed.settings}
                for placed in recipe(name).tower.bricks
            ],
        }
        for name in recipe_names()
    ]
