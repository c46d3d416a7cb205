"""Models and data that the viewer keeps open, those used last."""

from __future__ import annotations

import gc
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.words import N_, Text
from codegen import live
from explain.opened import Opened, needs_weights, opened
from training import datasets, runs, weights
from training.imagenet import asks
from training.messages import Own
from training.own import is_own
from training.worker import checkpoint
from training.worker.prepared import bring, loading_part
from training.worker.weights import ready
from uploads.errors import UploadError
from uploads.shelf import GONE, INDEX

MOST_MODELS = 4
MOST_WEIGHTS = 200_000_000
"""Of all models that are open, but for the last one: 800 MB."""
BEST, LAST = "best", "last"
"""The weights of the best epoch by validation, or of the last one."""

NO_MODEL = Text(N_("This run has no model: train the tower for one epoch at least."))
DAMAGED = Text(N_("The model of this run can't be read any more: train it again."))
NOT_NUMBERS = Text(
    N_(
        "The weights of this run are no numbers any more (NaN): "
        "train it again with a smaller learning rate."
    )
)


NO_EXAMPLES = Text(
    N_("ImageNet's own pictures are not on this server, so there are no test examples.")
)


class Unopened(UploadError):
    """A run, or its data, that can't be looked into; `said` says why."""


class KeptOpen:
    """The models of the runs that are looked into, and the data of the last one."""

    def __init__(self) -> None:
        self._models: OrderedDict[tuple[Any, ...], Opened] = OrderedDict()
        self._data: tuple[str, Any] = ("", None)

    def run(self, folder: Path, which: str) -> Opened:
        """The run's model with its weights. Raises `Unopened`."""
        key = (folder, which, _written(folder, which))
        if key not in self._models:
            made = _opened(folder, which)
            before = len(self._models)
            for old in [one for one in self._models if one[:2] == key[:2]]:
                del self._models[old]  # of weights that are written over
            self._models[key] = made
            while len(self._models) > 1 and self._too_many():
                self._models.popitem(last=False)
            if len(self._models) <= before:
                gc.collect()  # a model is full of circles
        self._models.move_to_end(key)
        return self._models[key]

    def _too_many(self) -> bool:
        weights = sum(one.model.count_params() for one in self._models.values())
        return len(self._models) > MOST_MODELS or weights > MOST_WEIGHTS

    def examples(self, opened: Opened, own: Own | None) -> tuple[Any, Any]:
        """The test examples (x, y) as the run's script loads them. Raises `Unopened`,
        `UploadError`."""
        if asks(opened.project.tower.data):
            raise Unopened(NO_EXAMPLES)
        missing = _missing(opened.project, own)
        if missing:
            raise Unopened(missing)
        bring(own, lambda _done, _of: None)
        part = loading_part(opened.source)
        if self._data[0] != part:
            self._data = part, live.module(opened.source).load_data()[2]
        return self._data[1]


def points(x: np.ndarray) -> np.ndarray:
    """Examples as a tower gets them: pictures' points from 0 to 1."""
    return x / np.float32(255) if x.dtype == np.uint8 else x


def own_of(ask: Mapping[str, Any]) -> Own | None:
    """The user's data set that a question names."""
    return Own(**ask["own"]) if ask.get("own") else None


def _missing(project: Project, own: Own | None) -> Text | None:
    placed = project.tower.data
    if not is_own(placed):
        return datasets.missing(placed)
    there = own is not None and (Path(own.folder) / INDEX).is_file()
    return None if there else Text(GONE)


def _written(folder: Path, which: str) -> Any:
    """When the weights were written."""
    where = folder / (runs.CHECKPOINT if which == LAST else runs.MODEL)
    return where.stat().st_mtime_ns if where.exists() else None


def _opened(folder: Path, which: str) -> Opened:
    try:
        document = (folder / runs.PROJECT).read_bytes()
        source = (folder / runs.SCRIPT).read_text("utf-8")
        project = Project.from_json(document, MOST_SAVED)
        with ready(weights.files(project.tower) if needs_weights(source) else ()):
            found = opened(project, source, loaded_later=True)
    except FileNotFoundError:
        raise Unopened(NO_MODEL) from None
    except ProjectError as error:  # of a version that knew other bricks
        raise Unopened(error.said) from error
    load(found.model, folder, which)
    if not all(np.isfinite(weights).all() for weights in found.model.get_weights()):
        raise Unopened(NOT_NUMBERS)
    return found


def load(model: keras.Model, folder: Path, which: str) -> None:
    """Give a run's model the weights of its best epoch, or of the last one. Raises
    `Unopened`."""
    (_load_last if which == LAST else _load_best)(model, folder)


def _load_best(model: keras.Model, folder: Path) -> None:
    path = folder / runs.MODEL
    if not path.exists():
        raise Unopened(NO_MODEL)
    try:
        model.load_weights(path)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise Unopened(DAMAGED) from error


def _load_last(model: keras.Model, folder: Path) -> None:
    kept = checkpoint.load(folder / runs.CHECKPOINT)
    if kept is None:
        raise Unopened(NO_MODEL)
    if (folder / runs.MODEL).exists():  # which has the sealed base, too
        _load_best(model, folder)
    checkpoint.restore_weights(model, kept[0])
