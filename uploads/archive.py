"""A zip file: its members listed, judged and read, and nothing ever unpacked by name.

What is read of a member never exceeds what the listing says of it (`zipfile` stops
there), so the listing's sums hold while unpacking, whoever wrote them.
"""

from __future__ import annotations

import stat
import struct
import zlib
from functools import lru_cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from bricks.words import N_, Text
from uploads import names
from uploads.errors import UploadError
from uploads.found import LINK, RAW, UNSAFE, Entry, Found, check_count
from uploads.limits import MEGA, Limits

DAMAGED = N_("{file} is damaged or not complete: make the zip file again.")
EMPTY = N_("{file} is empty: put the folders with the pictures into it.")
PASSWORD = N_("{file} has a password: make a zip file without one.")
PARTED = N_("{file} is one of several parts: make a single zip file.")
OVERLAPS = N_("{file} says the same bytes twice, as no archiver does: make it again.")
WORKBOOK = N_("{file} is an Excel file: save its sheet as CSV.")
METHOD = N_("It is packed by another method than zip's usual one: zip it again.")
RATIO = N_("It unpacks to more than {most} times its size.")
_METHODS = (ZIP_STORED, ZIP_DEFLATED)
_ENCRYPTED = 0x1
_UTF8 = 0x800
_USUAL_ENTRY = 300  # bytes of one entry in a zip file's directory, at the most
_LOCAL_HEADER = 30
_FAULTS = (BadZipFile, LargeZipFile, NotImplementedError, UnicodeDecodeError)


def members(path: Path, shown: str, limits: Limits) -> Found:
    """The files in the zip file at `path`, which the user calls `shown`."""
    told = {"file": shown}
    _check_directory(path, shown, limits)
    try:
        infos = opened(path).infolist()
    except (*_FAULTS, OSError, ValueError, struct.error) as error:
        raise UploadError(Text(DAMAGED, told)) from error
    _check(path, infos, told)
    found = Found()
    for number, info in enumerate(infos):
        _look(found, path, number, info, limits)
    return found.within(limits)


def opened(path: Path) -> ZipFile:
    """The zip file, its directory read once."""
    told = path.stat()
    return _opened(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=1)
def _opened(path: Path, _changed: int, _size: int) -> ZipFile:
    return ZipFile(path)


def read(path: Path, member: int, most: int | None = None) -> bytes:
    """A member's bytes, the first `most` of them; BadZipFile where it is damaged."""
    archive = opened(path)
    info = archive.infolist()[member]
    size = info.file_size if most is None else min(most, info.file_size)
    try:
        with archive.open(info) as file:
            return file.read(size)  # without a size, all is unpacked and then cut
    except (NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise BadZipFile(str(error)) from error


def _check_directory(path: Path, shown: str, limits: Limits) -> None:
    """Refuse endless directories before they are read."""
    if path.stat().st_size == 0:
        raise UploadError(Text(EMPTY, {"file": shown}))
    with path.open("rb") as file:
        parted = file.read(4) == b"PK\x07\x08"
        file.seek(max(0, path.stat().st_size - 66_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise UploadError(Text(PARTED if parted else DAMAGED, {"file": shown}))
    disk, _, _, count, size = struct.unpack("<4HL", tail[at + 4 : at + 16])
    large = tail.rfind(b"PK\x06\x06", 0, at)
    if large >= 0 and len(tail) >= large + 56:
        count, size = struct.unpack("<2Q", tail[large + 32 : large + 48])
    if disk not in (0, 0xFFFF):
        raise UploadError(Text(PARTED, {"file": shown}))
    check_count(max(count, size // _USUAL_ENTRY), limits.files, RAW)


def _check(path: Path, infos: list[ZipInfo], told: dict[str, str]) -> None:
    """What is wrong with the file as a whole."""
    if not infos:
        raise UploadError(Text(EMPTY, told))
    if any(info.filename == "xl/workbook.xml" for info in infos):
        raise UploadError(Text(WORKBOOK, told))
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise UploadError(Text(PASSWORD, told))
    ordered = sorted(infos, key=lambda info: info.header_offset)
    ends = [i.header_offset + _LOCAL_HEADER + i.compress_size for i in ordered]
    starts = [info.header_offset for info in ordered[1:]]
    if any(end > start for end, start in zip(ends, starts)):
        raise UploadError(Text(OVERLAPS, told))
    if ends[-1] > path.stat().st_size:
        raise UploadError(Text(DAMAGED, told))


def _look(found: Found, path: Path, n: int, info: ZipInfo, limits: Limits) -> None:
    raw = _name(info)
    split = names.split(raw)
    if info.filename.endswith("/") or raw.endswith(("/", "\\")):
        return
    if split is None:
        found.skip(raw, UNSAFE)
    elif stat.S_ISLNK(info.external_attr >> 16):
        found.skip(raw, LINK)
    elif names.is_leftover(split):
        found.hidden += 1
    elif info.compress_type not in _METHODS:
        found.skip(raw, METHOD)
    elif info.file_size > max(MEGA, limits.ratio * info.compress_size):
        found.skip(raw, RATIO, most=limits.ratio)
    else:
        found.add(Entry(split, info.file_size, path, n), limits)


def _name(info: ZipInfo) -> str:
    """The member's name as its maker saw it."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    # zipfile reads such names as CP437, from which every byte comes back.
    return names.decoded(info.orig_filename.encode("cp437"), info.extra)
