"""`python -m bricks`: look at towers, the catalogue and the recipes in a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.health import health
from bricks.recipes import read, recipe, recipe_names
from bricks.schema import schema
from bricks.tower import GROUND
from bricks.walk import Stage, every, walk
from bricks.words import size


def main(arguments: list[str] | None = None) -> int:
    """0 where the tower holds, 1 where it has problems, 2 where it can't be read."""
    given = _parser().parse_args(arguments)
    try:
        return given.run(given)
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bricks", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check", help="each brick of a tower, and what is wrong"
    )
    check.add_argument("file", help="a project file, or the name of a recipe")
    check.add_argument(
        "--json", action="store_true", help="print an object for machines"
    )
    check.set_defaults(run=_check)
    commands.add_parser("list", help="the catalogue").set_defaults(run=_list)
    commands.add_parser("recipes", help="the ready-made towers").set_defaults(
        run=_recipes
    )
    commands.add_parser("schema", help="JSON Schema of project files").set_defaults(
        run=_schema
    )
    return parser


def _check(given: argparse.Namespace) -> int:
    project = read(given.file)
    stages = walk(project.tower)
    figures = health(stages, project.training)
    if given.json:
        print(json.dumps(_report(stages), ensure_ascii=False, indent=1))
    else:
        print(_table(stages))
        verdict = "holds" if figures.holds else f"has problems: {figures.problems}"
        trained = f", {figures.trained:,} trained" if figures.fixed else ""
        print(f"\n{project.name} {verdict}; {figures.weights:,} weights{trained}")
    return 0 if figures.holds else 1


def _report(stages: list[Stage]) -> dict[str, Any]:
    return {
        "holds": all(stage.problem is None for stage in every(stages)),
        "weights": sum(stage.weights for stage in stages),
        "fixed": sum(stage.fixed for stage in stages),
        "bricks": [_row(stage) for stage in stages],
    }


def _row(stage: Stage) -> dict[str, Any]:
    problem = stage.problem
    inner = [[_row(one) for one in tower] for tower in stage.inner]
    return ({"inner": inner} if inner else {}) | {
        "kind": stage.placed.kind,
        "name": stage.placed.name,
        "gets": stage.gets,
        "gives": stage.gives,
        "weights": stage.weights,
        "fixed": stage.fixed,
        "problem": problem
        and {
            "needs": str(problem.needs),
            "got": str(problem.got),
            "do": str(problem.do),
            "repair": problem.repair and str(problem.repair.label),
        },
    }


def _table(stages: list[Stage]) -> str:
    """One line a brick, from the ground up, with its problem under it; the bricks of
    a container stand indented under it, with a line between its towers."""
    head = f"{'brick':<30}{'gets':>13}{'gives':>13}{'weights':>13}"
    return "\n".join([head, *_lines(stages, "")])


def _lines(stages: Sequence[Stage], margin: str) -> Iterator[str]:
    for stage in stages:
        name = margin + (stage.placed.name or stage.placed.kind)
        gets = "-" if stage.placed.id == GROUND else size(stage.gets)
        gives = size(stage.gives)
        yield f"{name:<30}{gets:>13}{gives:>13}{stage.weights:>13,}"
        if stage.problem:
            yield f"{margin}  ! {stage.problem}"
        for number, inner in enumerate(stage.inner):
            if number:
                yield f"{margin}  --"
            yield from _lines(inner, margin + "  ")


def _list(_: argparse.Namespace) -> int:
    for kind, brick in catalog().items():
        print(f"{brick.family:<16}{kind:<26}{brick.about}")
    return 0


def _schema(_: argparse.Namespace) -> int:
    print(json.dumps(schema(), indent=1))
    return 0


def _recipes(_: argparse.Namespace) -> int:
    for name in recipe_names():
        weights = sum(stage.weights for stage in walk(recipe(name).tower))
        print(f"{name:<26}{weights:>12,} weights  {recipe(name).about}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
