"""The kernels of a convolution as pictures, and the patterns that its filters seek."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from explain.filters import kernel_pictures, kernels, patterns
from explain.opened import Opened, Place
from explain.unexplained import Unexplained
from training.parcel import Arrays
from training.viewing import DONE, FAILED, PROGRESS, Told
from training.worker import sheets, tiles
from training.worker.bricks import place_of
from training.worker.viewer import Viewer
from uploads.errors import UploadError

MOST_KERNELS = 512
MOST_PATTERNS = 64
EVERY = 3  # steps until the browser is shown how a pattern comes along


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """Of `brick`: `kernels`, grey or coloured as what it sees; `patterns`, those that
    are kept, or with `make` made now, a few at a time, the first 64 filters'."""
    opened = viewer.run(ask)
    place = place_of(opened, ask)
    yield None
    try:
        if ask.get("make"):
            yield from _made(viewer, opened, place, ask)
        else:
            yield _kernels(place, ask)
    except Unexplained as error:
        yield Told(FAILED, said=error.said)


def _kernels(place: Place, ask: Mapping[str, Any]) -> Told:
    kept = sheets.read(_path(place, ask))
    found = {} if kept is None else {"patterns": kept}
    fields: dict[str, Any] = {"filters": int(place.layer.output.shape[-1])}
    try:
        weights = kernels(place.layer)
    except Unexplained:  # a pooling has patterns, but no kernels
        return Told(DONE, {**fields, "kernel": None}, found)
    fields |= {"kernel": list(weights.shape), "most": float(np.abs(weights).max())}
    found["kernels"] = kernel_pictures(place.layer)[:MOST_KERNELS]
    return Told(DONE, fields, found)


def _made(
    viewer: Viewer, opened: Opened, place: Place, ask: Mapping[str, Any]
) -> Iterator[Told | None]:
    """Patterns as they become clear; the whole sheet, kept for the next look, last."""
    many = min(MOST_PATTERNS, int(place.layer.output.shape[-1]))
    sheet, white = None, _white(viewer, ask)
    where = _path(place, ask)  # of these weights: a training may write others meanwhile
    parts = patterns(
        opened.model, place.layer, range(many), white=white, kept=opened.kept
    )
    for step, part in enumerate(parts):
        if sheet is None:
            sheet = np.zeros((many, *part.pictures.shape[1:]), "uint8")
        sheet[part.filters] = part.pictures
        shown = part.finished or step % EVERY == 0
        yield _so_far(part.filters, part.pictures, part.share) if shown else None
    assert sheet is not None
    with suppress(OSError):  # a full disk keeps none, and they are seen all the same
        sheets.write(where, sheet)
    yield Told(DONE, {"share": 1.0}, {"patterns": sheet})


def _white(viewer: Viewer, ask: Mapping[str, Any]) -> float:
    try:
        return tiles.white(np.asarray(viewer.examples(ask)[0][:64]))
    except UploadError:  # the data are gone, and patterns need none
        return 1.0


def _so_far(filters: list[int], pictures: np.ndarray, share: float) -> Told:
    return Told(PROGRESS, {"filters": filters, "share": share}, {"patterns": pictures})


def _path(place: Place, ask: Mapping[str, Any]) -> Path:
    tap = place.tap
    inner = "" if place.inner is None else f"-{place.inner}"
    name = f"{tap.brick}-{tap.time}{inner}-{ask.get('which', 'best')}"
    return sheets.path(Path(ask["folder"]), name)
