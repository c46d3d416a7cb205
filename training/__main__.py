"""`python -m training`: train in a terminal, look after runs, be the trainer."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from training.settings import Settings, SettingsError

if TYPE_CHECKING:  # SQLAlchemy takes a moment
    from training.ledger import Ledger

DATA = (
    "for a tower on your own data a folder, a zip or a CSV file; "
    "for others a folder with copies of the data sets"
)
KINDS = ("keras", "onnx", "litert", "savedmodel", "demo")
KIND = "the model alone, in this format, proved; without it all files as a zip file"
Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: list[str] | None = None) -> int:
    """0 where it went well, 1 where a run or tower has problems, 2 for bad usage."""
    given = _parser().parse_args(arguments)
    from bricks.errors import ProjectError
    from training.tables import StoreError
    from uploads.errors import UploadError

    try:
        return given.command(given, Settings.from_environment())
    except (ProjectError, SettingsError, StoreError, UploadError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror}.", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="train now, in this terminal")
    run.add_argument("file", help="a project file, or the name of a recipe")
    run.add_argument("--out", type=Path, help="the run's folder (default: a new one)")
    run.add_argument("--epochs", type=_whole, help="instead of the project's own")
    run.add_argument("--data", type=Path, help=DATA)
    run.set_defaults(command=_run)
    _add_try(commands)
    _add_ask(commands)
    _add(commands, "runs", "the runs on record, newest first", _runs)
    export = _add(commands, "export", "a run's files, or its model", _export, id=True)
    export.add_argument("--as", dest="kind", choices=KINDS, help=KIND)
    export.add_argument("-o", dest="out", type=Path, help="default: ID.zip, or so")
    _add(commands, "show", "a run, and what is needed to repeat it", _show, id=True)
    _add(commands, "pause", "stop a run for now", _pause, id=True)
    resume = _add(commands, "resume", "let an ended run go on", _resume, id=True)
    resume.add_argument("--epochs", type=_whole, help="in all: more than before")
    _add(commands, "stop", "stop a run", _stop, id=True)
    _add(commands, "calibrate", "measure how fast this machine trains", _calibrate)
    base = _add(commands, "base", "a trained tower as a base, in a new project", _base)
    base.add_argument("source", help="a run's id, or a .keras file")
    base.add_argument("--up-to", type=_whole, metavar="N", help="its first N bricks")
    base.add_argument("-o", dest="out", type=Path, help="where to write the project")
    save = _add(commands, "backup", "save the record while everything goes on", _backup)
    save.add_argument("-o", dest="out", type=Path, help="a copy here, too")
    back = _add(commands, "restore", "put a backup in the record's place", _restore)
    back.add_argument("file", type=Path, nargs="?", help="default: the last backup")
    _add(commands, "serve", "be the trainer, until ended by a signal", _serve)
    return parser


def _add_try(commands: argparse._SubParsersAction) -> None:
    tries = _add(commands, "try", "variants of a tower, one after another", _try)
    tries.add_argument("file", help="a project file, or the name of a recipe")
    tries.add_argument(
        "--vary",
        action="append",
        default=[],
        metavar="NAME=VALUES",
        help="such as b5.units=64,128 or training.learning_rate=0.0001..0.1; "
        "without it, what can be varied is printed",
    )
    tries.add_argument("--search", type=_whole, metavar="N", help="so many, by Optuna")
    tries.add_argument("--epochs", type=_whole, help="of each variant")
    tries.add_argument("--minutes", type=_whole, help="of training, all together")


def _add_ask(commands: argparse._SubParsersAction) -> None:
    ask = _add(commands, "ask", "what a network tells of pictures", _ask)
    ask.add_argument(
        "which", help="a run's id or folder; a file or recipe of a tower on ImageNet"
    )
    ask.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    ask.add_argument("--json", action="store_true", help="as JSON")


def _add(
    commands: argparse._SubParsersAction,
    name: str,
    help: str,
    command: Command,
    id: bool = False,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help, description=help)
    if id:
        parser.add_argument("id", help="the run's id, as `runs` prints it")
    parser.set_defaults(command=command)
    return parser


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 1000")
    return int(text)


def _run(given: argparse.Namespace, settings: Settings) -> int:
    from training import terminal

    return terminal.run(settings, given.file, given.out, given.epochs, given.data)


def _try(given: argparse.Namespace, settings: Settings) -> int:
    from training import trying

    if not given.vary:
        return trying.offers(given.file)
    bounds = given.search, given.epochs, given.minutes
    return trying.run(settings, given.file, given.vary, *bounds)


def _ask(given: argparse.Namespace, settings: Settings) -> int:
    from training import answering

    return answering.run(settings, given.which, given.pictures, not given.json)


def _runs(_: argparse.Namespace, settings: Settings) -> int:
    from bricks.words import Text
    from training.ledger import Ledger

    for row in Ledger(settings.database).runs():
        reason = f"  {Text.from_json(row.reason)}" if row.reason else ""
        print(
            f"{row.id}  {row.state:<8}{row.epoch:>4}/{row.epochs:<4} {row.name}{reason}"
        )
    return 0


def _export(given: argparse.Namespace, settings: Settings) -> int:
    from training import runs
    from training.ledger import Ledger

    row = Ledger(settings.database).run(given.id)
    where = runs.folder(settings, row.id) if row else None
    if row is None or where is None or not where.is_dir():
        return _unknown(given.id)
    if given.kind:
        from training import leaving

        return leaving.export(settings, row, given.kind, given.out)
    out = given.out or Path(f"{given.id}.zip")
    runs.export(where, out)
    print(out)
    return 0


def _stop(given: argparse.Namespace, settings: Settings) -> int:
    from training.ledger import Ledger

    return _done(Ledger(settings.database), given.id, Ledger.stop)


def _show(given: argparse.Namespace, settings: Settings) -> int:
    from training import runs, showing
    from training.ledger import Ledger

    ledger = Ledger(settings.database)
    row = ledger.run(given.id)
    if row is None:
        return _unknown(given.id)
    where = runs.folder(settings, row.id)
    print("\n".join(showing.lines(row, ledger.last_epoch(row), where)))
    return 0


def _pause(given: argparse.Namespace, settings: Settings) -> int:
    from training.ledger import Ledger

    return _done(Ledger(settings.database), given.id, Ledger.pause)


def _resume(given: argparse.Namespace, settings: Settings) -> int:
    from training.launch import ensure_trainer
    from training.ledger import Ledger

    def resume(ledger: Ledger, id: str) -> bool:
        return ledger.resume(id, given.epochs)

    code = _done(Ledger(settings.database), given.id, resume)
    if code == 0:
        ensure_trainer(settings)
    return code


def _done(ledger: Ledger, id: str, deed: Callable[[Ledger, str], bool]) -> int:
    """Do it to the run, and say what it is now, or why it could not be done."""
    did, row = deed(ledger, id), ledger.run(id)
    if row is None:
        return _unknown(id)
    told = f"{id} is {row.state}, {row.epoch} of {row.epochs} epochs are trained"
    if not did:
        print(f"{told}: this can't be done to it.", file=sys.stderr)
        return 2
    wanted = f", and will be {row.wanted} in a moment" if row.wanted else ""
    print(f"{told}{wanted}.")
    return 0


def _unknown(id: str) -> int:
    print(f"There is no run {id}: see `python -m training runs`.", file=sys.stderr)
    return 2


def _base(given: argparse.Namespace, settings: Settings) -> int:
    from training import based

    return based.base(settings, given.source, given.up_to, given.out)


def _calibrate(_: argparse.Namespace, settings: Settings) -> int:
    """A minute or two; the page then says how long an epoch will take."""
    from training import calibration
    from training.engines.local import prepare_environment
    from training.worker import life

    life.die_with_trainer()  # where it was the trainer that asked
    prepare_environment(settings)
    from training.worker.calibrate import calibrate

    said = "{} of {} towers"
    found = calibrate(settings.slots, lambda n, of: print(said.format(n, of)))
    calibration.write(settings, found)
    print(f"{found.device}: most times are foretold within x {found.spread:.2f}")
    return 0


def _backup(given: argparse.Namespace, settings: Settings) -> int:
    from storage import sqlite
    from training import backup

    made = backup.make(settings)
    if given.out and given.out.is_dir():
        print(f"{given.out} is a folder: name a file after -o.", file=sys.stderr)
        return 2
    if given.out:
        sqlite.copy(made, given.out)
    print(given.out or made)
    return 0


def _restore(given: argparse.Namespace, settings: Settings) -> int:
    from filelock import FileLock, Timeout

    from training import backup
    from training.tables import StoreError

    try:
        with FileLock(settings.lock, timeout=2):
            last = backup.backups(settings)[:1]
            source = given.file or (last[0] if last else None)
            if source is None:
                raise StoreError(backup.NO_BACKUP)
            print(backup.put_back(settings, source))
    except Timeout:
        print("A trainer is running: end Brickyard first.", file=sys.stderr)
        return 2
    return 0


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    from training.serve import serve

    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    return serve(settings)


if __name__ == "__main__":
    sys.exit(main())
