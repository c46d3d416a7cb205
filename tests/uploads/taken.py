"""Bringing files in a test: zip files of any make, and what `take` made of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.pictures import points
from tests.uploads.corpus import saved
from uploads.dataset import DataSet
from uploads.limits import Limits
from uploads.source import Told
from uploads.take import take

Files = Mapping[str, bytes]


def picture(seed: int, colour: int = 0, format: str = "JPEG") -> bytes:
    """The bytes of a picture like no other."""
    return saved(points(colour, seed), format)


def pictures(*folders: str, count: int = 2) -> dict[str, bytes]:
    """Some pictures in each folder, no two alike."""
    return {
        f"{folder}/{n}.jpg".lstrip("/"): picture(n + 100 * number)
        for number, folder in enumerate(folders)
        for n in range(count)
    }


def zipped(path: Path, files: Files | Iterable[tuple[str | ZipInfo, bytes]]) -> Path:
    """A zip file with these files in this order; the same name may come twice."""
    rows = files.items() if isinstance(files, Mapping) else files
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in rows:
            archive.writestr(name, content, ZIP_DEFLATED)
    return path


def raw_zip(files: Iterable[tuple[bytes, bytes]], **fields: int) -> bytes:
    """A zip file written byte by byte: names as they are, fields as they are told.

    `fields` are `flags`, `method`, `checksum`, `packed` and `size` (the unpacked one).
    """
    file, directory, count = BytesIO(), b"", 0
    for name, content in files:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        told = (
            *(20, fields.get("flags", 0), fields.get("method", 8), 0, 33),
            fields.get("checksum", zlib.crc32(content)),
            fields.get("packed", len(packed)),
            fields.get("size", len(content)),
            *(len(name), 0),
        )
        at = file.tell()
        file.write(b"PK\3\4" + struct.pack("<5H3L2H", *told) + name + packed)
        head = struct.pack("<6H3L5H2L", 20, *told, 0, 0, 0, 0, at)
        directory += b"PK\1\2" + head + name
        count += 1
    end = struct.pack("<4H2LH", 0, 0, count, count, len(directory), file.tell(), 0)
    return file.getvalue() + directory + b"PK\5\6" + end


def placed(root: Path, files: Files) -> Path:
    """A folder with these files."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def took(
    source: Path, where: Path, limits: Limits | None = None, into: DataSet | None = None
) -> DataSet:
    """What is taken of a zip file, a folder or a file."""
    told = Told(source.stem)
    limits = limits or Limits()
    return take(source, where, told, limits, lambda done, of: None, into)


def reasons(dataset: DataSet) -> dict[str, str]:
    """What was passed over, and why."""
    return {one.path: str(one.reason) for one in dataset.skipped}


def labels(dataset: DataSet) -> list[tuple[str, str | None]]:
    """Each picture's class and part, in the order of their paths."""
    return [(i.label, i.part) for i in sorted(dataset.items, key=lambda i: i.path)]
