"""A CSV file: how it is written, and which pictures it speaks of."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from bricks.bound import LONGEST
from bricks.pictures import NUMBER
from bricks.words import N_, Text
from uploads import names
from uploads.dataset import Sheet
from uploads.errors import BadFile
from uploads.limits import Limits

SUFFIXES = (".csv", ".tsv")
CATEGORIES = 20
"""Whole numbers with at most so many different ones may be classes."""
_LABELS = ("label", "class", "target", "y", "category", "species", "breed", "value")
_LABELS_KO = ("라벨", "레이블", "클래스", "분류", "정답", "종류", "이름표", "값")
MISSING = ("", "na", "n/a", "nan", "null", "?", "-")
"""What people and programs write where they know nothing, in small letters."""
_DELIMITERS = ",;\t"
_LOOKED_AT = 50  # rows by which the delimiter is told

ENCODING = N_("Its letters can't be read: save it as CSV UTF-8.")
NO_ROWS = N_("It has no rows below the names of its columns.")
BROKEN = N_("Its rows can't be read as a table: save it as CSV again.")
NAMELESS = N_("Its first row must name the columns.")
UNSEEN = N_(
    "The name of its column {name} is too long, or has a line break or a sign in it "
    "that can't be seen: type it anew."
)
UNSEEN_FILE = N_("Its own name has a sign in it that can't be seen: rename it.")
TWICE = N_("Two of its columns are called {name}.")
ROWS = N_("It has more than {most} rows.")
COLUMNS = N_("It has {count} columns; {most} is the most.")


@dataclass(frozen=True)
class Table:
    """A CSV file that can be read."""

    path: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    text: str

    def rows(self) -> Iterator[dict[str, str]]:
        """A dict for each row, as the printed script gets them."""
        lines = StringIO(self.text, newline="")
        return csv.DictReader(lines, delimiter=self.delimiter)

    def cells(self, *columns: str) -> Iterator[tuple[str, ...]]:
        """The cells of these columns in each row, as the printed script sees them."""
        return (tuple(clean(row[name]) for name in columns) for row in self.rows())

    def sheet(self, label: str, picture: str = "") -> Sheet:
        """How a script is to read it."""
        return Sheet(self.path, self.encoding, self.delimiter, label, picture)


def clean(cell: str | None) -> str:
    """A cell without spaces around it, in NFC.

    >>> clean(" cat "), clean(None)
    ('cat', '')
    """
    return unicodedata.normalize("NFC", cell or "").strip()


def is_missing(cell: str) -> bool:
    """Whether a clean cell says nothing.

    >>> is_missing("NaN"), is_missing("0")
    (True, False)
    """
    return cell.lower() in MISSING


def read(content: bytes, path: str, limits: Limits) -> Table:
    """The table in a CSV file; BadFile says what is wrong with it."""
    if not path.isprintable():
        raise BadFile(Text(UNSEEN_FILE))
    encoding, text = _decoded(content)
    delimiter = _delimiter(text)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        header = tuple(next(rows, ()))  # the script takes no later row for it
        _check_header(header, limits)
        count = sum(bool(row) for row in rows)
    except csv.Error as error:
        raise BadFile(Text(BROKEN)) from error
    if not count:
        raise BadFile(Text(NO_ROWS))
    if count > limits.rows:
        raise BadFile(Text(ROWS, {"most": f"{limits.rows:,}"}))
    return Table(path, encoding, delimiter, header, text)


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "cp949"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return encoding, text
    raise BadFile(Text(ENCODING))


def _delimiter(text: str) -> str:
    """The one that parts the first rows into most columns, alike in every row."""
    lines = StringIO(text, newline="")
    first = "".join(line for line, _ in zip(lines, range(_LOOKED_AT)))

    def columns(delimiter: str) -> int:
        try:
            sizes = [
                len(row) for row in csv.reader(StringIO(first), delimiter=delimiter)
            ]
        except csv.Error:
            return 0
        alike = sum(size == sizes[0] for size in sizes) if sizes else 0
        return sizes[0] if alike * 2 > len(sizes) else 0

    return max(_DELIMITERS, key=columns)


def _check_header(header: Sequence[str], limits: Limits) -> None:
    if not header or all(re.fullmatch(NUMBER, clean(name)) for name in header):
        raise BadFile(Text(NAMELESS))
    if len(header) > limits.columns:
        values = {"count": f"{len(header):,}", "most": f"{limits.columns:,}"}
        raise BadFile(Text(COLUMNS, values))
    unseen = [name for name in header if not can_be_told(name)]
    if unseen:
        raise BadFile(Text(UNSEEN, {"name": names.shown(unseen[0])}))
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise BadFile(Text(TWICE, {"name": names.shown(twice[0])}))


def can_be_told(text: str) -> bool:
    """Whether a brick's settings, and so a project's file, may hold this text."""
    return len(text) <= LONGEST and text.isprintable()


def label_column(header: Sequence[str]) -> str:
    """The column that is most likely what is to be told: by its name, else the last."""
    for word in _LABELS + _LABELS_KO:
        for name in header:
            if clean(name).lower() == word:
                return name
    return header[-1]


def is_number(cell: str) -> bool:
    return re.fullmatch(NUMBER, cell) is not None


def are_values(cells: Iterable[str]) -> bool:
    """Whether labels are values, not classes: not whole numbers, or too many of them.

    >>> are_values(["0.5", "2", ""]), are_values(["0", "1", "1"])
    (True, False)
    """
    different = {cell for cell in cells if not is_missing(cell)}
    if not different or not all(map(is_number, different)):
        return False
    whole = all(re.fullmatch(r"[+-]?\d+", cell) for cell in different)
    return not whole or len(different) > CATEGORIES


def file_name(cell: str) -> str:
    """The name of the file that a cell speaks of, as the script takes it."""
    return cell.replace("\\", "/").split("/")[-1]


def picture_column(table: Table, known: Collection[str]) -> tuple[str, int]:
    """The column that names most of the pictures, and how many rows of it do.

    `known` are the pictures' names, with and without their endings.
    """
    counts = dict.fromkeys(table.header, 0)
    for row in table.rows():
        for name in table.header:
            counts[name] += file_name(clean(row[name])) in known
    best = max(counts, key=lambda name: counts[name])
    return best, counts[best]
