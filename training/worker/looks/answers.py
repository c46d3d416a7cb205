"""What a run's model answers to all its test examples; worked out once, then kept."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np

from explain.answers import BEST
from explain.pace import STEP
from explain.report import testing
from training import judged, runs
from training.parcel import Arrays
from training.viewing import DONE, PROGRESS, Told
from training.worker.kept_open import own_of
from training.worker.prepared import bring
from training.worker.viewer import Viewer
from uploads import prepare
from uploads.dataset import PICTURES

COMPILED = ("loss", "loss_weights", "metrics", "weighted_metrics")


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """`done` examples `of` so many, then how many there are (`count`); the answers are
    in the run's folder then."""
    where, which = Path(ask["folder"]), str(ask.get("which", BEST))
    found = judged.kept(where, which)
    if found is None:
        before = _written(where, which)
        opened = viewer.run(ask)
        yield Told(PROGRESS, {"done": 0, "of": 0})
        x, y = viewer.examples(ask)
        compiled(opened.model, where)
        classes = getattr(opened.script, "CLASSES", ())
        steps = testing(opened.model, x, y, classes, STEP)
        found = yield from _told(steps)
        found = replace(found, keys=_keys(ask))
        if _written(where, which) == before:  # else it has learned more meanwhile
            judged.keep(where, which, found)
    yield Told(DONE, {"count": len(found)})


def _told(steps):
    """Tell of each step; what the last one gives."""
    while True:
        try:
            done, of = next(steps)
        except StopIteration as end:
            return end.value
        yield Told(PROGRESS, {"done": done, "of": of})


def _written(where: Path, which: str) -> int | None:
    weights = judged.weights_of(where, which)
    return weights.stat().st_mtime_ns if weights else None


def compiled(model: keras.Model, where: Path) -> None:
    """Give a model the loss and the metrics that its run was trained with, which the
    kept one knows; no optimizer, whose slots would be as large as the weights."""
    if model.compiled:
        return
    with zipfile.ZipFile(where / runs.MODEL) as file:
        told = json.loads(file.read("config.json"))["compile_config"]
    known = {name: told[name] for name in COMPILED if name in told}
    model.compile(**keras.saving.deserialize_keras_object(known))


def _keys(ask: Mapping[str, Any]) -> np.ndarray:
    """The keys of the user's own pictures; none of other data."""
    own = own_of(ask)
    where = bring(own, lambda _done, _of: None)
    if own is None or where is None or own.kind != PICTURES:
        return np.zeros(0, "S1")
    return np.array(prepare.keys(where, "test"), "S")
