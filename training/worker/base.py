"""A base of one's own: the weights of a run or a `.keras` file, in a file of theirs.

Of a file that somebody brought nothing is deserialized: its configuration was read as
bricks, and of its weights only arrays of the shapes that these bricks have are taken.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

import keras
import numpy as np
import psutil

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.sealed import read, written
from bricks.strictjson import MOST_SAVED
from bricks.tower import Placed
from bricks.words import N_, Text
from codegen import live
from codegen.model import alone
from codegen.read.held import held, without_counted
from codegen.trained import is_trained
from explain.opened import needs_weights, unweighted
from explain.taps import Watch, printed, watched
from storage import files
from training import bases, runs, weights
from training.bases import Whole
from training.worker import life
from training.worker.groups import Damaged, Place, filled
from training.worker.kept_open import BEST, Unopened, load
from training.worker.weights import ready

SPARE = 500_000_000
"""Bytes of the server's memory that are left to others."""
NO_NUMBERS = Text(
    N_("What this model learned are no numbers any more (NaN): take another one.")
)
DAMAGED = Text(N_("The weights of this file can't be read: it is damaged."))


def made(ask: Mapping[str, Any]) -> dict[str, str]:
    """The settings of the brick, its weights being kept. Raises `Unopened`."""
    source = Path(ask["source"])
    free = max(SPARE, psutil.virtual_memory().available - SPARE)
    try:
        with life.limited_memory(free):
            tower, base = (_of_run if source.is_dir() else _of_file)(source, ask["cut"])
            return _kept(base, tower, ask)
    except ProjectError as error:
        raise Unopened(error.said) from error
    except MemoryError as error:
        raise Unopened(bases.NO_MEMORY) from error
    finally:
        keras.backend.clear_session()


def _kept(base: keras.Model, tower: str, ask: Mapping[str, Any]) -> dict[str, str]:
    weights = base.get_weights()
    if not all(np.isfinite(each).all() for each in weights):
        raise Unopened(NO_NUMBERS)
    digest = sha256(tower.encode())
    for each in weights:
        digest.update(f"{each.dtype.str} {each.shape}".encode())
        digest.update(np.ascontiguousarray(each).data)
    name = f"{ask['name']}-{digest.hexdigest()[:16]}"
    _save(base, Path(ask["into"]), f"{name}.weights.h5")
    return {"weights": name, "tower": tower, "title": ask["title"]}


def _save(base: keras.Model, folder: Path, file: str) -> None:
    """Put the weights there, all of them or nothing."""
    if (folder / file).is_file():
        return
    beside = folder / f".new-{token_hex(8)}.weights.h5"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        base.save_weights(beside)
        files.settle(beside)
        beside.replace(folder / file)
    except OSError as error:
        if files.disk_is_full(folder.parent):
            raise Unopened(files.DISK_FULL) from error
        raise
    finally:
        beside.unlink(missing_ok=True)


def _of_run(folder: Path, cut: int) -> tuple[str, keras.Model]:
    """The first `cut` bricks of a run's tower, with the weights of its best epoch."""
    whole = bases.of_run(folder)
    text = bases.sealed_tower(whole, cut)
    source = (folder / runs.SCRIPT).read_text("utf-8")
    script = live.module(unweighted(source))  # the run's own model has all weights
    watch = watched(script)
    project = Project.from_json((folder / runs.PROJECT).read_bytes(), MOST_SAVED)
    with ready(weights.files(project.tower) if needs_weights(source) else ()):
        model = script.build_model()
    load(model, folder, BEST)
    base, layers = _base(text)
    wanted = _wanted(whole, cut, model, watch)
    for (_, layer), (_, source) in zip(layers, wanted, strict=True):
        layer.set_weights(source.get_weights())
    return text, base


Pair = tuple[Placed, keras.layers.Layer]


def _wanted(whole: Whole, cut: int, model: keras.Model, watch: Watch) -> Iterator[Pair]:
    """The layers of the first `cut` bricks of a whole tower, in the script's order."""
    left_out = {s.placed.id for s in whole.stages[:cut] if bases.is_left_out(s)}
    for placed, layer in _layers(whole.bricks[:cut], model, watch):
        if placed.id not in left_out:
            yield placed, layer


def _base(text: str, bricks: tuple[Placed, ...] = ()) -> tuple[keras.Model, list[Pair]]:
    """The base of these bricks with random weights, and its layers brick by brick, or
    by `bricks` that are the same under other names."""
    inner = read(text)
    assert inner is not None
    placed = Placed("Trained", {"tower": text})
    script = live.module(alone(placed, inner.shape))
    watch = watched(script)
    base = script.build_model().layers[-1]
    return base, [*_layers(bricks or inner.bricks, base, watch)]


def _layers(
    bricks: tuple[Placed, ...], model: keras.Model, watch: Watch
) -> Iterator[Pair]:
    """Each brick that has a layer, those sealed in others too, in the order in which a
    script makes them; what it makes around them and for bricks above is left out."""
    held = [each.layers[-1] for each in watch.made if isinstance(each, keras.Model)]
    models = [model, *(each for each in held if isinstance(each, keras.Model))]
    parts = {id(layer) for each in models for layer in each.layers}
    made = iter([layer for layer in watch.made if id(layer) in parts])
    for placed, layer in zip(_deep(bricks), made):
        if not is_trained(placed):
            yield placed, layer


def _deep(bricks: tuple[Placed, ...]) -> Iterator[Placed]:
    for placed in printed(bricks):
        inner = read(placed.settings.get("tower", "")) if is_trained(placed) else None
        if inner:
            yield from _deep(inner.bricks)
        yield placed


def _of_file(path: Path, cut: int) -> tuple[str, keras.Model]:
    """The first `cut` bricks of a `.keras` file, with its weights."""
    found = held(path)
    whole = bases.of_file(path)
    taken = bases.taken(whole, cut)
    text = written(whole.shape, without_counted(taken))
    base, layers = _base(text, taken)
    with TemporaryDirectory(dir=path.parent) as folder:
        target = Path(folder, "base.weights.h5")
        base.save_weights(target)
        try:
            filled(path, target, base, _places(layers, found.places))
            base.load_weights(target)
        except (Damaged, OSError, ValueError, KeyError, RuntimeError) as error:
            raise Unopened(_why(error)) from error
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise Unopened(DAMAGED) from error
    return text, base


def _why(error: Exception) -> Text:
    return error.said if isinstance(error, Damaged) else DAMAGED


def _places(layers: list[Pair], places: Mapping[str, str]) -> list[Place]:
    """Where in the file the weights of each layer lie, where it has any."""
    return [
        Place(layer, placed.name or placed.kind, places.get(placed.name or "", ""))
        for placed, layer in layers
        if layer.weights
    ]
