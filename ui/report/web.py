"""A run's report as one HTML file: read in a browser, printed on one page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from pathlib import Path

from ui.report import confused
from ui.report.plots import Plot, cloud, curve
from ui.report.sheet import Sheet

_STYLE = Path(__file__).with_name("web.css")
_SAFE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_CURVE = (225, 150)
_CLOUD = (400, 340)


def html(sheet: Sheet, tower: bytes | None = None) -> str:
    """The report with nothing outside of it; `tower` is the tower's picture, as PNG or
    SVG. It runs no script, whatever a name or a picture says."""
    note = f"<p>{escape(sheet.note)}</p>" if sheet.note else ""
    return f"""\
<!doctype html>
<html lang="{sheet.lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{_SAFE}">
<title>{escape(sheet.title)}</title>
<style>
{_STYLE.read_text(encoding="utf-8")}</style>
<main>
<h1>{escape(sheet.title)}</h1>
<p>{escape(sheet.about)}</p>{note}
{_tiles(sheet)}
<div class="page">
<div>
{_tower(sheet, tower)}
{_section(sheet.heads["rows"], _rows(sheet.rows, "rows"))}
{_per_class(sheet)}
</div>
<div>
{_curves(sheet)}
{_answers(sheet)}
{_examples(sheet)}
</div>
</div>
<footer>{sheet.heads["printed"]}</footer>
</main>
</html>
"""


def _section(title: str, body: str, kind: str = "") -> str:
    return f'<section class="{kind}"><h2>{escape(title)}</h2>{body}</section>'


def _tiles(sheet: Sheet) -> str:
    tiles = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in sheet.tiles
    )
    return f'<dl class="tiles">{tiles}</dl>'


def _tower(sheet: Sheet, picture: bytes | None) -> str:
    if not picture:
        return _section(sheet.heads["tower"], "", "tower")
    kind = "image/png" if picture.startswith(b"\x89PNG") else "image/svg+xml"
    shown = _image(picture, kind, sheet.heads["tower"])
    return _section(sheet.heads["tower"], shown, "tower")


def _image(picture: bytes, kind: str, said: str) -> str:
    text = b64encode(picture).decode("ascii")
    return f'<img src="data:{kind};base64,{text}" alt="{escape(said)}">'


def _curves(sheet: Sheet) -> str:
    parts = []
    for one in sheet.curves[:2]:
        plot = curve(one, *_CURVE)
        lines = zip(("training", "validation"), plot.lines, strict=True)
        body = "".join(_line(line, kind) for kind, line in lines)
        parts.append(_section(one.title, _drawn(plot, body, one.title)))
    key = "".join(
        f'<span><i class="{name}"></i>{sheet.heads[name]}</span>'
        for name in ("training", "validation")
    )
    epoch = f"<span>{escape(sheet.heads['epoch'])}</span>"
    key = f'<div class="key">{key}{epoch}</div>' if parts else ""
    return f'<div class="curves">{"".join(parts)}</div>{key}'


def _drawn(plot: Plot, body: str, said: str) -> str:
    """A drawing with its axes."""
    left, _top, right, bottom = plot.inside
    rows = "".join(
        f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{left - 5}" y="{y + 3:.1f}" text-anchor="end">{said}</text>'
        for y, said in plot.up
    )
    columns = "".join(
        f'<text x="{x:.1f}" y="{bottom + 12}" text-anchor="middle">{said}</text>'
        for x, said in plot.across
    )
    box = f"0 0 {plot.width:g} {plot.height:g}"
    label = f'role="img" aria-label="{escape(said)}"'
    return f'<svg viewBox="{box}" {label}>{rows}{columns}{body}</svg>'


def _line(line: list[tuple[float, float]], kind: str) -> str:
    """A line through these places; a single one is a dot."""
    if len(line) == 1:
        return _dots(line, kind, 3)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
    return f'<polyline class="lines {kind}" points="{points}"/>'


def _dots(places: Iterable[tuple[float, float]], kind: str, radius: float) -> str:
    return "".join(
        f'<circle class="dots {kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'
        for x, y in places
    )


def _answers(sheet: Sheet) -> str:
    """The confusion of classes, or the cloud of values."""
    heads = sheet.heads
    if sheet.pairs:
        plot = cloud(sheet.pairs, *_CLOUD)
        body = _line(plot.lines[0], "training") + _dots(plot.lines[1], "validation", 2)
        return _section(heads["pairs"], _drawn(plot, body, heads["pairs"]))
    if 0 < len(sheet.classes) <= confused.MOST_CLASSES:
        said = f"<small>{escape(heads['confusion_said'])}</small>"
        return _section(heads["confusion"], said + _matrix(sheet))
    if sheet.classes:
        rows = confused.worst(sheet.confusion, sheet.classes)
        told = [(f"{true} → {told}", f"{count:,}") for true, told, count in rows]
        return _section(heads["confused"], _rows(told, "worst"))
    return ""


def _matrix(sheet: Sheet) -> str:
    """A table, so that it can be read aloud and copied."""
    many = len(sheet.classes)
    counted = many <= confused.MOST_COUNTED
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f"{''.join(_cell(cell, counted) for cell in row)}</tr>"
        for name, row in zip(sheet.classes, confused.cells(sheet.confusion))
    )
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in sheet.classes)
    return (
        f'<table class="matrix" style="--classes: {many}"><colgroup><col></colgroup>'
        f"<tbody>{rows}<tr><td></td>{heads}</tr></tbody></table>"
    )


def _cell(cell: confused.Cell, counted: bool) -> str:
    if not cell.count:
        return "<td></td>"
    kind = "right" if cell.right else "wrong"
    said = f"{cell.count:,}" if counted else ""
    return f'<td class="{kind}" style="--strength: {cell.strength:.3f}">{said}</td>'


def _rows(rows: Iterable[tuple[str, str]], kind: str) -> str:
    told = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in rows
    )
    return f'<table class="{kind}">{told}</table>'


def _per_class(sheet: Sheet) -> str:
    if not sheet.per_class:
        return ""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in sheet.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f"{''.join(f'<td>{escape(value)}</td>' for value in values)}</tr>"
        for name, *values in sheet.per_class
    )
    head = f"<thead><tr>{heads}</tr></thead>"
    body = f'<table class="rows classes">{head}<tbody>{rows}</tbody></table>'
    return _section(sheet.heads["per_class"], body)


def _examples(sheet: Sheet) -> str:
    if not sheet.examples:
        return ""
    shown = "".join(
        f"<figure>{_image(one.picture, 'image/png', one.said)}"
        f"<figcaption>{escape(one.said)}</figcaption></figure>"
        for one in sheet.examples
    )
    return _section(sheet.heads["examples"], f'<div class="examples">{shown}</div>')
