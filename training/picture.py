"""A picture that somebody brings to a trained tower, made ready as its data were."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import numpy as np
from PIL import Image, ImageOps

from bricks.catalog import catalog, data_brick
from bricks.pictures import MORE_FORMATS
from bricks.problem import Problem
from bricks.project import Project
from bricks.tower import Placed
from bricks.words import N_, Text
from codegen import drawn
from training.imagenet import asks
from training.own import is_own
from uploads import binding
from uploads.errors import BadFile, UploadError
from uploads.found import Entry
from uploads.lookers import Looker
from uploads.picture import can_read
from uploads.shelf import PICTURES, THUMBS

KEPT, MOST_KEPT = 6, 20_000_000
"""Files that were looked at last, and the bytes of one: several runs are asked of the
same one."""

NO_PICTURES = Text(N_("This tower does not take pictures."))


def from_file(project: Project, content: bytes, pixels: int) -> np.ndarray:
    """A picture's file, of at most so many `pixels`, read as the data brick reads its
    own: uint8 (height, width, channels), as large as the tower takes it.

    `UploadError` says why it can't be read.
    """
    shape = picture_shape(project)
    if shape is None:
        raise UploadError(NO_PICTURES)
    copy = _looked_at(content, pixels)
    data = project.tower.data
    key = blake2b(f"{data.kind} {data.settings!r} ".encode() + copy).digest()
    # Of several runs that are asked at once, the first one reads a large picture, which
    # takes hundreds of megabytes for a moment.
    with _READING:
        if key not in _READ:
            _READ[key] = _read(project, shape, BytesIO(copy))
            while len(_READ) > KEPT:
                _READ.popitem(last=False)
        return _READ[key]


def _read(
    project: Project, shape: tuple[int, int, int], content: BytesIO
) -> np.ndarray:
    data = project.tower.data
    if is_own(data) or asks(data):
        settings = binding.full(data) if is_own(data) else _as_own(data)
        return binding.module(settings).read_picture(content)
    with Image.open(content) as picture:
        upright = _on_white(ImageOps.exif_transpose(picture))
    if prepares(project):
        return drawn.from_picture(upright, prepares(project))
    return fitted(upright, shape)


def _as_own(placed: Placed) -> dict[str, object]:
    """The settings by which own pictures would be read as the printed script reads
    those that it is asked about; of photos a phone took, too, where that can be."""
    images = catalog()["Images"]
    told = {"channels": 3, **binding.full(placed)}
    formats = tuple(format for format in MORE_FORMATS if can_read(format))
    return images.full({**told, "formats": formats})


_READING = Lock()
_READ: OrderedDict[bytes, np.ndarray] = OrderedDict()
"""Pictures as towers take them, by the file and the data brick."""


def prepares(project: Project) -> str:
    """How a picture becomes one of the data's, by its name in `codegen.drawn`."""
    brick = data_brick(project.tower.data.kind)
    return brick.prepares if brick else ""


def picture_shape(project: Project) -> tuple[int, int, int] | None:
    """(height, width, channels) of what the tower takes, where that are pictures."""
    data = project.tower.data
    brick = data_brick(data.kind)
    gives = brick.gives((), brick.full(data.settings)) if brick else None
    if gives is None or isinstance(gives, Problem) or len(gives) != 3:
        return None
    height, width, channels = gives
    return height, width, channels


def _looked_at(content: bytes, pixels: int) -> bytes:
    """The picture, once a process that may die without harm has looked at it."""
    return (_kept if len(content) <= MOST_KEPT else _copied)(content, pixels)


def _copied(content: bytes, pixels: int) -> bytes:
    with TemporaryDirectory(prefix="brickyard-") as name:
        folder = Path(name)
        for part in (PICTURES, THUMBS):
            (folder / part).mkdir()
        (folder / "given").write_bytes(content)
        looker = Looker(folder, pixels)
        try:
            seen = looker.look(Entry(("given",), len(content), folder / "given"))
        finally:
            looker.end()
        if isinstance(seen, BadFile):
            raise seen
        return (folder / PICTURES / f"{seen.digest}.{seen.suffix}").read_bytes()


_kept = lru_cache(maxsize=KEPT)(_copied)


def _on_white(picture: Image.Image) -> Image.Image:
    """What is transparent is paper."""
    if not picture.has_transparency_data:
        return picture
    under = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(under, picture.convert("RGBA"))


def fitted(picture: Image.Image, shape: tuple[int, int, int]) -> np.ndarray:
    """The middle of the picture in the size of the built-in data."""
    height, width, channels = shape
    plain = picture.convert("L" if channels == 1 else "RGB")
    side = min(plain.width / width, plain.height / height)
    left = (plain.width - side * width) / 2
    top = (plain.height - side * height) / 2
    box = (left, top, left + side * width, top + side * height)
    small = plain.resize((width, height), Image.Resampling.BILINEAR, box)
    return np.asarray(small).reshape(shape)
