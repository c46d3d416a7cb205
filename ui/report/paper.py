"""A run's report as a PDF: one page, A4."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ui.report import confused
from ui.report.letters import PLAIN, ready
from ui.report.pen import INK, QUIET, RIGHT, TRAINING, VALIDATION, WASH, WRONG, Pen
from ui.report.plots import cloud, curve
from ui.report.sheet import Sheet

WIDTH, _HEIGHT = A4
MARGIN = 40.0
INSIDE = WIDTH - 2 * MARGIN
LEFT_WIDE = 190.0
RIGHT_X = MARGIN + LEFT_WIDE + 26
RIGHT_WIDE = WIDTH - MARGIN - RIGHT_X
TOP, LOW, FOOT = 672.0, 236.0, 44.0
"""Where the columns begin, where pictures of the tower and of its answers end at the
latest, and where the last line may stand."""
ROW, GAP = 13.5, 22.0


def pdf(sheet: Sheet, tower: bytes | None = None) -> bytes:
    """The report; `tower` is the tower's picture as a PNG file."""
    file = io.BytesIO()
    ready()
    canvas = Canvas(file, A4, initialFontName=PLAIN, lang=sheet.lang)
    canvas.setTitle(sheet.title)
    canvas.setCreator("Brickyard")
    pen = Pen(canvas)
    _head(pen, sheet)
    _left(pen, sheet, tower)
    low = _curves(pen, sheet)
    _answers(pen, sheet, low - GAP)
    _examples(pen, sheet)
    place = (WIDTH - MARGIN, 30.0)
    pen.text(place, sheet.heads["printed"], 7.5, ink=QUIET, align=1)
    canvas.save()
    return file.getvalue()


def _head(pen: Pen, sheet: Sheet) -> None:
    """The name, what it is about, and the figures that are read first."""
    pen.text((MARGIN, 786), sheet.title, 21, INSIDE, bold=True)
    pen.text((MARGIN, 770), sheet.about, 9.5, INSIDE, ink=QUIET)
    pen.text((MARGIN, 757), sheet.note, 9.5, INSIDE, ink=QUIET)
    wide = INSIDE / max(1, len(sheet.tiles))
    pen.canvas.setFillColor(WASH)
    pen.canvas.roundRect(MARGIN, 700, INSIDE, 48, 6, stroke=0, fill=1)
    for number, (name, value) in enumerate(sheet.tiles):
        x = MARGIN + number * wide + 12
        pen.text((x, 733), name, 7.4, wide - 13, ink=QUIET)
        pen.text((x, 712), value, 16, wide - 16, bold=True)


def _left(pen: Pen, sheet: Sheet, tower: bytes | None) -> None:
    """The tower, how it was trained, and class by class where there is room."""
    pen.head((MARGIN, TOP), sheet.heads["tower"], LEFT_WIDE)
    low = TOP
    if tower:
        low = pen.picture(tower, (MARGIN, LOW), LEFT_WIDE, TOP - 10 - LOW)
    low = _rows(pen, sheet, low - GAP)
    _per_class(pen, sheet, low - GAP)


def _rows(pen: Pen, sheet: Sheet, top: float) -> float:
    """How it was trained; gives where that ends."""
    pen.head((MARGIN, top), sheet.heads["rows"], LEFT_WIDE)
    y = top
    for number, (name, value) in enumerate(sheet.rows):
        y = top - 16 - number * ROW
        pen.text((MARGIN, y), name, 8, LEFT_WIDE * 0.62, ink=QUIET)
        pen.text((MARGIN + LEFT_WIDE, y), value, 8, LEFT_WIDE * 0.4, align=1)
        pen.rule((MARGIN, y - 4), LEFT_WIDE)
    return y - 4


def _per_class(pen: Pen, sheet: Sheet, top: float) -> None:
    """The figures of each class, where there is room for them."""
    rows = sheet.per_class
    if not rows or top - 16 - (len(rows) + 1) * ROW < FOOT:
        return
    pen.head((MARGIN, top), sheet.heads["per_class"], LEFT_WIDE)
    step = LEFT_WIDE * 0.19
    for number, row in enumerate([sheet.columns, *rows]):
        y = top - 16 - number * ROW
        ink, size = (INK, 8.0) if number else (QUIET, 7.0)
        pen.text((MARGIN, y), row[0], size, LEFT_WIDE * 0.24, ink=ink)
        for place, said in enumerate(reversed(row[1:])):
            at = MARGIN + LEFT_WIDE - place * step, y
            pen.text(at, said, size, step - 2, ink=ink, align=1)
        pen.rule((MARGIN, y - 4), LEFT_WIDE)


def _curves(pen: Pen, sheet: Sheet) -> float:
    """Curves side by side; gives where they end."""
    curves = sheet.curves[:2]
    gap, high = 14.0, 112.0
    wide = (RIGHT_WIDE - gap * (len(curves) - 1)) / max(1, len(curves))
    for number, one in enumerate(curves):
        x = RIGHT_X + number * (wide + gap)
        pen.head((x, TOP), one.title, wide)
        plot = curve(one, wide, high)
        pen.axes(plot, (x, TOP - 8))
        pen.line(plot.lines[0], (x, TOP - 8), TRAINING, dashed=True)
        pen.line(plot.lines[1], (x, TOP - 8), VALIDATION)
    low = TOP - 8 - high - 12
    if curves:
        _key(pen, sheet, low)
    return low


def _key(pen: Pen, sheet: Sheet, y: float) -> None:
    """Which line is which, and what is across."""
    known = (("training", TRAINING, True), ("validation", VALIDATION, False))
    for number, (name, colour, dashed) in enumerate(known):
        x = RIGHT_X + 4 + 100 * number
        pen.line([(0, 0), (18, 0)], (x, y + 2.5), colour, dashed)
        pen.text((x + 23, y), sheet.heads[name], 7.5, ink=QUIET)
    pen.text((WIDTH - MARGIN, y), sheet.heads["epoch"], 7.5, ink=QUIET, align=1)


def _answers(pen: Pen, sheet: Sheet, top: float) -> None:
    """The confusion of classes, or the cloud of values."""
    heads, place = sheet.heads, (RIGHT_X, top)
    if sheet.pairs:
        pen.head(place, heads["pairs"], RIGHT_WIDE)
        side = min(RIGHT_WIDE, top - 10 - LOW)
        plot = cloud(sheet.pairs, side, side)
        pen.axes(plot, (RIGHT_X, top - 10))
        pen.line(plot.lines[0], (RIGHT_X, top - 10), TRAINING, dashed=True)
        pen.dots(plot.lines[1], (RIGHT_X, top - 10), VALIDATION, 1.6)
    elif 0 < len(sheet.classes) <= confused.MOST_CLASSES:
        pen.head(place, heads["confusion"], RIGHT_WIDE)
        said = heads["confusion_said"]
        pen.text((RIGHT_X, top - 11), said, 7.5, RIGHT_WIDE, ink=QUIET)
        _matrix(pen, sheet, top - 18)
    elif sheet.classes:
        pen.head(place, heads["confused"], RIGHT_WIDE)
        _worst(pen, sheet, top - 16)


def _matrix(pen: Pen, sheet: Sheet, top: float) -> None:
    classes, many = sheet.classes, len(sheet.classes)
    names, foot = 46.0, 12.0
    side = min((RIGHT_WIDE - names) / many, (top - LOW - foot) / many)
    left = RIGHT_X + names
    for a, row in enumerate(confused.cells(sheet.confusion)):
        y = top - (a + 1) * side
        at = (left - 5, y + side / 2 - 2.6)
        pen.text(at, classes[a], 7.5, names - 6, ink=QUIET, align=1)
        for b, cell in enumerate(row):
            _cell(pen, cell, (left + b * side, y), side, many <= confused.MOST_COUNTED)
    for b, name in enumerate(classes):
        at = (left + (b + 0.5) * side, top - many * side - 9)
        pen.text(at, name, 7.5, side - 1, ink=QUIET, align=0.5)


def _cell(
    pen: Pen, cell: confused.Cell, at: tuple[float, float], side: float, counted: bool
) -> None:
    x, y = at
    inner = (x + 0.4, y + 0.4), side - 0.8, side - 0.8
    pen.box(*inner, WASH)
    if not cell.count:
        return
    pen.box(*inner, RIGHT if cell.right else WRONG, 0.12 + 0.6 * cell.strength)
    if counted:
        size = min(8.5, side / 2.6)
        place = (x + side / 2, y + side / 2 - size * 0.35)
        pen.text(place, f"{cell.count:,}", size, align=0.5)


def _worst(pen: Pen, sheet: Sheet, top: float) -> None:
    """The pairs of classes that were confused most often, with bars."""
    rows = confused.worst(sheet.confusion, sheet.classes)
    most = max((count for _true, _told, count in rows), default=1)
    for number, (true, told, count) in enumerate(rows):
        y = top - number * 17
        pen.text((RIGHT_X, y), f"{true} → {told}", 8.5, 150)
        wide = (RIGHT_WIDE - 190) * count / most
        pen.box((RIGHT_X + 156, y - 1.5), wide, 9, WRONG)
        pen.text((RIGHT_X + 161 + wide, y), f"{count:,}", 8, ink=QUIET)


def _examples(pen: Pen, sheet: Sheet) -> None:
    """Up to ten pictures in two rows, with what is said of each under it."""
    if not sheet.examples:
        return
    top = LOW - 20
    pen.head((RIGHT_X, top), sheet.heads["examples"], RIGHT_WIDE)
    step, side = RIGHT_WIDE / 5, RIGHT_WIDE / 5 - 9
    for number, example in enumerate(sheet.examples):
        x = RIGHT_X + number % 5 * step
        y = top - 10 - side - number // 5 * (side + 32)
        low = pen.picture(example.picture, (x, y), side, side)
        for line, said in enumerate(example.said.splitlines(), start=1):
            place = (x + side / 2, low - 8.5 * line)
            pen.text(place, said, 7, step - 2, ink=QUIET, align=0.5)
