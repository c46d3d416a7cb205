"""Copies of the record, and the way back to the last one where it is damaged."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from datetime import datetime
from pathlib import Path
from time import monotonic

from sqlalchemy.engine import make_url

from bricks.words import N_, Text
from storage import files, sqlite
from training.settings import Settings
from training.tables import Damaged, StoreError

FOLDER = "backups"
NOTICE = "restored.json"
NOTICE_SECONDS = 24 * 3600.0
"""For so long the page says that the record was restored."""
FIRST_SECONDS = 60.0
EVERY_SECONDS = 2 * 3600.0
MAGIC = b"SQLite format 3\0"
NEWEST, DAYS = 3, 7
"""The newest are kept, and one of each of the last days that have any."""

RESTORED = N_(
    "The record was damaged and is back as it was at {when}: what was done after that "
    "is missing. The damaged file is kept as {name}."
)
BEGUN_ANEW = N_(
    "The record was damaged and there was no backup of it, so it begins anew. "
    "The damaged file is kept as {name}."
)
NOT_SQLITE = Text(
    N_(
        "The record is kept by a database server: make its backups with the server's "
        "own tools."
    )
)
NO_BACKUP = Text(N_("There is no backup of the record yet."))
BAD_BACKUP = N_("{name} is no whole backup of a record: choose another one.")

log = logging.getLogger(__name__)


def record(settings: Settings) -> Path | None:
    """The record's file, where it is one."""
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return Path(url.database)


def backups(settings: Settings) -> list[Path]:
    """The backups there are, newest first; by number, since clocks may be set."""
    found = (settings.home / FOLDER).glob("record-*.db")
    return sorted(found, key=_number, reverse=True)


def make(settings: Settings) -> Path:
    """Make a backup while everything goes on, and drop old ones.

    Raises `Damaged` where the record is, so that no backup takes a good one's place,
    and `StoreError` where the disk has no room for one.
    """
    path = record(settings)
    if path is None:
        raise StoreError(NOT_SQLITE)
    before = backups(settings)
    number = _number(before[0]) + 1 if before else 1
    target = settings.home / FOLDER / f"record-{number:06}.db"
    target.parent.mkdir(parents=True, exist_ok=True)
    files.sweep(target.parent)
    if files.room(target.parent) < 2 * path.stat().st_size + files.LEAST_FREE:
        raise StoreError(files.DISK_FULL)
    try:
        sqlite.copy(path, target)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise Damaged from error
    if not sqlite.is_whole(target):
        target.unlink()
        raise Damaged
    for old in _superfluous([target, *before]):
        old.unlink(missing_ok=True)
    return target


def mend(settings: Settings) -> Text | None:
    """Where the record is damaged, put the last good backup in its place, and a notice
    where the page finds it; nobody else may do so at the same time."""
    path = record(settings)
    if path is None or not path.exists() or not _is_damaged(path, settings):
        return None
    source = next((one for one in backups(settings) if sqlite.is_whole(one)), None)
    aside = put_back(settings, source)
    told = {"name": aside.name}
    said = Text(BEGUN_ANEW, told)
    if source:
        said = Text(RESTORED, {**told, "when": _when(source)})
    log.error("%s", said)
    files.write(settings.home / NOTICE, json.dumps(said.to_json()))
    return said


def put_back(settings: Settings, source: Path | None) -> Path:
    """Have this backup, or nothing, in place of the record; where that went."""
    path = record(settings)
    if path is None:
        raise StoreError(NOT_SQLITE)
    if source and not (source.is_file() and sqlite.is_whole(source)):
        raise StoreError(Text(BAD_BACKUP, {"name": source.name}))
    names = (path.with_name(f"{path.name}.aside-{number}") for number in range(1, 9999))
    aside = next(name for name in names if not name.exists())
    sqlite.exchange(path, aside, source)
    return aside


def notice(settings: Settings) -> Text | None:
    """What to say of a record that was restored within the last day."""
    path = settings.home / NOTICE
    try:
        if abs(time.time() - path.stat().st_mtime) < NOTICE_SECONDS:
            return Text.from_json(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    return None


class Backups:
    """Has backups made, by a thread beside the trainer's own work."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.damaged = False
        self._thread: threading.Thread | None = None
        self._after = monotonic() + FIRST_SECONDS

    def go_on(self) -> None:
        """Take the next step; raises `Damaged` where a backup showed that."""
        if self.damaged:
            raise Damaged
        if monotonic() < self._after or record(self.settings) is None:
            return
        self._after = monotonic() + EVERY_SECONDS
        self._thread = threading.Thread(target=self._make, daemon=True)
        self._thread.start()

    def _make(self) -> None:
        try:
            if not _is_fresh(self.settings):
                log.info("The record is saved in %s.", make(self.settings).name)
            path = record(self.settings)
            assert path is not None
            sqlite.shorten(path)
        except Damaged:
            self.damaged = True
        except (OSError, sqlite3.Error, StoreError):
            log.exception("The record can't be saved now.")


def _is_damaged(path: Path, settings: Settings) -> bool:
    """Without any backup an empty file is a record that was not written yet, and one
    that does not begin as SQLite's do was never ours to move."""
    with path.open("rb") as file:
        ours = file.read(len(MAGIC)) == MAGIC
    return not sqlite.is_whole(path) if ours else bool(backups(settings))


def _is_fresh(settings: Settings) -> bool:
    """Whether nothing was written since the last backup, or that was a moment ago."""
    last, path = backups(settings)[:1], record(settings)
    if not last or path is None:
        return False
    made = last[0].stat().st_mtime
    log_file = path.with_name(f"{path.name}-wal")
    there = [file for file in (path, log_file) if file.exists()]
    changed = max((file.stat().st_mtime for file in there), default=0.0)
    return changed < made or 0 <= time.time() - made < EVERY_SECONDS / 2


def _superfluous(found: list[Path]) -> list[Path]:
    """Of the backups, newest first, those that no longer need to be kept."""
    days: dict[str, Path] = {}
    for path in found:
        days.setdefault(_when(path)[:10], path)
    kept = {*found[:NEWEST], *list(days.values())[:DAYS]}
    return [path for path in found if path not in kept]


def _number(path: Path) -> int:
    digits = path.stem.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0


def _when(path: Path) -> str:
    made = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return made.strftime("%Y-%m-%d %H:%M")
