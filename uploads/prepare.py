"""Own pictures read once, into arrays that lie on the disk and train at full speed.

`<data set>/prepared/<key>/` holds `{train,validation,test}_{x,y}.npy` as the printed
script's `load_data` would give them, and `pictures.json` with the digest of every row.
The key follows from the script's own functions and from which pictures there are, so
what lies there is never out of date.
"""

from __future__ import annotations

import ast
import errno
import json
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import numpy as np
from filelock import FileLock, Timeout

from bricks import pictures
from bricks.words import N_, Text
from storage import files
from uploads import binding
from uploads.binding import Row
from uploads.dataset import PARTS, DataSet, Item
from uploads.errors import UploadError
from uploads.shelf import GONE, INDEX, PICTURES, PREPARED

Progress = Callable[[int, int], None]
"""Is told how many pictures are done, of how many; may raise to break it off."""

ROWS = "pictures.json"
KEPT = 3
"""Of one data set: the pictures of several towers, or of one before and after."""
SPARE = 500_000_000
"""Bytes that stay free on the disk."""
AHEAD = 4  # pictures that are read ahead for each core: enough that none waits
WAIT_SECONDS = 0.5

UNREADABLE = N_("{file} can't be read any more ({why}): leave it out in Data.")
TOO_FEW = N_("There are too few pictures: every part, to test with too, needs one.")


def ready(folder: Path, settings: Mapping[str, Any]) -> Path | None:
    """Where the data set in `folder` lies ready, or None; `settings` are all of the
    data brick's."""
    where = folder / PREPARED / key(_dataset(folder), settings)
    return where if where.is_dir() else None


def prepare(folder: Path, settings: Mapping[str, Any], progress: Progress) -> Path:
    """Read what is not ready yet; where it lies then.

    One process at a time reads; what it had read when it was ended is not read again.
    Raises UploadError where a picture can't be read, OSError where the disk is full.
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
    return _Reader(folder, settings).read(row.item)


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
    shape = (*pictures.both(settings["image_size"]), settings["channels"])
    _make_room(where, sum(map(len, parts.values())) * int(np.prod(shape)))
    half.mkdir(exist_ok=True)
    reader = _Reader(folder, settings, _Known(where.parent, same))
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


def _labels(settings: Mapping[str, Any], rows: list[Row]) -> np.ndarray:
    """As `load_data` has them: numbers of classes, or values."""
    if not isinstance(rows[0].label, str):
        return np.array([row.label for row in rows], "float64")
    number = {name: n for n, name in enumerate(settings["names"])}
    return np.array([number[row.label] for row in rows], "int64")


class _Known:
    """Pictures that were read the same way before, for other rows."""

    def __init__(self, root: Path, same: str) -> None:
        self.at: dict[str, tuple[np.ndarray, int]] = {}
        for path in root.glob(f"*/{ROWS}"):
            told = json.loads(path.read_text("utf-8"))
            if told["look"] == same:
                self._take(path.parent, told["pictures"])

    def _take(self, where: Path, parts: Mapping[str, list[str]]) -> None:
        for part in PARTS:
            array = np.load(where / f"{part}_x.npy", mmap_mode="r")
            self.at |= {digest: (array, n) for n, digest in enumerate(parts[part])}

    def get(self, digest: str) -> np.ndarray | None:
        """The picture, or None."""
        array, row = self.at.get(digest, (None, 0))
        return None if array is None else array[row]


class _Reader:
    """Reads pictures by the printed script's own function, on all cores.

    Threads do: Pillow decodes and resizes without holding Python's lock.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, Any],
        known: _Known | None = None,
    ) -> None:
        self.folder = folder / PICTURES
        self.known = known
        self.read_picture = binding.module(settings).read_picture

    def all(self, items: Iterable[Item]) -> Iterator[np.ndarray]:
        """The pictures one after another; few of them are in memory at once."""
        cores = os.cpu_count() or 1
        pool = ThreadPoolExecutor(cores)
        waiting: deque[Future[np.ndarray]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(self.read, item))
                if len(waiting) > AHEAD * cores:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

    def read(self, item: Item) -> np.ndarray:
        """One picture, uint8 (height, width, channels)."""
        known = self.known.get(item.digest) if self.known else None
        if known is not None:
            return known
        try:
            return self.read_picture(self.folder / f"{item.digest}.{item.suffix}")
        except Exception as error:  # whatever Pillow meets in a file
            told = {"file": item.path, "why": str(error) or type(error).__name__}
            raise UploadError(Text(UNREADABLE, told)) from error


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
    """Let the oldest go: those too many, and those for which there is no room."""
    for path in where.parent.glob("*.half"):
        if path.stem != where.name or _before_boot(path):
            shutil.rmtree(path, ignore_errors=True)
    old = [path for path in where.parent.iterdir() if path.is_dir() and not path.suffix]
    old.sort(key=lambda path: path.stat().st_mtime)
    needed += SPARE
    while old and (len(old) >= KEPT or files.room(where) < needed):
        shutil.rmtree(old.pop(0), ignore_errors=True)
    if files.room(where) < needed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(where))


def _before_boot(path: Path) -> bool:
    """Whether the machine was started since: its last rows may be lost."""
    return path.stat().st_mtime < time.time() - time.monotonic()
