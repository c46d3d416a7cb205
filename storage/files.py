"""Writing a file so that it is never seen, or left behind, half written."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from bricks.words import N_, Text

DISK_FULL = Text(N_("The server's disk is full: make room on it, then try again."))

LEAST_FREE = 1_000_000
"""Bytes: with less free room we take a failed write for a full disk."""
WINDOWS = os.name == "nt"


def write(path: Path, content: str | bytes) -> None:
    """Put `content` at `path`, all of it or nothing, and on the disk."""
    raw = content.encode() if isinstance(content, str) else content
    beside = path.with_name(f".{path.name}.{token_hex(8)}.new")
    try:
        with beside.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    settle(path.parent)


def sweep(folder: Path) -> None:
    """Remove what a process that was killed left half written; nobody may write here
    meanwhile."""
    with suppress(OSError):  # it does no harm, and the next sweep comes
        for path in folder.glob(".*.new*"):
            path.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Wait until this file, or the names in this folder, are on the disk."""
    if WINDOWS and path.is_dir():
        return  # it opens no folders, and keeps their names by itself
    handle = os.open(path, os.O_RDWR if WINDOWS else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_all(folder: Path) -> None:
    """Wait until every file below this folder is on the disk."""
    if sys.platform == "linux":
        os.sync()  # all at once: thousands of files would wait one after another
    else:
        for path in folder.rglob("*"):
            settle(path)


def disk_is_full(folder: Path) -> bool:
    """Whether there is as good as no room where `folder` is."""
    return room(folder) < LEAST_FREE


def room(folder: Path) -> int:
    """The free bytes where `folder` is, or will be."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free
