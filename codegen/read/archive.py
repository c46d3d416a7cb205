"""The configuration in a `.keras` file: one small part of it, and nothing else."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO

from bricks.errors import ProjectError
from bricks.words import N_, Text

MOST_CONFIG = 2_000_000
_END, _TAIL = b"PK\x05\x06", 66_000  # a zip's last record, and where it must begin
_MOST_NAMES = 1_000_000  # bytes of a zip's table of names
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Other files that hold models, told by how they begin.
_OTHERS = {
    b"\x89HDF": N_(
        "This is an HDF5 file. Save the model as .keras, or its code as .py."
    ),
    b"\x80": N_("This is a pickle, which would run code if it were opened."),
    b"\x1f\x8b": N_("This is a packed archive. Unpack it, and open the code in it."),
}


def is_archive(raw: bytes) -> bool:
    """Whether a file begins as a zip, and so as a `.keras` file does."""
    return raw[:4] == b"PK\x03\x04"


def is_json(raw: bytes) -> bool:
    """Whether a file begins as the text of `model.to_json()` does."""
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def refuse_others(raw: bytes) -> None:
    """ProjectError for files that hold models in ways that are not read."""
    for magic, said in _OTHERS.items():
        if raw.startswith(magic):
            raise ProjectError(Text(said))


def config_of(source: bytes | Path) -> Any:
    """The configuration in a `.keras` file; ProjectError says why there is none."""
    try:
        with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as f:
            return configuration(_part(f))
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        KeyError,
        ValueError,
    ) as error:
        said = Text(N_("This is not a .keras file: no config.json can be read in it."))
        raise ProjectError(said) from error


def _part(file: BinaryIO) -> bytes:
    _check_table(file)
    with zipfile.ZipFile(file) as archive:
        info = archive.getinfo("config.json")
        if info.compress_type not in _KNOWN or info.flag_bits & 1:
            raise ValueError
        if info.file_size > MOST_CONFIG:
            raise too_large()
        with archive.open(info) as part:
            raw = part.read(MOST_CONFIG + 1)
    if len(raw) > MOST_CONFIG:
        raise too_large()
    return raw


def _check_table(file: BinaryIO) -> None:
    """ValueError for a zip whose table of names alone would fill the memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    at = tail.rfind(_END)
    (table,) = struct.unpack("<L", tail[at + 12 : at + 16])
    if at < 0 or table > _MOST_NAMES:
        raise ValueError


def too_large() -> ProjectError:
    """The error for a configuration beyond all models."""
    said = N_("The configuration of this model is too large: at most {most} MB.")
    return ProjectError(Text(said, {"most": MOST_CONFIG // 1_000_000}))


def configuration(raw: bytes) -> Any:
    """The value of a JSON text, NaN and the like as None."""
    if len(raw) > MOST_CONFIG:
        raise too_large()
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=lambda _: None)
    except RecursionError as error:
        raise ProjectError(Text(N_("This model is nested too deep."))) from error
    except (ValueError, UnicodeError) as error:
        raise ProjectError(Text(N_("This is not the JSON of a model."))) from error
