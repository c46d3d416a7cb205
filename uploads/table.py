"""A table of vectors: its columns, what is missing in it, and what it may tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bricks.words import N_, Text
from uploads import names, sheet
from uploads.dataset import Column
from uploads.errors import BadFile

MOST_WORDS = 100
"""Different words of a column, beyond which they are no categories."""
NUMERIC = 0.9
"""The share of a column's cells that are numbers, from which the others count as
missing."""
_NAMED = 5

NO_COLUMNS = N_(
    "Two columns of numbers or categories are needed at least: it has {count}."
)
MISSING_IN = N_("{count} of {of} rows lack something and are left out: {names}.")
MANY_WORDS = N_("Too many different words to learn from, so left out: {names}.")
UNNAMED = N_("A column without a name is left out.")


@dataclass
class Tally:
    """What was seen of a column."""

    name: str
    numbers: int = 0
    words: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    """How often each different cell comes, of the first few different ones."""
    overflows: bool = False

    def add(self, cell: str) -> None:
        """See one more cell."""
        if sheet.is_missing(cell):
            return
        if sheet.is_number(cell):
            self.numbers += 1
        else:
            self.words += 1
        if cell in self.seen:
            self.seen[cell] += 1
        elif len(self.seen) < MOST_WORDS * 2:
            self.seen[cell] = 1
        else:
            self.overflows = True

    def column(self, rows: int) -> Column:
        """What is to be told of it."""
        numeric = self.numbers > NUMERIC * (self.numbers + self.words)
        values = [c for c in self.seen if sheet.is_number(c) or not numeric]
        few = not self.overflows and len(values) <= MOST_WORDS
        told = tuple(sorted(values, key=names.natural)) if few else ()
        missing = rows - self.numbers - (0 if numeric else self.words)
        return Column(self.name, numeric, told, missing)


@dataclass(frozen=True)
class Inspected:
    """The columns of a table, and how many of its rows lack nothing."""

    columns: tuple[Column, ...]
    rows: int
    notes: tuple[Text, ...]


def inspected(table: sheet.Table) -> Inspected:
    """Look at every cell; BadFile where there is nothing to learn from."""
    header = [name for name in table.header if name.strip()]
    tallies = [Tally(name) for name in header]
    count = 0
    for cells in table.cells(*header):
        count += 1
        for tally, cell in zip(tallies, cells):
            tally.add(cell)
    columns = tuple(tally.column(count) for tally in tallies)
    usable = [column for column in columns if column.numeric or column.values]
    if len(usable) < 2:
        raise BadFile(Text(NO_COLUMNS, {"count": len(usable)}))
    whole = _whole(table, usable)
    notes = tuple(_notes(table, columns, count, whole))
    return Inspected(columns, whole, notes)


def _whole(table: sheet.Table, columns: Sequence[Column]) -> int:
    """How many rows lack nothing in these columns."""
    numeric = [column.numeric for column in columns]
    return sum(
        all(
            sheet.is_number(cell) if number else not sheet.is_missing(cell)
            for cell, number in zip(cells, numeric)
        )
        for cells in table.cells(*(column.name for column in columns))
    )


def _notes(
    table: sheet.Table, columns: Sequence[Column], count: int, whole: int
) -> Iterator[Text]:
    gaps = [c for c in columns if c.missing and (c.numeric or c.values)]
    if whole < count:
        gaps.sort(key=lambda column: -column.missing)
        told = [f"{names.shown(c.name)} ({c.missing:,})" for c in gaps]
        values = {"count": f"{count - whole:,}", "of": f"{count:,}"}
        yield Text(MISSING_IN, {**values, "names": _some(told)})
    words = [names.shown(c.name) for c in columns if not c.numeric and not c.values]
    if words:
        yield Text(MANY_WORDS, {"names": _some(words)})
    if len(columns) < len(table.header):
        yield Text(UNNAMED)


def _some(told: Sequence[str]) -> str:
    return ", ".join(told[:_NAMED]) + (", …" if len(told) > _NAMED else "")
