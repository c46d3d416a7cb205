"""Python names and comments, from what a user typed."""

from __future__ import annotations

import re


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
