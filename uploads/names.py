"""Names of files as archives and browsers give them: decoded, made safe, made one form.

No file is ever written under such a name; they tell classes, and are shown.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

from bricks.project import clean_name

MOST_SHOWN = 80  # characters of one name
_ENCODINGS = ("utf-8", "cp949", "cp437")  # the last one can read anything
_UNICODE_NAME = 0x7075  # the extra field in which archivers repeat a name in UTF-8
_DRIVE = re.compile(r"[A-Za-z]:")
_LEFTOVERS = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin"}


def decoded(raw: bytes, extra: bytes = b"") -> str:
    """A name from a zip file that does not say how it is written.

    >>> decoded("강아지".encode("cp949")), decoded("강아지".encode())
    ('강아지', '강아지')
    """
    told = _unicode_name(raw, extra)
    for encoding in _ENCODINGS[:-1]:
        try:
            return (told or raw).decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(_ENCODINGS[-1])


def _unicode_name(raw: bytes, extra: bytes) -> bytes | None:
    while len(extra) >= 4:
        kind, size = (int.from_bytes(extra[n : n + 2], "little") for n in (0, 2))
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_NAME and field[1:5] == zlib.crc32(raw).to_bytes(
            4, "little"
        ):
            return field[5:]
    return None


def split(path: str) -> tuple[str, ...] | None:
    """The names in a path, in NFC; None where it leads out of its folder.

    >>> split("cat/1.jpg"), split("../1.jpg"), split("C:/1.jpg"), split("/etc/passwd")
    (('cat', '1.jpg'), None, None, None)
    """
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    names = [name for name in path.split("/") if name not in ("", ".")]
    leads_out = path.startswith("/") or ".." in names or _DRIVE.match(path)
    return None if leads_out or "\0" in path or not names else tuple(names)


def is_leftover(names: tuple[str, ...]) -> bool:
    """Whether a system left this behind, or means to hide it; a script is as blind."""
    return any(name.startswith((".", "__MACOSX")) for name in names) or any(
        name.lower() in _LEFTOVERS for name in names
    )


def shown(path: str) -> str:
    """A path as people may see it: no control or direction marks, no endless names.

    >>> shown("cat/gpj.\\u202e1.jpg")
    'cat/gpj. 1.jpg'
    """
    names = path.replace("\\", "/").split("/")
    told = "/".join(map(clean_name, names))
    return told if len(told) <= MOST_SHOWN * 4 else "…" + told[-MOST_SHOWN * 4 :]


def can_be_class(name: str) -> bool:
    """Whether a class may bear this name, in a script and on the page."""
    return 0 < len(name) <= MOST_SHOWN and name.isprintable() and name == name.strip()


def natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """By what names are sorted so that 2 comes before 10.

    >>> sorted(["10", "2", "b1", "B"], key=natural)
    ['2', '10', 'B', 'b1']
    """
    words = re.findall(r"0*([0-9]+)|([^0-9]+)", name.casefold())
    # A number by its digits: there is no end to how many a cell may have.
    return [(1, 0, word) if word else (0, len(n), n) for n, word in words], name
