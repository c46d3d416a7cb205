"""Values as Python source, laid out as ruff's formatter would leave it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

WIDTH = 88  # ruff's own line length


def literal(value: Any) -> str:
    """A value as Python source; text is as people wrote it, what can't be seen escaped.

    >>> literal("relu"), literal((2, 3)), literal(0.25), literal(1e-07)
    ('"relu"', '(2, 3)', '0.25', '1e-07')
    >>> print(literal("고양이\\n"), literal('"hi"'), literal({"a": None}))
    "고양이\\n" '"hi"' {"a": None}
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        inside = ", ".join(map(literal, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(_items(value))}}}"
    return repr(value)


def _text(text: str) -> str:
    """In the quotes that need fewer backslashes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    escaped = "".join(map(_seen, text.replace("\\", "\\\\")))
    return quote + escaped.replace(quote, f"\\{quote}") + quote


def _seen(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


def _items(table: dict[Any, Any]) -> Iterable[str]:
    return (f"{literal(key)}: {literal(value)}" for key, value in table.items())


def width(text: str) -> int:
    """How many columns a text takes; a Hangul syllable takes two.

    >>> width("cat"), width("고양이")
    (3, 6)
    """
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def assigned(name: str, value: Any) -> list[str]:
    """The lines of `name = value`; a list or a dict that is too long has a line for
    each of its items."""
    whole = f"{name} = {literal(value)}"
    if width(whole) <= WIDTH or not isinstance(value, list | dict):
        return [whole]
    rows = _items(value) if isinstance(value, dict) else map(literal, value)
    left, right = "{}" if isinstance(value, dict) else "[]"
    return [f"{name} = {left}", *(f"    {row}," for row in rows), right]
