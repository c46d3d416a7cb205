"""The weights of pretrained bases, brought to where Keras looks for them.

A file comes whole or not at all: it is written beside its place, held against its
digest, and only then put there.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
from filelock import FileLock, Timeout

from bricks.brick import WeightsFile
from bricks.words import N_, Text
from storage import files
from training import weights
from training.worker.download import Broken, downloaded
from training.worker.life import Interrupted
from uploads.errors import UploadError

LOOK_SECONDS = 0.2
CHUNK = 1 << 20
SHA256 = 64  # hexadecimal digits
Rows = Sequence[tuple[str, WeightsFile]]
"""Files, each with the kind of a base that needs it."""
Tell = Callable[[str, int, int], None]
"""Hears a file's name, how many of its bytes are here, and how many it has (or 0)."""

NOT_DOWNLOADED = N_(
    "{file} could not be downloaded: {why}. Try again, or put the file into the folder "
    "models of the one that BRICKYARD_DATASETS names."
)
NOT_IT = Text(N_("what came is not the file that Keras knows"))
DAMAGED = N_(
    "{file}, the weights of {base}, is damaged: remove it from {place}, or put a whole "
    "one there."
)
MISFIT = N_(
    "{file} does not hold the weights of this {base}: they are of another width, or "
    "with a top in place of without. Put Keras' own file of this name into {place}."
)
DATASETS = Text(N_("the folder models of the one that BRICKYARD_DATASETS names"))
KERAS = Text(N_("the folder models of Keras' own (~/.keras, or KERAS_HOME)"))


class Unobtained(UploadError):
    """Weights that can't be had or read; `said` says why and what to do."""


def _to_nobody(_file: str, _done: int, _of: int) -> None:
    pass


@contextmanager
def ready(
    rows: Rows, tell: Tell = _to_nobody, stop: threading.Event | None = None
) -> Iterator[None]:
    """Have these files where Keras looks for them while a model is built.

    Raises `Unobtained` where they can't be had or Keras can't read them, and
    `Interrupted` once `stop` is set.
    """
    for base, file in rows:
        have(base, file, tell, stop)
    try:
        yield
    except (OSError, ValueError, KeyError) as error:
        said = _unread(rows, error)
        if said is None:
            raise
        raise Unobtained(said) from error


def have(
    base: str,
    file: WeightsFile,
    tell: Tell = _to_nobody,
    stop: threading.Event | None = None,
) -> Path:
    """The file's path in Keras' own folder, brought there where it is not.

    Raises `Unobtained`; `Interrupted` once `stop` is set.
    """
    path, stop = weights.kept(file.name), stop or threading.Event()
    if not _is_whole(path, file):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path, stop):
            if not _is_whole(path, file):  # else another run has brought it meanwhile
                _bring(base, file, path, tell, stop)
    return path


_seen: set[tuple[Path, int, int]] = set()
"""Files, with size and time, that were held against their digest in this process."""


def _is_whole(path: Path, file: WeightsFile) -> bool:
    """Whether it is there, as large as the one that was given, and what Keras knows."""
    if not path.is_file():
        return False
    told = path.stat()
    source = _source(file)
    if source and source.stat().st_size != told.st_size:
        return False
    stamp = (path, told.st_size, told.st_mtime_ns)
    if file.md5 and stamp not in _seen:
        if _digest(path, file) != file.md5:
            return False
        _seen.add(stamp)
    return True


def _digest(path: Path, file: WeightsFile) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: _empty(file)).hexdigest()


def _empty(file: WeightsFile) -> Any:
    """A digest of the kind that Keras knows the file by; not all are MD5."""
    kind = "sha256" if len(file.md5 or "") == SHA256 else "md5"
    return hashlib.new(kind, usedforsecurity=False)


def _source(file: WeightsFile) -> Path | None:
    """The file in BRICKYARD_DATASETS, where it has it."""
    return next((path for path in weights.given(file.name) if path.is_file()), None)


@contextmanager
def _alone(path: Path, stop: threading.Event) -> Iterator[None]:
    """One process at a time brings the file; the others wait for it."""
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    while True:
        if stop.is_set():
            raise Interrupted
        try:
            lock.acquire(timeout=LOOK_SECONDS)
            break
        except Timeout:
            continue
    try:
        yield
    finally:
        lock.release()


def _bring(
    base: str, file: WeightsFile, path: Path, tell: Tell, stop: threading.Event
) -> None:
    """Put the whole file at `path`, or leave all as it is."""
    source = _source(file)
    parts = _copied(source, stop) if source else _downloaded(file, tell, stop)
    # What a killed process left is written over: nobody else is at it now.
    beside = path.with_name(f".{path.name}.new")
    try:
        digest = _written(beside, parts, _empty(file))
        # A server need not say how long a file is: one that is cut then shows inside.
        wrong = digest != file.md5 if file.md5 else not source and _is_cut(beside, file)
        if wrong:
            raise Unobtained(_not_it(base, file, source))
        files.settle(beside)
        beside.replace(path)
        files.settle(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _is_cut(path: Path, file: WeightsFile) -> bool:
    """Whether what came is no whole file of arrays."""
    if not file.name.endswith(".h5"):
        return False
    try:
        h5py.File(path).close()
    except OSError:
        return True
    return False


def _written(path: Path, parts: Iterator[bytes], digest: Any) -> str:
    """Write the parts; the digest of all of them."""
    with path.open("wb") as out:
        for part in parts:
            digest.update(part)
            out.write(part)
    return digest.hexdigest()


def _copied(source: Path, stop: threading.Event) -> Iterator[bytes]:
    with source.open("rb") as opened:
        while part := opened.read(CHUNK):
            if stop.is_set():
                raise Interrupted
            yield part


def _downloaded(
    file: WeightsFile, tell: Tell, stop: threading.Event
) -> Iterator[bytes]:
    """The parts of the file as they come from the network."""
    try:
        for part, done, of in downloaded(file.url, stop):
            tell(file.name, done, of)
            yield part
    except Broken as broken:
        told = {"file": file.name, "why": broken.why}
        raise Unobtained(Text(NOT_DOWNLOADED, told)) from broken


def _not_it(base: str, file: WeightsFile, source: Path | None) -> Text:
    if source is None:
        return Text(NOT_DOWNLOADED, {"file": file.name, "why": NOT_IT})
    return Text(DAMAGED, {"file": file.name, "base": base, "place": DATASETS})


def _unread(rows: Rows, error: BaseException) -> Text | None:
    """What is wrong with the file that Keras was loading; None where it was at none."""
    name = _loading(error)
    for base, file in rows:
        if file.name == name:
            place = DATASETS if _source(file) else KERAS
            told = {"file": name, "base": base, "place": place}
            return Text(MISFIT if _opens(weights.kept(name)) else DAMAGED, told)
    return None


def _loading(error: BaseException) -> str | None:
    """The name of the file that was being loaded when this was raised: every function
    of `keras.applications` calls its path `weights_path`, and Keras leaves those
    functions, but not the loading itself, in the traceback."""
    at = error.__traceback__
    while at:
        path = at.tb_frame.f_locals.get("weights_path")
        if isinstance(path, str | Path):
            return Path(path).name
        at = at.tb_next
    return None


def _opens(path: Path) -> bool:
    import h5py  # Keras brings it, and is here

    try:
        with h5py.File(path) as opened:
            return len(opened) > 0
    except OSError:
        return False
