"""Python literals and calls, laid out as ruff's formatter would lay them out."""

from __future__ import annotations

import re
from typing import Any

WIDTH = 88  # ruff's own line length


def literal(value: Any) -> str:
    """A value as Python source with double quotes.

    >>> literal("relu"), literal((2, 3)), literal(0.25), literal(1e-07)
    ('"relu"', '(2, 3)', '0.25', '1e-07')
    """
    if isinstance(value, str):
        text = value.encode("unicode_escape").decode("ascii").replace('"', '\\"')
        return f'"{text}"'
    if isinstance(value, tuple):
        inside = ", ".join(literal(item) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return repr(value)


def call(name: str, arguments: list[str], indent: int, after: int = 1) -> list[str]:
    """A call as lines: whole, or its arguments on a line, or each on its own.

    `indent` counts the spaces before it, `after` the characters that follow it.
    """
    margin = " " * indent
    whole = f"{margin}{name}({', '.join(arguments)})"
    if len(whole) + after <= WIDTH:
        return [whole]
    inner = f"{margin}    {', '.join(arguments)}"
    if len(inner) <= WIDTH:
        return [f"{margin}{name}(", inner, f"{margin})"]
    rows = [f"{margin}    {argument}," for argument in arguments]
    return [f"{margin}{name}(", *rows, f"{margin})"]


def identifier(name: str, fallback: str) -> str:
    """A name that Python and every Keras backend take, made from what a user typed.

    >>> identifier("My tower 2!", "tower"), identifier("탑", "tower")
    ('my_tower_2', 'tower')
    """
    safe = re.sub(r"[^0-9a-z]+", "_", name.lower()).strip("_")[:40].strip("_")
    if not safe:
        return fallback
    return f"{fallback}_{safe}" if safe[0].isdigit() else safe


def prose(text: str) -> str:
    """A user's text as it may stand in a docstring or comment: one harmless line."""
    return " ".join(re.sub(r"[^\w .,:()+%-]", " ", text).split())
