"""One picture looked at by its content, and copied without all that is not a point.

Taken is what the printed script's own `read_picture` can read, and nothing else. What
this module does is done in a process of its own: a picture may bring a decoder down.
"""

from __future__ import annotations

import os
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from bricks.pictures import FORMATS, HEIF, MORE_FORMATS
from bricks.words import N_, Text
from uploads import kinds, strip
from uploads.errors import BadFile
from uploads.shelf import PICTURES, THUMBS

THUMB = 160
"""The longest side of a thumbnail, in points."""
_ORIENTATION = 0x0112
_MILLION = 1_000_000

DAMAGED = N_("It is cut off or damaged.")
TOO_LARGE = N_("It has {count} million points; {most} million is the most.")
NO_MEMORY = N_("Reading it takes more memory than there is.")
NO_HEIF = N_("This server can't read HEIC: let the phone save JPEG (Most Compatible).")
NO_AVIF = N_("This server can't read AVIF: save it as JPEG or PNG.")


@dataclass(frozen=True, slots=True)
class Seen:
    """A good picture: see `uploads.dataset.Item` for what its parts mean."""

    digest: str
    width: int
    height: int
    bytes: int
    suffix: str
    format: str


def keep(content: bytes, where: Path, most_points: int) -> Seen:
    """Look at a picture and put its copy and its thumbnail into `where`.

    Raises BadFile for what is no picture, or no whole one.
    """
    check_kind(content[: kinds.MOST])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of oddities that do no harm
            return _keep(content, where, most_points)
    except BadFile:
        raise
    except MemoryError as error:
        raise BadFile(Text(NO_MEMORY)) from error
    except Image.DecompressionBombError as error:
        points = re.search(r"\d+", str(error))  # Pillow's own guard says how many
        raise _too_large(int(points[0]) if points else 0, most_points) from error
    except Exception as error:
        raise BadFile(Text(DAMAGED)) from error


def check_kind(start: bytes) -> None:
    """BadFile with the reason where what begins so is no picture."""
    kind = kinds.kind(start)
    if kind == "heif" and not can_read(HEIF):
        raise BadFile(Text(NO_HEIF))
    if kind == "avif" and not can_read("AVIF"):
        raise BadFile(Text(NO_AVIF))
    if kind not in (kinds.PICTURE, "heif", "avif"):
        template, name = kinds.reason(start)
        raise BadFile(Text(template, {"kind": Text(name)} if name else {}))


def can_read(format: str) -> bool:
    """Whether Pillow, with its plugins, is able to."""
    if format == HEIF:
        with suppress(ImportError):
            import pillow_heif

            pillow_heif.register_heif_opener()
    Image.init()
    return format in Image.OPEN


def _keep(content: bytes, where: Path, most_points: int) -> Seen:
    usual = kinds.kind(content) == kinds.PICTURE
    known = FORMATS if usual else tuple(filter(can_read, MORE_FORMATS))
    with Image.open(BytesIO(content), formats=known) as picture:
        format, size = picture.format or "", picture.size
        if size[0] * size[1] > most_points:
            raise _too_large(size[0] * size[1], most_points)
        picture.draft(None, (2 * THUMB, 2 * THUMB))
        picture.load()
        told = picture.getexif().get(_ORIENTATION)
        orientation = next((turn for turn in range(2, 9) if turn == told), 1)
        upright = ImageOps.exif_transpose(picture) if orientation > 1 else picture
    plain = _plain(upright)
    digest = sha256(content).hexdigest()
    width, height = upright.size
    if format in ("JPEG", "MPO"):
        width, height = size[::-1] if orientation >= 5 else size  # not those of a draft
        suffix, copy = "jpg", strip.jpeg(content, orientation)
    elif format == "PNG":
        suffix, copy = "png", strip.png(content, orientation)
    else:
        suffix, copy = "png", _png(plain)
    file = where / PICTURES / f"{digest}.{suffix}"
    file.write_bytes(copy)
    small = format == "JPEG" and max(size) <= THUMB and orientation == 1
    same = file if small and upright.mode in ("L", "RGB") else None
    _thumb(plain, where / THUMBS / f"{digest}.jpg", same)
    return Seen(digest, width, height, len(content), suffix, format)


def _too_large(points: int, most: int) -> BadFile:
    count = f"{-(-points // _MILLION):,}"
    return BadFile(Text(TOO_LARGE, {"count": count, "most": most // _MILLION}))


def _plain(picture: Image.Image) -> Image.Image:
    """In a mode that PNG has, so that the script makes the same points of it."""
    if picture.mode.startswith("I;16"):
        import numpy as np

        return Image.fromarray((np.asarray(picture) >> 8).astype("uint8"))
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in ("I", "F"):
        return picture.convert("L")
    kept = picture.mode in ("1", "L", "P", "RGB")
    return picture if kept else picture.convert("RGB")


def _png(picture: Image.Image) -> bytes:
    kept = picture.copy()
    kept.info = {}
    file = BytesIO()
    kept.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _thumb(picture: Image.Image, path: Path, same: Path | None) -> None:
    """A small JPEG; a small upright JPEG is its own."""
    if same is not None and _linked(same, path):
        return
    if picture.mode == "RGBA":
        picture.thumbnail((THUMB, THUMB), Image.Resampling.BILINEAR)
        under = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(under, picture)
    colours = picture.convert("RGB")
    colours.thumbnail((THUMB, THUMB), Image.Resampling.BILINEAR)
    colours.save(path, "JPEG", quality=85)


def _linked(same: Path, path: Path) -> bool:
    """Whether `path` is another name of `same` now: one that must not be written to."""
    try:
        os.link(same, path)
    except FileExistsError:
        return True  # the same picture came before
    except OSError:
        return False  # the disk's file system knows no second names
    return True
