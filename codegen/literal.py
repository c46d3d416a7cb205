"""Python literals and names, from what a user typed."""

from __future__ import annotations

import re
from typing import Any


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
    return " ".join(re.sub(r"[^\w .,:()+%'-]", " ", text).split())
