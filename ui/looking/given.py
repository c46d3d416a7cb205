"""A picture that somebody brings to a trained tower, made ready as its data were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bricks.project import Project
from bricks.words import N_, Text
from codegen import drawn
from training import picture
from training.viewing import PROGRESS, Told
from ui.desk import settings
from uploads.errors import UploadError

MOST_SIDE = 512
"""Points of a drawing's side."""
NO_DRAWINGS = Text(N_("This tower takes no drawings: bring a picture."))
NO_DRAWING = Text(N_("The drawing did not arrive whole: draw it again."))


class NotGiven(UploadError):
    """What was brought can't be given to the tower; `said` says why."""


@dataclass(frozen=True)
class Given:
    """`picture` is uint8 (height, width, channels), as large as the tower takes it."""

    picture: np.ndarray

    def told(self) -> Told:
        """The picture as the network sees it, told before the answer."""
        return Told(PROGRESS, {}, {"seen": self.picture[None]})


def given(project: Project, ask: Mapping[str, Any], body: bytes) -> Given | None:
    """What came with a question: nothing, a picture's file, or, where `ask["drawn"]` is
    the length of its side, a drawing. Raises `NotGiven`."""
    if not body:
        return None
    try:
        if "drawn" in ask:
            return from_drawing(project, ask["drawn"], body)
        return from_file(project, body)
    except UploadError as error:
        raise NotGiven(error.said) from error


def from_drawing(project: Project, side: Any, bits: bytes) -> Given:
    """A square drawing in black and white: a bit for each point, row by row, 1 for ink.

    Raises `UploadError` where the tower's data were not drawn, or bits are missing.
    """
    form = drawn.STROKES.get(picture.prepares(project))
    if form is None:
        raise UploadError(NO_DRAWINGS)
    if not isinstance(side, int) or not 0 < side <= MOST_SIDE or side % 8:
        raise UploadError(NO_DRAWING)
    if len(bits) != side * side // 8:
        raise UploadError(NO_DRAWING)
    ink = np.unpackbits(np.frombuffer(bits, "uint8")).reshape(side, side) * 255
    return Given(form(ink.astype("uint8")))


def from_file(project: Project, content: bytes) -> Given:
    """A picture's file, read as the data brick reads its own; `UploadError` says why it
    can't be read."""
    return Given(picture.from_file(project, content, settings().limits.pixels))
