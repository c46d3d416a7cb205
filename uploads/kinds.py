"""What a file is, told by how its content begins and never by its name."""

from __future__ import annotations

from bricks.words import N_

PICTURE = "picture"
ZIP = "zip"
_PICTURES = (
    (0, b"\xff\xd8\xff"),
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"GIF8"),
    (0, b"BM"),
    (8, b"WEBP"),
    *(
        (0, sign)
        for sign in (b"II*\0", b"MM\0*", b"II\0*", b"MM*\0", b"II+\0", b"MM\0+")
    ),
)
_HEIF = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_AVIF = (b"avif", b"avis")
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PACKED = (
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (0, b"EGGA", "EGG"),
    (0, b"ALZ\x01", "ALZ"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\0", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard"),
    (257, b"ustar", "tar"),
    (0, b"MSCF", "CAB"),
)
_OTHERS = (
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "EPS"),
    (0, b"\xc5\xd0\xd3\xc6", "EPS"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\0\0\1\0", "ICO"),
    (0, b"SIMPLE  =", "FITS"),
    (0, b"\x0a\x05\x01\x08", "PCX"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
)
_VIDEO, _SOUND, _PROGRAM = N_("a video"), N_("a sound"), N_("a program")
_NEVER = (
    (0, b"MZ", _PROGRAM),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"#!", _PROGRAM),
    (0, b"\xd0\xcf\x11\xe0", N_("a document")),
    (0, b"\x89HDF", "HDF5"),
    (0, b"\x93NUMPY", "NumPy"),
    (0, b"SQLite format 3", "SQLite"),
    (8, b"AVI ", _VIDEO),
    (8, b"WAVE", _SOUND),
    (0, b"ID3", _SOUND),
    (0, b"OggS", _SOUND),
    (0, b"\x1aE\xdf\xa3", _VIDEO),
    (4, b"ftyp", _VIDEO),
)
MOST = 512
"""Bytes from the start that are looked at."""

EMPTY = N_("It is empty.")
NO_PICTURE = N_("It is no picture.")
PACKED = N_("It is packed ({kind}): unpack it first.")
OTHER = N_("It is {kind}, which is not read here: save it as JPEG or PNG.")
NEVER = N_("It is no picture but {kind}.")
SVG = N_("It is a drawing (SVG), not points: save it as PNG.")
WEB_PAGE = N_("It is a web page, not a picture: save the picture itself.")


def kind(start: bytes) -> str:
    """PICTURE, ZIP, "heif", "avif", or "" for anything else.

    >>> kind(b"GIF89a"), kind(b"PK\\3\\4"), kind(b"hello")
    ('picture', 'zip', '')
    """
    if start[4:8] == b"ftyp" and start[8:12] in _HEIF + _AVIF:
        return "avif" if start[8:12] in _AVIF or b"avif" in start[12:40] else "heif"
    if any(start[at : at + len(sign)] == sign for at, sign in _PICTURES):
        return PICTURE
    if start.startswith(_ZIPS):
        return ZIP
    return ""


def packed(start: bytes) -> str:
    """The name of the kind of archive, no zip, or ""."""
    return _named(start, _PACKED)


def _named(start: bytes, signs: tuple[tuple[int, bytes, str], ...]) -> str:
    return next((n for at, s, n in signs if start[at : at + len(s)] == s), "")


def reason(start: bytes) -> tuple[str, str]:
    """Why what begins so is no picture: a template, and the kind for it."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return EMPTY, ""
    if start.startswith(_ZIPS):
        return PACKED, "zip"
    if name := packed(start):
        return PACKED, name
    if name := _named(start, _OTHERS):
        return OTHER, name
    if name := _named(start, _NEVER):
        return NEVER, name
    if text.startswith((b"<!doctype html", b"<html")):
        return WEB_PAGE, ""
    return (SVG, "") if b"<svg" in text else (NO_PICTURE, "")
