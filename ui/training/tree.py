"""The family tree of optimizers as a picture: bricks that grew from one another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape

from bricks.training import Training
from bricks.training.family import Member, family
from ui.words import Translate

WIDE, TALL, STUD = 106, 38, 5  # a brick, in points
ACROSS, DOWN = 128, 52  # from brick to brick
EDGE = 3
INK = {
    False: ("#14181d", "#4b5158", "#ffffff", "#b3b8bf", "#2f6fde", "#ffffff"),
    True: ("#e8eaed", "#b9bec4", "#23272e", "#5a616a", "#7aa7f5", "#0a1930"),
}
"""Ink, quiet ink, body, line, lit body and lit ink, by whether the page is dark."""


@cache
def members() -> dict[str, Member]:
    """Every rule of the tree by its kind, each after its parent."""
    return {member.kind: member for member in family()}


def lit(training: Training) -> Member:
    """The rule that a training goes by: SGD with some momentum is Momentum."""
    settings = training.optimizer_settings
    known = [m for m in members().values() if m.optimizer == training.optimizer]
    fit = [m for m in known if all(settings.get(name) for name in m.settings)]
    return max(fit, key=lambda member: len(member.settings))


def line(member: Member) -> tuple[Member, ...]:
    """A rule and those that it grew from, the oldest first."""
    if member.parent is None:
        return (member,)
    return (*line(members()[member.parent]), member)


@cache
def places() -> dict[str, tuple[int, float]]:
    """Column and row of each rule: what it learned from stands to its left."""
    rows: dict[str, float] = {}
    root = next(member for member in members().values() if member.parent is None)
    _rows(root, rows)
    return {kind: (_column(members()[kind]), row) for kind, row in rows.items()}


def _column(member: Member) -> int:
    before = [*([member.parent] if member.parent else []), *member.also]
    return 1 + max((_column(members()[kind]) for kind in before), default=-1)


def _children(member: Member) -> list[Member]:
    """The oldest first; of one year, the one with more descendants."""
    own = [child for child in members().values() if child.parent == member.kind]
    return sorted(own, key=lambda child: (child.year, -_size(child)))


def _size(member: Member) -> int:
    return 1 + sum(map(_size, _children(member)))


def _rows(member: Member, rows: dict[str, float]) -> float:
    """Leaves one below the other, every other rule in the middle of its children."""
    below = [_rows(child, rows) for child in _children(member)]
    leaves = sum(not _children(members()[kind]) for kind in rows)
    rows[member.kind] = (below[0] + below[-1]) / 2 if below else leaves
    return rows[member.kind]


def drawing(training: Training, dark: bool, _: Translate) -> str:
    """The tree as SVG, the rule that is chosen lit and its line drawn strong."""
    chosen = lit(training)
    strong = {member.kind for member in line(chosen)}
    columns, rows = zip(*places().values(), strict=True)
    wide = max(columns) * ACROSS + WIDE + 2 * EDGE
    tall = max(rows) * DOWN + TALL + STUD + 2 * EDGE
    parts = [
        *_edges(strong, dark),
        *(
            _brick(m, m == chosen, m.kind in strong, dark, _)
            for m in members().values()
        ),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall:g}" '
        f'viewBox="0 0 {wide} {tall:g}" font-family="system-ui, sans-serif" '
        f'text-anchor="middle">{"".join(parts)}</svg>'
    )


def _corner(kind: str) -> tuple[float, float]:
    """The upper left corner of a brick's body."""
    column, row = places()[kind]
    return EDGE + column * ACROSS, EDGE + STUD + row * DOWN


def _edges(strong: set[str], dark: bool) -> Iterator[str]:
    """What was learned from others dashed and below, what was grown from on top."""
    for member in members().values():
        for other in member.also:
            yield _edge(
                other, member.kind, INK[dark][3], 1.2, ' stroke-dasharray="4 4"'
            )
    grown = [(m.parent, m.kind) for m in members().values() if m.parent]
    for parent, kind in sorted(grown, key=lambda pair: pair[1] in strong):
        if kind in strong:
            yield _edge(parent, kind, INK[dark][4], 3)
        else:
            yield _edge(parent, kind, INK[dark][3], 1.6)


def _edge(start: str, end: str, colour: str, wide: float, more: str = "") -> str:
    x, y = _corner(start)
    left, low = _corner(end)
    x, y, low = x + WIDE, y + TALL / 2, low + TALL / 2
    bend = (ACROSS - WIDE) * 1.1
    path = f"M{x:g} {y:g}C{x + bend:g} {y:g} {left - bend:g} {low:g} {left:g} {low:g}"
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide}"{more}/>'
    )


def _brick(member: Member, chosen: bool, strong: bool, dark: bool, _: Translate) -> str:
    """A brick from the front: two studs, its name, and the year it was made known."""
    ink, quiet, body, edge, bright, on_bright = INK[dark]
    x, y = _corner(member.kind)
    told = _(member.said)
    fill, name, year = (bright, on_bright, on_bright) if chosen else (body, ink, quiet)
    stroke = f'fill="{fill}" stroke="{bright if strong else edge}" stroke-width="1.5"'
    studs = "".join(
        f'<rect x="{x + at:g}" y="{y - STUD:g}" width="20" height="9" rx="2" {stroke}/>'
        for at in (22, WIDE - 42)
    )
    middle = x + WIDE / 2
    return (
        f'{studs}<rect x="{x:g}" y="{y:g}" width="{WIDE}" height="{TALL}" rx="4" '
        f'{stroke}/><text x="{middle:g}" y="{y + 17:g}" font-size="{_size_of(told):g}" '
        f'font-weight="600" fill="{name}">{escape(told)}</text>'
        f'<text x="{middle:g}" y="{y + 31:g}" font-size="10.5" fill="{year}">'
        f"{member.year}</text>"
    )


def _size_of(name: str) -> float:
    """Letters that a long name needs to stay within its brick."""
    return min(12.5, 12.5 * 13 / len(name))
