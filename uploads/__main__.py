"""`python -m uploads`: look at pictures and tables in a terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """0 where all is taken, 1 where some is passed over, 2 where nothing is taken."""
    given = _parser().parse_args(arguments)
    return given.command(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m uploads", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    told = "for the page: check an upload and put it on its shelf"
    take = commands.add_parser("take", help=told, description=told)
    take.add_argument("folder", type=Path, help="the folder of the upload")
    take.set_defaults(command=_take)
    return parser


def _take(given: argparse.Namespace) -> int:
    from uploads import taking

    taking.main(given.folder.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
