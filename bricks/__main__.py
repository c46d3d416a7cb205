"""`python -m bricks`: look at towers, the catalogue and the recipes in a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.recipes import read, recipe, recipe_names
from bricks.schema import schema
from bricks.walk import Stage, health, walk
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
    figures = health(stages, project.training.batch_size)
    if given.json:
        print(json.dumps(_report(stages), ensure_ascii=False, indent=1))
    else:
        print(_table(stages))
        verdict = "holds" if figures.holds else f"has problems: {figures.problems}"
        print(f"\n{project.name} {verdict}; {figures.weights:,} weights")
    return 0 if figures.holds else 1


def _report(stages: list[Stage]) -> dict[str, Any]:
    return {
        "holds": all(stage.problem is None for stage in stages),
        "weights": sum(stage.weights for stage in stages),
        "bricks": [_row(stage) for stage in stages],
    }


def _row(stage: Stage) -> dict[str, Any]:
    problem = stage.problem
    return {
        "kind": stage.placed.kind,
        "name": stage.placed.name,
        "gets": stage.gets,
        "gives": stage.gives,
        "weights": stage.weights,
        "problem": problem
        and {
            "needs": str(problem.needs),
            "got": str(problem.got),
            "do": str(problem.do),
            "repair": problem.repair and str(problem.repair.label),
        },
    }


def _table(stages: list[Stage]) -> str:
    """One line a brick, from the ground up, with its problem under it."""
    lines = [f"{'brick':<26}{'gets':>12}{'gives':>12}{'weights':>12}"]
    for stage in stages:
        name = stage.placed.name or stage.placed.kind
        gets = "-" if stage is stages[0] else size(stage.gets)
        gives = size(stage.gives)
        lines.append(f"{name:<26}{gets:>12}{gives:>12}{stage.weights:>12,}")
        if stage.problem:
            lines.append(f"  ! {stage.problem}")
    return "\n".join(lines)


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
        print(f"{name:<22}{weights:>10,} weights  {recipe(name).about}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
