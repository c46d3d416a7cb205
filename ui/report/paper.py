"""A run's report as a PDF: one page, A4."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ui.report import confused
from ui.report.letters import PLAIN, fitted, ready, write
from ui.report.plots import Plot, cloud, curve
from ui.report.sheet import Sheet

WIDTH, _HEIGHT = A4
MARGIN = 40.0
LEFT_WIDE = 190.0
ROW, FOOT = 13.5, 44.0
RIGHT_X = MARGIN + LEFT_WIDE + 26
RIGHT_WIDE = WIDTH - MARGIN - RIGHT_X
INK, QUIET, LINE = HexColor("#14181d"), HexColor("#4b5158"), HexColor("#c9cdd3")
WASH = HexColor("#f3f4f6")
RIGHT, WRONG = HexColor("#2f6fde"), HexColor("#d9622b")
TRAINING, VALIDATION = HexColor("#7a808a"), RIGHT


def pdf(sheet: Sheet, tower: bytes | None = None) -> bytes:
    """The report; `tower` is the tower's picture as a PNG file."""
    file = io.BytesIO()
    ready()
    canvas = Canvas(file, A4, initialFontName=PLAIN, lang=sheet.lang)
    canvas.setTitle(sheet.title)
    canvas.setCreator("Brickyard")
    _Page(canvas, sheet).draw(tower)
    canvas.save()
    return file.getvalue()


@dataclass
class _Page:
    """The page while it is drawn; places are points from its lower left corner."""

    canvas: Canvas
    sheet: Sheet

    def draw(self, tower: bytes | None) -> None:
        self._head()
        self._tiles()
        low = self._tower(tower, top=672, bottom=236)
        low = self._rows(top=low - 22)
        self._per_class(top=low - 22)
        low = self._curves(top=672)
        self._answers(top=low - 22, bottom=236)
        self._examples(top=216)
        self._foot()

    def _head(self) -> None:
        title = fitted(self.sheet.title, 21, WIDTH - 2 * MARGIN, bold=True)
        self._ink(INK)
        write(self.canvas, (MARGIN, 786), title, 21, bold=True)
        self._ink(QUIET)
        about = fitted(self.sheet.about, 9.5, WIDTH - 2 * MARGIN)
        write(self.canvas, (MARGIN, 770), about, 9.5)
        if self.sheet.note:
            note = fitted(self.sheet.note, 9.5, WIDTH - 2 * MARGIN)
            write(self.canvas, (MARGIN, 757), note, 9.5)

    def _tiles(self) -> None:
        """The figures that are read first, side by side."""
        tiles = self.sheet.tiles
        wide = (WIDTH - 2 * MARGIN) / max(1, len(tiles))
        self.canvas.setFillColor(WASH)
        self.canvas.roundRect(MARGIN, 700, WIDTH - 2 * MARGIN, 48, 6, stroke=0, fill=1)
        for number, (name, value) in enumerate(tiles):
            x = MARGIN + number * wide + 12
            self._ink(QUIET)
            write(self.canvas, (x, 733), fitted(name, 7.4, wide - 13), 7.4)
            self._ink(INK)
            write(
                self.canvas, (x, 712), fitted(value, 16, wide - 16, True), 16, bold=True
            )

    def _section(self, x: float, y: float, width: float, title: str) -> None:
        self._ink(INK)
        write(self.canvas, (x, y), fitted(title, 10, width, True), 10, bold=True)

    def _tower(self, picture: bytes | None, top: float, bottom: float) -> float:
        """As large as there is room for; gives where it ends."""
        self._section(MARGIN, top, LEFT_WIDE, self.sheet.heads["tower"])
        if not picture:
            return top
        image = ImageReader(io.BytesIO(picture))
        room = top - 10 - bottom
        return self._picture(image, MARGIN, bottom, LEFT_WIDE, room)

    def _picture(
        self, image: ImageReader, x: float, y: float, width: float, height: float
    ) -> float:
        """As large as there is room for, at the upper edge, in the middle; gives where
        its lower edge is."""
        wide, high = image.getSize()
        scale = min(width / wide, height / high)
        wide, high = wide * scale, high * scale
        place = x + (width - wide) / 2, y + height - high
        self.canvas.drawImage(image, *place, wide, high, mask="auto")
        return place[1]

    def _curves(self, top: float) -> float:
        """Curves side by side; gives where they end."""
        curves = self.sheet.curves[:2]
        gap, high = 14.0, 112.0
        wide = (RIGHT_WIDE - gap * (len(curves) - 1)) / max(1, len(curves))
        for number, one in enumerate(curves):
            x = RIGHT_X + number * (wide + gap)
            self._section(x, top, wide, one.title)
            plot = curve(one, wide, high)
            self._axes(plot, x, top - 8)
            for line, colour, dashed in zip(
                plot.lines, (TRAINING, VALIDATION), (True, False), strict=True
            ):
                self._line(line, x, top - 8, colour, dashed)
        self._key(top - 8 - high - 12)
        return top - 8 - high - 14

    def _key(self, y: float) -> None:
        """Which line is which."""
        x = RIGHT_X + 4
        for name, colour, dashed in (
            ("training", TRAINING, True),
            ("validation", VALIDATION, False),
        ):
            self._line([(0, 0), (18, 0)], x, y + 2.5, colour, dashed)
            self._ink(QUIET)
            write(self.canvas, (x + 23, y), self.sheet.heads[name], 7.5)
            x += 100
        place = (WIDTH - MARGIN, y)
        write(self.canvas, place, self.sheet.heads["epoch"], 7.5, align=1)

    def _axes(self, plot: Plot, x: float, top: float) -> None:
        left, _top, right, bottom = plot.inside
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeColor(LINE)
        for y, said in plot.up:
            self.canvas.line(x + left, top - y, x + right, top - y)
            self._ink(QUIET)
            write(self.canvas, (x + left - 4, top - y - 2.4), said, 6.8, align=1)
        for at, said in plot.across:
            place = (x + at, top - bottom - 9)
            write(self.canvas, place, said, 6.8, align=0.5)

    def _line(
        self,
        line: list[tuple[float, float]],
        x: float,
        top: float,
        colour: Color,
        dashed: bool,
    ) -> None:
        """A line through these places; a single one is a dot."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setFillColor(colour)
        self.canvas.setLineWidth(1.3)
        self.canvas.setDash([3, 2] if dashed else [])
        if len(line) == 1:
            self.canvas.circle(x + line[0][0], top - line[0][1], 2, stroke=0, fill=1)
        path = self.canvas.beginPath()
        for number, (across, down) in enumerate(line):
            (path.lineTo if number else path.moveTo)(x + across, top - down)
        self.canvas.drawPath(path)
        self.canvas.setDash([])

    def _answers(self, top: float, bottom: float) -> None:
        """The confusion of classes, or the cloud of values."""
        sheet, heads = self.sheet, self.sheet.heads
        if sheet.pairs:
            self._section(RIGHT_X, top, RIGHT_WIDE, heads["pairs"])
            self._cloud(top - 10, top - 10 - bottom)
        elif 0 < len(sheet.classes) <= confused.MOST_CLASSES:
            self._section(RIGHT_X, top, RIGHT_WIDE, heads["confusion"])
            self._ink(QUIET)
            said = fitted(heads["confusion_said"], 7.5, RIGHT_WIDE)
            write(self.canvas, (RIGHT_X, top - 11), said, 7.5)
            self._matrix(top - 18, top - 18 - bottom)
        elif sheet.classes:
            self._section(RIGHT_X, top, RIGHT_WIDE, heads["confused"])
            self._worst(top - 16)

    def _cloud(self, top: float, room: float) -> None:
        side = min(RIGHT_WIDE, room)
        plot = cloud(self.sheet.pairs, side, side)
        self._axes(plot, RIGHT_X, top)
        self._line(plot.lines[0], RIGHT_X, top, TRAINING, True)
        self.canvas.setFillColor(VALIDATION, alpha=0.5)
        for x, y in plot.lines[1]:
            self.canvas.circle(RIGHT_X + x, top - y, 1.6, stroke=0, fill=1)

    def _matrix(self, top: float, room: float) -> None:
        classes = self.sheet.classes
        names, foot = 46.0, 12.0
        side = min((RIGHT_WIDE - names) / len(classes), (room - foot) / len(classes))
        for a, row in enumerate(confused.cells(self.sheet.confusion)):
            y = top - (a + 1) * side
            self._ink(QUIET)
            place = (RIGHT_X + names - 5, y + side / 2 - 2.6)
            write(self.canvas, place, fitted(classes[a], 7.5, names - 6), 7.5, align=1)
            for b, cell in enumerate(row):
                self._cell(cell, RIGHT_X + names + b * side, y, side)
        for b, name in enumerate(classes):
            self._ink(QUIET)
            place = (RIGHT_X + names + (b + 0.5) * side, top - len(classes) * side - 9)
            write(self.canvas, place, fitted(name, 7.5, side - 1), 7.5, align=0.5)

    def _cell(self, cell: confused.Cell, x: float, y: float, side: float) -> None:
        self.canvas.setFillColor(WASH)
        self.canvas.rect(x + 0.4, y + 0.4, side - 0.8, side - 0.8, stroke=0, fill=1)
        if not cell.count:
            return
        colour = RIGHT if cell.right else WRONG
        self.canvas.setFillColor(colour, alpha=0.12 + 0.6 * cell.strength)
        self.canvas.rect(x + 0.4, y + 0.4, side - 0.8, side - 0.8, stroke=0, fill=1)
        self.canvas.setFillAlpha(1)
        if len(self.sheet.classes) <= confused.MOST_COUNTED:
            self._ink(INK)
            size = min(8.5, side / 2.6)
            place = (x + side / 2, y + side / 2 - size * 0.35)
            write(self.canvas, place, f"{cell.count:,}", size, align=0.5)

    def _worst(self, top: float) -> None:
        """The pairs of classes that were confused most often, with bars."""
        rows = confused.worst(self.sheet.confusion, self.sheet.classes)
        most = max((count for _a, _b, count in rows), default=1)
        for number, (true, told, count) in enumerate(rows):
            y = top - number * 17
            self._ink(INK)
            said = fitted(f"{true} → {told}", 8.5, 150)
            write(self.canvas, (RIGHT_X, y), said, 8.5)
            wide = (RIGHT_WIDE - 190) * count / most
            self.canvas.setFillColor(WRONG)
            self.canvas.rect(RIGHT_X + 156, y - 1.5, wide, 9, stroke=0, fill=1)
            self._ink(QUIET)
            write(self.canvas, (RIGHT_X + 161 + wide, y), f"{count:,}", 8)

    def _rows(self, top: float) -> float:
        """How it was trained; gives where that ends."""
        self._section(MARGIN, top, LEFT_WIDE, self.sheet.heads["rows"])
        y = top
        for number, (name, value) in enumerate(self.sheet.rows):
            y = top - 16 - number * ROW
            self._ink(QUIET)
            write(self.canvas, (MARGIN, y), fitted(name, 8, LEFT_WIDE * 0.62), 8)
            self._ink(INK)
            said = fitted(value, 8, LEFT_WIDE * 0.4)
            write(self.canvas, (MARGIN + LEFT_WIDE, y), said, 8, align=1)
            self._rule(y - 4)
        return y - 4

    def _rule(self, y: float) -> None:
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.4)
        self.canvas.line(MARGIN, y, MARGIN + LEFT_WIDE, y)

    def _per_class(self, top: float) -> None:
        """The figures of each class, where there is room for them under the others."""
        rows = self.sheet.per_class
        if not rows or top - 16 - (len(rows) + 1) * ROW < FOOT:
            return
        self._section(MARGIN, top, LEFT_WIDE, self.sheet.heads["per_class"])
        step = LEFT_WIDE * 0.19
        for number, row in enumerate([self.sheet.columns, *rows]):
            y = top - 16 - number * ROW
            self._ink(INK if number else QUIET)
            write(self.canvas, (MARGIN, y), fitted(row[0], 8, LEFT_WIDE * 0.24), 8)
            for place, said in enumerate(reversed(row[1:])):
                at = MARGIN + LEFT_WIDE - place * step, y
                shown = fitted(said, 8 if number else 7, step - 2)
                write(self.canvas, at, shown, 8 if number else 7, align=1)
            self._rule(y - 4)

    def _examples(self, top: float) -> None:
        """Up to ten pictures in two rows, with what is said of each under it."""
        examples = self.sheet.examples
        if not examples:
            return
        self._section(RIGHT_X, top, RIGHT_WIDE, self.sheet.heads["examples"])
        step, side = RIGHT_WIDE / 5, RIGHT_WIDE / 5 - 9
        for number, example in enumerate(examples):
            x = RIGHT_X + number % 5 * step
            y = top - 10 - side - number // 5 * (side + 32)
            image = ImageReader(io.BytesIO(example.picture))
            y = self._picture(image, x, y, side, side)
            self._ink(QUIET)
            for line, said in enumerate(example.said.splitlines()):
                place = (x + side / 2, y - 8.5 - 8.5 * line)
                write(self.canvas, place, fitted(said, 7, step - 2), 7, align=0.5)

    def _foot(self) -> None:
        self._ink(QUIET)
        said = self.sheet.heads["printed"]
        write(self.canvas, (WIDTH - MARGIN, 30), said, 7.5, align=1)

    def _ink(self, colour: Color) -> None:
        self.canvas.setFillColor(colour)
