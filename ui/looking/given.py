"""A picture that somebody brings to a trained tower, made ready as its data were."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from bricks.catalog import data_brick
from bricks.problem import Problem
from bricks.project import Project
from bricks.words import N_, Text
from training.own import is_own
from training.viewing import PROGRESS, Told
from ui.desk import settings
from uploads import binding
from uploads.errors import BadFile, UploadError
from uploads.found import Entry
from uploads.lookers import Looker
from uploads.shelf import PICTURES, THUMBS

NO_PICTURES = Text(N_("This tower does not take pictures."))


@dataclass(frozen=True)
class Given:
    """`picture` is uint8 (height, width, channels), as large as the tower takes it."""

    picture: np.ndarray

    def told(self) -> Told:
        """The picture as the network sees it, told before the answer."""
        return Told(PROGRESS, {}, {"seen": self.picture[None]})


def from_file(project: Project, content: bytes) -> Given:
    """A picture's file, read as the data brick reads its own; `UploadError` says why it
    can't be read."""
    shape = picture_shape(project)
    if shape is None:
        raise UploadError(NO_PICTURES)
    with TemporaryDirectory(prefix="brickyard-") as folder:
        path = _looked_at(content, Path(folder))
        data = project.tower.data
        if is_own(data):
            return Given(binding.module(binding.full(data)).read_picture(path))
        return Given(_fitted(path, shape))


def picture_shape(project: Project) -> tuple[int, int, int] | None:
    """(height, width, channels) of what the tower takes, where that are pictures."""
    data = project.tower.data
    brick = data_brick(data.kind)
    gives = brick.gives((), brick.full(data.settings)) if brick else None
    if gives is None or isinstance(gives, Problem) or len(gives) != 3:
        return None
    height, width, channels = gives
    return height, width, channels


def _looked_at(content: bytes, folder: Path) -> Path:
    """The picture, once a process that may die without harm has looked at it."""
    for name in (PICTURES, THUMBS):
        (folder / name).mkdir()
    (folder / "given").write_bytes(content)
    looker = Looker(folder, settings().limits.pixels)
    try:
        seen = looker.look(Entry(("given",), len(content), folder / "given"))
    finally:
        looker.end()
    if isinstance(seen, BadFile):
        raise seen
    return folder / PICTURES / f"{seen.digest}.{seen.suffix}"


def _fitted(path: Path, shape: tuple[int, int, int]) -> np.ndarray:
    """The middle of the picture in the size of the built-in data."""
    height, width, channels = shape
    with Image.open(path) as opened:
        plain = opened.convert("L" if channels == 1 else "RGB")
        side = min(plain.width / width, plain.height / height)
        left = (plain.width - side * width) / 2
        top = (plain.height - side * height) / 2
        box = (left, top, left + side * width, top + side * height)
        small = plain.resize((width, height), Image.Resampling.BILINEAR, box)
    return np.asarray(small).reshape(shape)
