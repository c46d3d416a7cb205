"""SQLite files as files: copied while they are in use, looked through, exchanged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from filelock import FileLock

from storage import files

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, under its name and these."""
BUSY_SECONDS = 20
"""How long a writer waits for others: in a burst of a whole class some wait long."""


def lock(path: Path) -> FileLock:
    """Held while the file is exchanged, and by whoever is about to open it."""
    return FileLock(f"{path}.lock")


def identity(path: Path) -> tuple[int, int] | None:
    """Which file has this name just now; None where none has."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def copy(source: Path, target: Path) -> None:
    """The database as it is at one moment, while others go on writing: one file, whole
    or not there."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with _opened(source) as old, _opened(beside) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # it shall need no other file
        files.settle(beside)
        beside.replace(target)
        files.settle(target.parent)
    finally:
        for name in (beside, *_around(beside)):
            name.unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Whether SQLite finds no damage; raises `sqlite3.OperationalError` where it can't
    be looked through just now."""
    try:
        with _opened(path) as connection:
            told = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
    return bool(told == ("ok",))


def exchange(path: Path, aside: Path, source: Path | None) -> None:
    """Put a copy of `source` in this place, or nothing; what was there goes `aside`.

    Who has the old file open keeps it, and reads and writes nothing of the new one.
    """
    ready = path.with_name(f".{path.name}.{os.getpid()}.new")
    if source:
        copy(source, ready)
    with lock(path):
        for name, old in zip(_around(path), _around(aside), strict=True):
            # They go first: beside another database they would be taken for its own.
            with suppress(FileNotFoundError):
                name.replace(old)
        with suppress(FileNotFoundError):
            path.replace(aside)
        if source:
            ready.replace(path)
        files.settle(path.parent)


def shorten(path: Path) -> None:
    """Bring what others wrote into the file itself, and give the log's room back."""
    with _opened(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, timeout=BUSY_SECONDS))


def _around(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in BESIDE]
