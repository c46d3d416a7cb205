"""`python -m uploads`: look at pictures and tables in a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from uploads.errors import UploadError
from uploads.limits import Limits


def main(arguments: list[str] | None = None) -> int:
    """0 where all is taken, 1 where some is passed over, 2 where nothing is taken."""
    given = _parser().parse_args(arguments)
    try:
        return given.command(given)
    except UploadError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror}.", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m uploads", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    told = "what would be taken of a folder, a zip or CSV file, and what not, and why"
    check = commands.add_parser("check", help=told, description=told)
    check.add_argument("path", type=Path, help="the folder or file")
    check.add_argument(
        "--json", action="store_true", help="print an object for machines"
    )
    check.set_defaults(command=_check)
    told = "for the page: check an upload and put it on its shelf"
    take = commands.add_parser("take", help=told, description=told)
    take.add_argument("folder", type=Path, help="the folder of the upload")
    take.set_defaults(command=_take)
    return parser


def _check(given: argparse.Namespace) -> int:
    from uploads import checking

    try:
        dataset = checking.check(given.path, Limits(), _progress)
    except UploadError as error:
        if given.json:
            print(json.dumps({"refused": str(error)}, ensure_ascii=False))
        raise
    if given.json:
        print(json.dumps(checking.report(dataset), ensure_ascii=False, indent=1))
    else:
        print("\n".join(checking.lines(dataset)))
    return 1 if dataset.skipped else 0


def _progress(done: int, of: int) -> None:
    """How far it is, on a line of its own that is written over."""
    if sys.stderr.isatty():
        print(
            f"\r{done:,} of {of:,}",
            end="\r\033[K" if done == of else "",
            file=sys.stderr,
        )


def _take(given: argparse.Namespace) -> int:
    from uploads import taking

    taking.main(given.folder.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
