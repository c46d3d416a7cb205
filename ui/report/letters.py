"""The letters of a PDF, which carries its own: a reader may have none for Korean."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).with_name("fonts")
PLAIN, BOLD = "NotoSansKR-Regular", "NotoSansKR-Bold"
OTHER = "HYGothic-Medium"
"""Of the reader, not in the file: for the few letters that ours do not have."""


@cache
def ready() -> dict[str, TTFont]:
    """Have the fonts known: Noto Sans KR with Latin, Greek, and the syllables of the
    standard KS X 1001."""
    found = {name: TTFont(name, str(FONTS / f"{name}.ttf")) for name in (PLAIN, BOLD)}
    for font in found.values():
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFont(UnicodeCIDFont(OTHER))
    return found


def runs(text: str, bold: bool = False) -> Iterator[tuple[str, str]]:
    """Parts of a text, each with the font that has its letters."""
    name = BOLD if bold else PLAIN
    known = ready()[name].face.charToGlyph
    for ours, letters in groupby(text, lambda letter: ord(letter) in known):
        yield (name if ours else OTHER), "".join(letters)


def breadth(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is, in points."""
    return sum(
        pdfmetrics.stringWidth(part, font, size) for font, part in runs(text, bold)
    )


def fitted(text: str, size: float, width: float, bold: bool = False) -> str:
    """As much of a text as there is room for, with three dots where it was cut: the
    ellipsis of a Korean font stands in the middle of the line."""
    if breadth(text, size, bold) <= width:
        return text
    while text and breadth(f"{text}...", size, bold) > width:
        text = text[:-1]
    return f"{text}..."


def write(
    canvas: Canvas,
    at: tuple[float, float],
    text: str,
    size: float,
    *,
    bold: bool = False,
    align: float = 0.0,
) -> None:
    """Write a line: `align` is the share of it that stands left of the place."""
    x, y = at
    x -= align * breadth(text, size, bold)
    for font, part in runs(text, bold):
        canvas.setFont(font, size)
        canvas.drawString(x, y, part)
        x += pdfmetrics.stringWidth(part, font, size)
