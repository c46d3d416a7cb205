"""`python -m codegen FILE [-o OUT]`: a tower as a Keras script or a notebook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bricks.errors import ProjectError
from bricks.recipes import read
from bricks.walk import walk
from codegen.notebook import notebook
from codegen.source import script


def main(arguments: list[str] | None = None) -> int:
    """0 where it was printed, 1 where the tower has problems, 2 where that failed."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument("file", help="a project file, or the name of a recipe")
    parser.add_argument(
        "-o", dest="out", help="where to write: .py for a script, .ipynb for a notebook"
    )
    given = parser.parse_args(arguments)
    try:
        return _print(given.file, given.out)
    except ProjectError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{given.out} can't be written: {error.strerror}.", file=sys.stderr)
    return 2


def _print(file: str, out: str | None) -> int:
    project = read(file)
    problems = [stage for stage in walk(project.tower) if stage.problem]
    for stage in problems:
        print(f"{stage.placed.kind} {stage.problem}", file=sys.stderr)
    if problems:
        return 1
    text = notebook(project) if out and out.endswith(".ipynb") else script(project)
    if out:
        Path(out).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
