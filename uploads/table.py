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
_LETTERS = 30  # of such a cell
_CELLS = 3  # that are told by what stands in them

NO_COLUMNS = N_(
    "Two columns of numbers or categories are needed at least: it has {count}."
)
MISSING_IN = N_("{count} of {of} rows lack something and are left out: {names}.")
NO_NUMBER = N_("{name}, row {row}: {cell} is no number, so that the row is left out.")
NO_NUMBERS = N_("More cells that are no numbers: {count}; their rows are left out.")
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
    strange: list[tuple[int, str]] = field(default_factory=list)
    """The first few cells that are no numbers, with their rows."""

    def add(self, cell: str, row: int = 0) -> None:
        """See one more cell."""
        if sheet.is_missing(cell):
            return
        if sheet.is_number(cell):
            self.numbers += 1
        else:
            self.words += 1
            if len(self.strange) < _CELLS:
                self.strange.append((row, cell))
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
            tally.add(cell, count + 1)  # the first row is that of the names
    columns = tuple(tally.column(count) for tally in tallies)
    usable = [column for column in columns if column.numeric or column.values]
    if len(usable) < 2:
        raise BadFile(Text(NO_COLUMNS, {"count": len(usable)}))
    notes = tuple(_notes(table, tallies, columns, count))
    return Inspected(columns, _whole(table, usable), notes)


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


def _filled(table: sheet.Table, columns: Sequence[Column]) -> int:
    """In how many rows something stands in each of these columns."""
    rows = table.cells(*(column.name for column in columns))
    return sum(not any(map(sheet.is_missing, cells)) for cells in rows)


def _notes(
    table: sheet.Table, tallies: Sequence[Tally], columns: Sequence[Column], count: int
) -> Iterator[Text]:
    usable = [column for column in columns if column.numeric or column.values]
    empty = {t.name: count - t.numbers - t.words for t in tallies}
    gaps = [column for column in usable if empty[column.name]]
    if gaps:
        gaps.sort(key=lambda column: -empty[column.name])
        told = [f"{names.shown(c.name)} ({empty[c.name]:,})" for c in gaps]
        lacking = count - _filled(table, gaps)
        values = {"count": f"{lacking:,}", "of": f"{count:,}"}
        yield Text(MISSING_IN, {**values, "names": _some(told)})
    numeric = {column.name for column in columns if column.numeric}
    yield from _no_numbers([t for t in tallies if t.name in numeric])
    words = [names.shown(c.name) for c in columns if not c.numeric and not c.values]
    if words:
        yield Text(MANY_WORDS, {"names": _some(words)})
    if len(columns) < len(table.header):
        yield Text(UNNAMED)


def _no_numbers(tallies: Sequence[Tally]) -> Iterator[Text]:
    """The first cells that are no numbers where numbers stand, and how many more."""
    cells = [
        (row, tally.name, cell) for tally in tallies for row, cell in tally.strange
    ]
    for row, name, cell in sorted(cells)[:_CELLS]:
        values = {"name": names.shown(name), "row": f"{row:,}", "cell": _short(cell)}
        yield Text(NO_NUMBER, values)
    more = sum(tally.words for tally in tallies) - _CELLS
    if more > 0:
        yield Text(NO_NUMBERS, {"count": f"{more:,}"})


def _short(cell: str) -> str:
    return names.shown(cell[:_LETTERS]) + ("…" if len(cell) > _LETTERS else "")


def _some(told: Sequence[str]) -> str:
    return ", ".join(told[:_NAMED]) + (", …" if len(told) > _NAMED else "")
