"""Own pictures read once, into arrays that lie on the disk and train at full speed.

`<data set>/prepared/<key>/` holds `{train,validation,test}_{x,y}.npy` as the printed
script's `load_data` would give them, and `pictures.json` with the digest of every row.
The key follows from the script's own functions and from which pictures there are, so
what lies there is never out of date.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

import numpy as np
from filelock import FileLock, Timeout

from bricks import pictures
from bricks.words import N_, Text
from storage import files
from uploads import binding
from uploads.binding import Row
from uploads.dataset import DataSet
from uploads.errors import UploadError
from uploads.reading import ROWS, Known, Reader
from uploads.shelf import GONE, INDEX, PREPARED

Progress = Callable[[int, int], None]
"""Is told how many pictures are done, of how many; may raise to break it off."""

GONE_ARRAYS = ".gone"
"""The ending of a folder that is being deleted."""
KEPT = 3
"""Of one data set: the pictures of several towers, or of one before and after."""
SPARE = 500_000_000
"""Bytes that stay free on the disk."""
IN_USE_SECONDS = 3600.0
"""Others' arrays that were used since then are left alone when the disk is full."""
GB = 1e9
WAIT_SECONDS = 0.5

NO_ROOM = N_(
    "The pictures need {needed} GB on the server's disk, and {free} GB are free: "
    "choose a smaller image size."
)
TOO_FEW = N_("There are too few pictures: every part, to test with too, needs one.")


def ready(folder: Path, settings: Mapping[str, Any]) -> Path | None:
    """Where the data set in `folder` lies ready, or None; `settings` are all of the
    data brick's."""
    where = folder / PREPARED / key(_dataset(folder), settings)
    return where if where.is_dir() else None


def prepare(folder: Path, settings: Mapping[str, Any], progress: Progress) -> Path:
    """Read what is not ready yet; where it lies then.

    One process at a time reads; what it had read when it was ended is not read again.
    Raises UploadError where a picture can't be read, or the disk has no room.
    """
    dataset = _dataset(folder)
    where = folder / PREPARED / key(dataset, settings)
    if not where.is_dir():
        with _alone(folder / PREPARED, progress):
            if not where.is_dir():
                _prepare(folder, dataset, settings, where, progress)
    os.utime(where)  # the last used is the last to go
    return where


def key(dataset: DataSet, settings: Mapping[str, Any]) -> str:
    """A name for exactly these arrays."""
    loading = pictures.loading(settings)
    found = binding.rows(settings, dataset)
    names = json.dumps(settings["names"])
    told = [binding.content(found), names, *loading.constants, loading.functions]
    return _digest("\n".join(told))


def look(settings: Mapping[str, Any]) -> str:
    """A name for how pictures are read: of the same name, they need not be read again.

    It follows from the source that reads them.
    """
    source = pictures.loading(settings).functions
    functions = ast.parse(source).body
    read = next(f for f in functions if getattr(f, "name", "") == "read_picture")
    size = (settings["image_size"], settings["channels"])
    return _digest(f"{size} {ast.unparse(read)}")


def size(settings: Mapping[str, Any]) -> int:
    """The bytes of the arrays, by the brick's own counts."""
    return sum(settings["counts"]) * int(np.prod(_shape(settings)))


def keys(where: Path, part: str) -> list[str]:
    """The pictures' own keys, in the order of this part's arrays."""
    rows = json.loads((where / ROWS).read_text("utf-8"))
    return [digest[:12] for digest in rows["pictures"][part]]


def read_one(folder: Path, settings: Mapping[str, Any], number: int) -> np.ndarray:
    """The training picture of this number, from 0 and round again: uint8 (h, w, c)."""
    dataset = _dataset(folder)
    parts = binding.split(settings, binding.rows(settings, dataset))
    if not parts["train"]:
        raise UploadError(Text(TOO_FEW))
    row = parts["train"][number % len(parts["train"])]
    return Reader(folder, settings).read(row.item)


def _dataset(folder: Path) -> DataSet:
    try:
        return DataSet.from_json((folder / INDEX).read_text("utf-8"))
    except FileNotFoundError:
        raise UploadError(Text(GONE)) from None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _alone(root: Path, progress: Progress) -> Iterator[None]:
    """One process reads a data set's pictures, others wait and are asked to go on."""
    root.mkdir(exist_ok=True)
    lock = FileLock(root / "lock", thread_local=False)
    while True:
        try:
            lock.acquire(timeout=WAIT_SECONDS)
            break
        except Timeout:
            progress(0, 0)
    try:
        yield
    finally:
        lock.release()


def _prepare(
    folder: Path,
    dataset: DataSet,
    settings: Mapping[str, Any],
    where: Path,
    progress: Progress,
) -> None:
    parts = binding.split(settings, binding.rows(settings, dataset))
    if not all(parts.values()):
        raise UploadError(Text(TOO_FEW))
    same, half = look(settings), where.with_suffix(".half")
    shape = _shape(settings)
    _make_room(where, sum(map(len, parts.values())) * int(np.prod(shape)))
    half.mkdir(exist_ok=True)
    reader = Reader(folder, settings, Known(where.parent, same))
    total, done = sum(map(len, parts.values())), 0
    for part, rows in parts.items():
        np.save(half / f"{part}_y.npy", _labels(settings, rows))
        with _array(half / f"{part}_x.npy", (len(rows), *shape)) as (file, had):
            done += had
            for picture in reader.all(row.item for row in rows[had:]):
                file.write(picture.tobytes())
                progress(done := done + 1, total)
    found = {part: [row.item.digest for row in rows] for part, rows in parts.items()}
    files.write(half / ROWS, json.dumps({"look": same, "pictures": found}))
    for path in half.iterdir():
        files.settle(path)  # or they might be empty after a power cut
    files.settle(half)
    half.replace(where)
    files.settle(where.parent)


def _shape(settings: Mapping[str, Any]) -> tuple[int, int, int]:
    return (*pictures.both(settings["image_size"]), settings["channels"])


def _labels(settings: Mapping[str, Any], rows: list[Row]) -> np.ndarray:
    """As `load_data` has them: numbers of classes, or values."""
    if not isinstance(rows[0].label, str):
        return np.array([row.label for row in rows], "float64")
    number = {name: n for n, name in enumerate(settings["names"])}
    return np.array([number[row.label] for row in rows], "int64")


@contextmanager
def _array(path: Path, shape: tuple[int, ...]) -> Iterator[tuple[IO[bytes], int]]:
    """A `.npy` file of uint8 to which rows are written, and how many it has already.

    Written and not mapped: a full disk is then an error, and not the end of us.
    """
    with path.open("a+b") as file:
        if file.tell() == 0:
            head = np.lib.format.header_data_from_array_1_0(np.empty(0, "uint8"))
            np.lib.format.write_array_header_1_0(file, {**head, "shape": shape})
        file.flush()
        begin = _head(path)
        row = int(np.prod(shape[1:]))
        had = (file.seek(0, os.SEEK_END) - begin) // row
        file.truncate(begin + had * row)
        yield file, had


def _head(path: Path) -> int:
    """The bytes before the first row."""
    with path.open("rb") as file:
        np.lib.format.read_magic(file)
        np.lib.format.read_array_header_1_0(file)
        return file.tell()


def _make_room(where: Path, needed: int) -> None:
    """Let the oldest go: of these pictures those too many, and of all pictures on this
    server those for which there is no room. They can be made again."""
    for path in where.parent.glob(f"*{GONE_ARRAYS}"):
        shutil.rmtree(path, ignore_errors=True)
    for path in where.parent.glob("*.half"):
        if path.stem != where.name or _before_boot(path):
            shutil.rmtree(path, ignore_errors=True)
    mine = _oldest(where.parent.iterdir())
    others = _oldest(where.parents[3].glob(f"*/*/{PREPARED}/*"))
    long_ago = time.time() - IN_USE_SECONDS
    unused = [path for path in others if path.stat().st_mtime < long_ago]
    for path in mine[: max(0, len(mine) + 1 - KEPT)]:
        _let_go(path)
    for path in (*mine, *unused):
        if files.room(where) < needed + SPARE:
            _let_go(path)
    free = files.room(where) - SPARE
    if free < needed:
        told = {"needed": f"{needed / GB:.1f}", "free": f"{max(0, free) / GB:.1f}"}
        raise UploadError(Text(NO_ROOM, told))


def _let_go(path: Path) -> None:
    """Delete arrays, all at once for whoever looks for them: we may be killed here."""
    gone = path.with_name(f"{path.name}-{token_hex(4)}{GONE_ARRAYS}")
    with suppress(FileNotFoundError):  # others need room too
        path.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _oldest(paths: Iterable[Path]) -> list[Path]:
    """Those of them that are whole, the longest not used first."""
    whole = [path for path in paths if path.is_dir() and not path.suffix]
    return sorted(whole, key=lambda path: path.stat().st_mtime)


def _before_boot(path: Path) -> bool:
    """Whether the machine was started since: its last rows may be lost."""
    return path.stat().st_mtime < time.time() - time.monotonic()
