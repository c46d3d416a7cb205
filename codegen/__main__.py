"""`python -m codegen FILE [-o OUT]`: a tower as a script, notebook, table or graph;
`python -m codegen read CODE [-o OUT]`: Keras code or a saved model as a tower."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.recipes import read
from bricks.walk import walk
from codegen.graph import graph
from codegen.latex import table
from codegen.notebook import notebook
from codegen.read import read_file
from codegen.source import script

_PRINTED: dict[str, Callable[[Project], str]] = {
    ".ipynb": notebook,
    ".tex": table,
    ".gv": graph,
    ".dot": graph,
}
"""What the ending of a file's name asks for, where that is not the script."""


def main(arguments: list[str] | None = None) -> int:
    """0 where it was printed or read, 1 where the tower has problems, 2 where that
    failed."""
    words = sys.argv[1:] if arguments is None else arguments
    reads = words[:1] == ["read"]
    given = (_read_parser() if reads else _parser()).parse_args(words[reads:])
    try:
        return (_read if reads else _print)(given.file, given.out)
    except ProjectError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{given.out} can't be written: {error.strerror}.", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m codegen",
        description="A tower as a Keras script, a notebook, a table or a graph.",
        epilog="python -m codegen read CODE goes the other way.",
    )
    parser.add_argument("file", help="a project file, or the name of a recipe")
    parser.add_argument(
        "-o",
        dest="out",
        help="where to write: .py for a script, .ipynb for a notebook, .tex for a "
        "LaTeX table, .gv for Graphviz",
    )
    return parser


def _read_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m codegen read",
        description="Keras code or a saved model as a project file; nothing is run.",
    )
    parser.add_argument("file", help="code (.py), a .keras file, or to_json()'s text")
    parser.add_argument("-o", dest="out", help="where to write the project file")
    return parser


def _print(file: str, out: str | None) -> int:
    project = read(file)
    problems = [stage for stage in walk(project.tower) if stage.problem]
    for stage in problems:
        print(f"{stage.placed.kind} {stage.problem}", file=sys.stderr)
    if problems:
        return 1
    printed = _PRINTED.get(Path(out or "").suffix, script)
    _write(printed(project), out)
    return 0


def _read(file: str, out: str | None) -> int:
    reading = read_file(Path(file))
    for note in reading.notes:
        print(note, file=sys.stderr)
    _write(reading.project.to_json(), out)
    stages = walk(reading.project.tower)
    return 1 if any(stage.problem for stage in stages) else 0


def _write(text: str, out: str | None) -> None:
    if out:
        Path(out).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    sys.exit(main())
