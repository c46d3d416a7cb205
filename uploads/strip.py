"""Pictures without what is told beside them: no place, no camera, no second file.

The points stay bit for bit what they were; of all that surrounds them only the
orientation stays, since the script turns pictures by it.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

_NEXT = re.compile(rb"\xff+([^\x00\xff])")
_NEXT_IN_DATA = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _EXIF, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xEE, 0xFE
_ALONE = {0x01, *range(0xD0, 0xD8)}
_KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_PNG = b"\x89PNG\r\n\x1a\n"


def jpeg(content: bytes, orientation: int) -> bytes:
    """The JPEG's tables and points, its colours' meaning and its orientation."""
    turned = (
        _segment(_EXIF, b"Exif\0\0" + exif(orientation)) if orientation > 1 else b""
    )
    head, *rest = _segments(content)
    jfif = rest and rest[0][:2] == bytes([0xFF, _APP0])
    return b"".join(
        [head, *rest[:1], turned, *rest[1:]] if jfif else [head, turned, *rest]
    )


def exif(orientation: int) -> bytes:
    """The shortest EXIF block that says it."""
    return b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(
        ">HHL", orientation, 0, 0
    )


def _segments(content: bytes) -> Iterator[bytes]:
    yield bytes([0xFF, _SOI])
    at = 2
    while mark := _NEXT.search(content, at):
        kind, at = mark[1][0], mark.end()
        if kind == _EOI:
            break
        if kind in _ALONE or kind == _SOI:
            continue
        end = at + int.from_bytes(content[at : at + 2], "big")
        kept = _kept(kind, content[at + 2 : end])
        if kept is not None:
            yield _segment(kind, kept)
        at = end
        if kind == _SOS:
            behind = _NEXT_IN_DATA.search(content, at)
            at = behind.start() if behind else len(content)
            yield content[end:at]
    yield bytes([0xFF, _EOI])


def _kept(kind: int, inside: bytes) -> bytes | None:
    if kind == _APP0 and inside.startswith(b"JFIF\0"):
        return inside[:12] + b"\0\0"  # without the small picture in it
    if kind == _ADOBE and inside.startswith(b"Adobe"):
        return inside[:12]
    is_told = _APP0 <= kind <= 0xEF or kind == _COMMENT
    return None if is_told else inside


def _segment(kind: int, inside: bytes) -> bytes:
    return bytes([0xFF, kind]) + (len(inside) + 2).to_bytes(2, "big") + inside


def png(content: bytes, orientation: int) -> bytes:
    """The PNG's points and palette, and its orientation."""
    turned = _chunk(b"eXIf", exif(orientation)) if orientation > 1 else b""
    parts = [_PNG]
    for kind, chunk in _chunks(content):
        if kind == b"IDAT" and turned:
            parts.append(turned)
            turned = b""
        if kind in _KEPT_CHUNKS:
            parts.append(chunk)
    if parts[-1][4:8] != b"IEND":
        parts.append(_chunk(b"IEND", b""))
    return b"".join(parts)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, kind = len(_PNG), b""
    while at + 12 <= len(content) and kind != b"IEND":
        size, kind = struct.unpack(">L4s", content[at : at + 8])
        yield kind, content[at : at + 12 + size]
        at += 12 + size


def _chunk(kind: bytes, inside: bytes) -> bytes:
    checksum = zlib.crc32(kind + inside)
    return struct.pack(">L", len(inside)) + kind + inside + struct.pack(">L", checksum)
