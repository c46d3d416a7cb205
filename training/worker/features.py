"""Features that a shut base gives, kept on the disk for the next training with it.

`<home>/features/<key>/` holds `train.npy` and `validation.npy` as the printed script
writes them. The key follows from the script's own source, from the weights of the base
and from the examples themselves, so what lies there is never out of date.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from math import prod
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
import psutil

from bricks.words import N_, Text
from storage import files
from training.messages import KeptFeatures
from training.worker.prepared import DATA, loading_part
from uploads.errors import UploadError
from uploads.reading import ROWS

FEATURES = "BRICKYARD_FEATURES"
"""The variable in which a printed script looks for the folder of its features."""
PARTS = ("train", "validation")
AT_ONCE = 1_000
"""Examples that are digested together."""
GB = 1_000_000_000
SPARE = 500_000_000
"""Bytes that stay free on the disk."""
IN_USE_SECONDS = 600.0
"""Features that were used since then are left alone."""
USED = "used"
"""A file in the folder of features; its time says when they were used last."""

NO_ROOM = N_(
    "The features of the base need {needed} GB on the server's disk, and {free} GB are "
    "free: put a GlobalAveragePooling2D on the base, or choose a smaller image size."
)

Tell = Callable[[int, int], None]


def wanted(script: ModuleType, begun: int) -> bool:
    """Whether this script, after so many epochs, fits a head to features."""
    steps = getattr(script, "FROZEN_EPOCHS", begun + 1)
    return hasattr(script, "extract_features") and begun < steps


def bring(
    script: ModuleType,
    source: str,
    model: keras.Model,
    data: Any,
    kept: KeptFeatures,
    tell: Tell,
) -> None:
    """Tell the script where its features lie or are to be put, and have it `tell` how
    far it is, over all parts. Raises UploadError where the disk has no room."""
    base, _ = script.split(model)
    where = Path(kept.folder, key(source, base, data))
    where.mkdir(parents=True, exist_ok=True)
    files.write(where / USED, "")
    forget_the_dead(where)
    counts = dict(zip(PARTS, (len(x) for x, _ in data[:2]), strict=True))
    missing = {part: n for part, n in counts.items() if not _there(where, part, n)}
    each = np.dtype("f4").itemsize * prod(base.output_shape[1:])
    needed = each * sum(missing.values())
    make_room(where, needed, kept.most)
    os.environ[FEATURES] = str(where)
    script.told = _in_all(tell, [*missing.values()])  # type: ignore[attr-defined]


def validation() -> np.ndarray:
    """Those of the examples to validate with, once the script has them."""
    found: np.ndarray = np.load(Path(os.environ[FEATURES], "validation.npy"), "r")
    return found


def touch() -> None:
    """Say that these features are in use, so that no other run makes room of them."""
    used = Path(os.environ.get(FEATURES, ""), USED)
    if used.is_file():
        os.utime(used)


class InUse(keras.callbacks.Callback):
    """Says so after every epoch."""

    def on_epoch_end(self, epoch, logs=None):
        touch()


def key(source: str, base: keras.Model, data: Any) -> str:
    """A name for exactly the features that a base gives for these examples."""
    digest = sha256()
    policies = [layer.dtype_policy.name for layer in base.layers]
    told = [*_source(source, len(base.layers)), loading_part(source), *policies]
    digest.update(json.dumps([keras.__version__, *told]).encode())
    for weights in base.weights:
        digest.update(np.asarray(weights).tobytes())
    for part in _examples(data):
        digest.update(part)
    return digest.hexdigest()[:32]


def _examples(data: Any) -> Iterator[bytes]:
    """What tells the examples to train and to validate with from all others: of one's
    own pictures, which are prepared in a folder named by how they are read, the list
    of them that lies there; of others their numbers."""
    pictures = Path(os.environ.get(DATA, ""), ROWS)
    if pictures.is_file():
        yield pictures.read_bytes()
        return
    for x, _ in data[: len(PARTS)]:
        yield f"{x.dtype} {x.shape}".encode()
        for start in range(0, len(x), AT_ONCE):
            yield np.ascontiguousarray(x[start : start + AT_ONCE]).tobytes()


def _source(source: str, count: int) -> Iterator[str]:
    """What of a script makes the features: its functions for the bases, how it works
    them out, and the first layers of its model. What learns is nothing to them."""
    functions = {
        node.name: node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    build = functions["build_model"]
    rows = next(node for node in ast.walk(build) if isinstance(node, ast.List))
    layers = rows.elts[: count + 1]
    called, new = set[str](), {"extract_features", *_named(layers)} & functions.keys()
    while new:
        called |= new
        inside = _named(functions[name] for name in new)
        new = (inside & functions.keys()) - called
    for name in sorted(called):
        for statement in functions[name].body:
            told = ast.unparse(statement)
            if "trainable" not in told and not isinstance(statement, ast.Expr):
                yield told
    yield from map(ast.unparse, layers)


def _named(nodes: Iterable[ast.AST]) -> set[str]:
    inside = (part for node in nodes for part in ast.walk(node))
    return {part.id for part in inside if isinstance(part, ast.Name)}


def _there(where: Path, part: str, count: int) -> bool:
    """Whether the features of as many examples lie there; others are removed."""
    path = where / f"{part}.npy"
    with suppress(OSError, ValueError, EOFError):  # none, or damaged
        if len(np.load(path, mmap_mode="r")) == count:
            return True
    path.unlink(missing_ok=True)
    return False


def _in_all(tell: Tell, parts: list[int]) -> Tell:
    """The script tells of one part after another; people want to know of all."""
    of, before, last = sum(parts), 0, 0

    def told(done: int, _: int) -> None:
        nonlocal before, last
        touch()
        before += last if done < last else 0
        last = done
        tell(before + done, of)

    return told


def make_room(where: Path, needed: int, most: int) -> None:
    """Forget what was not used for longest, where all together would take more than
    `most` bytes or the disk has too little room."""
    for other in _oldest_first(where):
        kept = _size(where.parent)
        if needed + kept <= most and files.room(where) - needed >= SPARE:
            return
        shutil.rmtree(other, ignore_errors=True)
    free = files.room(where)
    if needed and free - needed < SPARE:
        raise UploadError(
            Text(NO_ROOM, {"needed": f"{needed / GB:.1f}", "free": f"{free / GB:.1f}"})
        )


def _oldest_first(where: Path) -> list[Path]:
    """Other features than these that are not in use."""
    found = []
    for other in where.parent.iterdir():
        with suppress(OSError):  # another run has just removed it
            used = (other / USED).stat().st_mtime
            if other != where and used < time.time() - IN_USE_SECONDS:
                found.append((used, other))
    return [other for _, other in sorted(found)]


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*.npy"):
        with suppress(OSError):  # another run has just removed it
            total += path.stat().st_size
    return total


def forget_the_dead(where: Path) -> None:
    """Remove what a process that is gone left half written."""
    for path in where.glob(".*.new"):
        pid = path.suffixes[-2].removeprefix(".")
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            path.unlink(missing_ok=True)
