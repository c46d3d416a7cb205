"""An upload in progress: announced, received piece by piece, checked, put on the shelf.

Whatever breaks it off, nothing half is on the shelf: files are collected apart, checked
by a process of their own, and moved in as a whole.
"""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bricks.project import clean_name
from bricks.words import N_, Text
from storage import files
from uploads import quota, taker
from uploads.errors import UploadError
from uploads.found import check_count, check_size
from uploads.incoming import FILES, SET, Announced, Incoming
from uploads.limits import Limits
from uploads.shelf import INCOMING, Shelf, new_id

DAY = 24 * 3600.0
MOST_PATH = 4_000  # characters of a file's name with its folders
MOST_AT_ONCE = 3  # uploads of one person
SILENT = 300.0  # seconds after which one of too many is taken for abandoned

AT_ONCE = N_("{count} uploads are under way already: let one of them end first.")
NOT_HERE = N_("This upload is not here any more: send the files again.")
NOT_WHOLE = N_("The upload did not finish: send the files again.")
BROKEN_OFF = N_("The check of the files was broken off: send them again.")


@dataclass(frozen=True, slots=True)
class State:
    """How far an upload is."""

    state: str
    """"receiving", "checking", "done" or "failed"."""
    done: int = 0
    of: int = 0
    """Bytes while it is received, files while they are checked."""
    said: Text | None = None
    dataset: str | None = None


@dataclass
class Tally:
    """What of an upload is here, kept in memory while it comes."""

    limits: Limits
    sizes: dict[str, int]
    """The bytes of each file, by its path."""
    total: int
    """All of them together."""
    lock: threading.Lock = field(default_factory=threading.Lock)


_tallies: dict[Path, Tally] = {}
_lock = threading.Lock()


def begin(
    shelf: Shelf,
    limits: Limits,
    name: str,
    files: int,
    size: int,
    into: str | None = None,
) -> str:
    """Announce so many files of so many bytes together; the upload's id.

    `into` is the data set that they shall be added to. UploadError where it can't be.
    """
    sweep(shelf)
    check_count(files, limits.files)
    check_size(size, limits.upload)
    quota.check_kept(shelf, limits)
    quota.check_room(shelf, limits, max(0, size))
    under_way = _under_way(shelf)
    if under_way >= MOST_AT_ONCE:
        raise UploadError(Text(AT_ONCE, {"count": under_way}))
    if into is None:
        quota.check_sets(shelf, limits, under_way)
    else:
        quota.check_adding(shelf, into)
    id = new_id()
    announced = Announced(clean_name(name), files, size, limits, into)
    Incoming(shelf.incoming(id)).announce(announced)
    return id


def receive(shelf: Shelf, id: str, path: str, offset: int, chunk: bytes) -> None:
    """Keep a piece of the file that the user calls `path`; twice does no harm."""
    incoming = _incoming(shelf, id)
    if incoming.taker() or incoming.ended():
        raise UploadError(Text(NOT_HERE))
    tally = _tally(incoming)
    quota.check_room(shelf, tally.limits)
    with tally.lock, _room_for(incoming):
        known = tally.sizes.get(path)
        if len(path) > MOST_PATH or not 0 <= offset <= (known or 0):
            raise UploadError(Text(NOT_WHOLE))
        more = max(0, offset + len(chunk) - (known or 0))
        check_count(len(tally.sizes) + (known is None), tally.limits.files)
        check_size(tally.total + more, tally.limits.upload)
        if known is None:
            incoming.name(path)
        with incoming.file(path).open("w+b" if known is None else "r+b") as file:
            file.seek(offset)
            file.write(chunk)
        tally.sizes[path] = (known or 0) + more
        tally.total += more
        os.utime(incoming.root)  # by which silence is told


def finish(shelf: Shelf, id: str) -> None:
    """All was sent: have it checked. Called again, it changes nothing."""
    incoming = _incoming(shelf, id)
    if incoming.taker() or incoming.ended():
        return
    announced = incoming.announced()
    if _tally(incoming).total < announced.size:
        raise UploadError(Text(NOT_WHOLE))
    _check(incoming)


def finish_folder(shelf: Shelf, id: str, path: Path) -> None:
    """Have a folder (or a file) of this server checked, instead of sent files."""
    incoming = _incoming(shelf, id)
    if not (incoming.taker() or incoming.ended()):
        incoming.announce(replace(incoming.announced(), folder=str(path.resolve())))
        _check(incoming)


def state(shelf: Shelf, id: str) -> State:
    """How far it is; "failed" with a sentence where nothing can come of it."""
    incoming = Incoming(shelf.incoming(id))
    if not incoming.root.is_dir():
        return State("failed", said=Text(NOT_HERE))
    alive = taker.is_alive(
        incoming
    )  # asked before the result, which comes before the end
    if ended := incoming.ended():
        dataset, said = ended
        return State("done" if dataset else "failed", said=said, dataset=dataset)
    done, of = incoming.progress()
    if alive:
        return State("checking", done, of)
    if incoming.taker():
        leave(incoming, Text(BROKEN_OFF))
        return State("failed", said=Text(BROKEN_OFF))
    here = _tally(incoming).total
    return State("receiving", here, incoming.announced().size)


def cancel(shelf: Shelf, id: str) -> None:
    """Break it off and leave nothing behind, however far it is."""
    incoming = Incoming(shelf.incoming(id))
    taker.kill(incoming)
    with _lock:
        _tallies.pop(incoming.root, None)
    shutil.rmtree(incoming.root, ignore_errors=True)


def sweep(shelf: Shelf) -> None:
    """Remove what nobody went on with for a day, and what is left of deleted data."""
    for folder in _folders(shelf):
        if _silence(folder) > DAY:
            cancel(shelf, folder.name)
    for folder in shelf.root.glob("gone-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _under_way(shelf: Shelf) -> int:
    """How many uploads are under way; where they are many, silent ones are dropped."""
    folders = [path for path in _folders(shelf) if not Incoming(path).ended()]
    silent = [path for path in folders if _silence(path) > SILENT]
    if len(folders) >= MOST_AT_ONCE and silent:
        cancel(shelf, max(silent, key=_silence).name)
        return len(folders) - 1
    return len(folders)


def _silence(folder: Path) -> float:
    """Seconds since something of an upload came, or was said of it."""
    try:
        paths = (folder, *folder.iterdir())
        return time.time() - max(path.stat().st_mtime for path in paths)
    except FileNotFoundError:
        return 0.0


def _folders(shelf: Shelf) -> list[Path]:
    folder = shelf.root / INCOMING
    return (
        [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    )


def _incoming(shelf: Shelf, id: str) -> Incoming:
    incoming = Incoming(shelf.incoming(id))
    if not incoming.root.is_dir():
        raise UploadError(Text(NOT_HERE))
    return incoming


def _tally(incoming: Incoming) -> Tally:
    with _lock:
        if incoming.root not in _tallies:
            paths = incoming.told().paths.values()
            sizes = {path: incoming.file(path).stat().st_size for path in paths}
            limits = incoming.announced().limits
            _tallies[incoming.root] = Tally(limits, sizes, sum(sizes.values()))
        return _tallies[incoming.root]


@contextmanager
def _room_for(incoming: Incoming) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UploadError(files.DISK_FULL) from error
        if not incoming.root.is_dir():  # it was cancelled meanwhile
            raise UploadError(Text(NOT_HERE)) from error
        raise


def _check(incoming: Incoming) -> None:
    taker.start(incoming)
    with _lock:
        _tallies.pop(incoming.root, None)


def leave(incoming: Incoming, said: Text) -> None:
    """Keep of a failed upload nothing but why; on a full disk that needs the room."""
    empty(incoming)
    incoming.end(said=said)


def empty(incoming: Incoming) -> None:
    """Remove the files that were collected and checked."""
    for folder in FILES, SET:
        shutil.rmtree(incoming.root / folder, ignore_errors=True)
