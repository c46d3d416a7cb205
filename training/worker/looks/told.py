"""What a tower tells of one example: shares of classes, a value, or a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bricks.project import Project
from training.parcel import Arrays
from training.telling import PICTURE, VALUE, kind_of
from training.viewing import DONE, Told
from training.worker.viewer import Viewer


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """`kind` says what is told: `shares` (classes,) from 0 to 1 ("yesno" has two of
    them), `value`, or `picture` (1, height, width, channels). Of a test example also
    its number, what is `true` of it, and the picture as the tower has `seen` it."""
    opened = viewer.run(ask)
    yield None
    x = viewer.given(ask, arrays)[:1]
    yield None
    answer = np.asarray(opened.model.predict_on_batch(x))[0]
    fields, told = _told(opened.project, answer)
    if "given" not in arrays:
        fields |= _truth(viewer, ask, fields["kind"])
        told |= {"seen": _picture(x)} if x.ndim == 4 else {}
    yield Told(DONE, fields, told)


def _told(project: Project, answer: np.ndarray) -> tuple[dict[str, Any], Arrays]:
    kind = kind_of(project)
    if kind == PICTURE:
        return {"kind": kind}, {"picture": _picture(answer[None])}
    flat = answer.astype(float).ravel()
    if kind == VALUE:
        return {"kind": kind, "value": float(flat[0])}, {}
    if len(flat) == 1:  # the share of a "yes"
        flat = np.array([1 - flat[0], flat[0]])
    return {"kind": kind}, {"shares": flat}


def _truth(viewer: Viewer, ask: Mapping[str, Any], kind: str) -> dict[str, Any]:
    x, y = viewer.examples(ask)
    number = int(np.atleast_1d(ask["given"]["test"])[0]) % len(x)
    told = {"n": number, "of": len(x)}
    # What an autoencoder should give back is the picture itself.
    return told if kind == PICTURE else told | {"true": float(y[number])}


def _picture(points: np.ndarray) -> np.ndarray:
    return np.round(points * 255).clip(0, 255).astype("uint8")
