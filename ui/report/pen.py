"""What a page of paper is written and drawn with: words, lines, axes, pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ui.report.letters import fitted, write
from ui.report.plots import Plot, Point

INK, QUIET, LINE = HexColor("#14181d"), HexColor("#4b5158"), HexColor("#c9cdd3")
WASH = HexColor("#f3f4f6")
RIGHT, WRONG = HexColor("#2f6fde"), HexColor("#d9622b")
TRAINING, VALIDATION = HexColor("#7a808a"), RIGHT
WIDEST = 1e6  # points: as wide as it comes
SHARP = 4  # pixels of a picture for each point, as printers have them


@dataclass(frozen=True)
class Pen:
    """Draws on a canvas; places are points from its lower left corner."""

    canvas: Canvas

    def text(
        self,
        at: Point,
        said: str,
        size: float,
        width: float = WIDEST,
        *,
        ink: Color = INK,
        bold: bool = False,
        align: float = 0.0,
    ) -> None:
        """A line of words, cut where it is wider than there is room for; `align` is the
        share of it that stands left of the place."""
        self.canvas.setFillColor(ink)
        shown = fitted(said, size, width, bold)
        write(self.canvas, at, shown, size, bold=bold, align=align)

    def head(self, at: Point, said: str, width: float) -> None:
        """What stands above a part."""
        self.text(at, said, 10, width, bold=True)

    def box(
        self, at: Point, width: float, height: float, colour: Color, alpha: float = 1
    ) -> None:
        self.canvas.setFillColor(colour, alpha=alpha)
        self.canvas.rect(*at, width, height, stroke=0, fill=1)
        self.canvas.setFillAlpha(1)

    def rule(self, at: Point, width: float) -> None:
        """A thin line to the right."""
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.4)
        self.canvas.line(*at, at[0] + width, at[1])

    def picture(self, file: bytes, at: Point, width: float, height: float) -> float:
        """As large as there is room for, at the upper edge, in the middle; gives where
        its lower edge is."""
        with Image.open(io.BytesIO(file)) as opened:
            image = opened.convert("RGB")  # a mask beside it would take as long again
        image.thumbnail((round(SHARP * width), round(SHARP * height)))
        scale = min(width / image.width, height / image.height)
        wide, high = image.width * scale, image.height * scale
        place = at[0] + (width - wide) / 2, at[1] + height - high
        self.canvas.drawImage(ImageReader(image), *place, wide, high)
        return place[1]

    def axes(self, plot: Plot, at: Point) -> None:
        """A plot's lines and figures; `at` is its upper left corner, here and below."""
        x, top = at
        left, _top, right, bottom = plot.inside
        for y, said in plot.up:
            self.rule((x + left, top - y), right - left)
            place = (x + left - 4, top - y - 2.4)
            self.text(place, said, 6.8, ink=QUIET, align=1)
        for across, said in plot.across:
            place = (x + across, top - bottom - 9)
            self.text(place, said, 6.8, ink=QUIET, align=0.5)

    def line(
        self, line: Sequence[Point], at: Point, colour: Color, dashed: bool = False
    ) -> None:
        """A line through these places of a plot; a single one is a dot."""
        x, top = at
        if len(line) == 1:
            self.dots(line, at, colour, 2)
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(1.3)
        self.canvas.setDash([3, 2] if dashed else [])
        path = self.canvas.beginPath()
        for number, (across, down) in enumerate(line):
            (path.lineTo if number else path.moveTo)(x + across, top - down)
        self.canvas.drawPath(path)
        self.canvas.setDash([])

    def dots(
        self, places: Sequence[Point], at: Point, colour: Color, radius: float
    ) -> None:
        self.canvas.setFillColor(colour, alpha=0.5 if len(places) > 1 else 1)
        for x, y in places:
            self.canvas.circle(at[0] + x, at[1] - y, radius, stroke=0, fill=1)
        self.canvas.setFillAlpha(1)
