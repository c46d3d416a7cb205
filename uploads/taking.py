"""The process that checks one upload and puts it on the shelf, then ends."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from bricks.words import N_, Text
from storage import files
from uploads import bringing, quota
from uploads.dataset import TABLE, DataSet
from uploads.errors import UploadError
from uploads.incoming import SET, Incoming
from uploads.shelf import GONE, Shelf
from uploads.shelf import TABLE as TABLE_FILE
from uploads.take import take

AT_ONCE = 2  # uploads that a server checks; the others wait
PAUSE = 0.2  # seconds between two looks, or two words about progress

FAILED = N_("The check of the files failed: {why}.")


def main(root: Path) -> None:
    """Check what lies in the folder of an upload, and say there what came of it."""
    with suppress(OSError):
        os.nice(10)  # nobody's training or page waits for it
    incoming = Incoming(root)
    try:
        with _turn(root.parents[2]):
            dataset = _put(incoming, Shelf.at(root.parents[1]))
        incoming.end(dataset=dataset.id)
    except UploadError as error:
        bringing.leave(incoming, error.said)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = Text(FAILED, {"why": error.strerror or type(error).__name__})
        bringing.leave(incoming, files.DISK_FULL if full else why)
    else:
        bringing.empty(incoming)


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Wait until few enough others are at it."""
    for number in count():
        lock = FileLock(folder / f"checking-{number % AT_ONCE}.lock", timeout=0)
        try:
            lock.acquire()
            break
        except Timeout:
            time.sleep(PAUSE)
    try:
        yield
    finally:
        lock.release()


def _put(incoming: Incoming, shelf: Shelf) -> DataSet:
    announced, where = incoming.announced(), incoming.root / SET
    into = shelf.get(announced.into) if announced.into else None
    if announced.into and into is None:
        raise UploadError(Text(GONE))
    told = 0.0

    def progress(done: int, of: int) -> None:
        nonlocal told
        if done == of or time.monotonic() - told > PAUSE:
            told = time.monotonic()
            incoming.set_progress(done, of)

    limits = announced.limits
    quota.check_room(shelf, limits)
    source = incoming.source()
    found = take(source, where, incoming.told(), limits, progress, into)
    quota.check_kept(shelf, limits, len(found.items) - len(into.items if into else ()))
    if into is not None:
        return shelf.grow(found, where)
    same = _same(shelf, found, where)
    return same or shelf.put(found, where)


def _same(shelf: Shelf, found: DataSet, where: Path) -> DataSet | None:
    """The data set with just this in it, which is there already."""
    for one in shelf.all():
        if _content(one) == _content(found) and (
            found.kind != TABLE
            or (shelf.folder(one.id) / TABLE_FILE).read_bytes()
            == (where / TABLE_FILE).read_bytes()
        ):
            return one
    return None


def _content(dataset: DataSet) -> tuple[object, ...]:
    """What was brought first, by which two data sets are the same."""
    rows = {(i.digest, i.label, i.value, i.part) for i in dataset.items if not i.added}
    return dataset.kind, dataset.layout, rows
