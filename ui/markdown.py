"""Users' texts in places where Streamlit reads Markdown."""

from __future__ import annotations

_READ = frozenset("\\`*_{}[]()<>#+-.!|~:$")


def plain(text: str) -> str:
    """A text with everything escaped that Markdown would read.

    >>> plain("![x](y)")
    '\\\\!\\\\[x\\\\]\\\\(y\\\\)'
    """
    return "".join(f"\\{c}" if c in _READ else c for c in text)
