"""A data set as it was found: every picture or column of it, and what was passed over.

It only grows: what people change about it (names of classes, pictures moved or left
out, the split) are settings of the data brick that stands on it, so that they are
undone, saved and printed with the tower. See `uploads.binding`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bricks.words import Text

VERSION = 1
PICTURES = "pictures"
TABLE = "table"
PARTS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Item:
    """One picture; `label` is its class as it was found, "" where it has a `value`."""

    digest: str
    """SHA-256 of the file as it came, 64 hexadecimal digits."""
    path: str
    """In the user's own folder, "/" between names, Unicode in NFC; only to be shown."""
    label: str
    value: float | None
    part: str | None
    """One of PARTS where the folders tell, else None."""
    width: int
    height: int
    """Points, as it is seen upright."""
    bytes: int
    suffix: str = "jpg"
    """How our copy `pictures/<digest>.<suffix>` is kept: jpg or png."""
    added: int = 0
    """0 for what came first, 1 for what was added to it next, ..."""

    @property
    def key(self) -> str:
        """The name by which a picture is moved or left out, in a script too."""
        return self.digest[:12]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was passed over, and why."""

    path: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a CSV file is to be read; `picture` and `label` name its columns."""

    file: str
    """Its path in the user's own folder."""
    encoding: str
    delimiter: str
    label: str = ""
    picture: str = ""
    """Empty where the rows are no pictures."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of vectors."""

    name: str
    numeric: bool
    """Whether every cell that is not missing is a number."""
    values: tuple[str, ...] = ()
    """Its different cells in natural order, where there are at most 100."""
    missing: int = 0
    """Rows in which it is empty."""


@dataclass(frozen=True)
class DataSet:
    """What a user brought, of kind "pictures" or "table".

    `layout` says how classes were told: "folders" (`class/…`), "parts"
    (`train/class/…`), "names" (`cat.12.jpg`) or "sheet" (a CSV file beside the
    pictures). `names` are the classes as they were found, in natural order, none where
    every picture has a value.
    """

    id: str
    name: str
    kind: str
    layout: str
    made: float
    """Unix seconds."""
    names: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Text, ...] = ()
    """What a user should know: leaks, classes with few pictures, ..."""
    hidden: int = 0
    """Files that systems leave behind (.DS_Store, Thumbs.db), not spoken of."""
    formats: tuple[str, ...] = ()
    """What a script needs beside Pillow's own formats: "HEIF"."""
    sheet: Sheet | None = None
    columns: tuple[Column, ...] = ()
    rows: int = 0
    """Of a table, those with a label and nothing missing."""
    added: int = 0
    """How often more was added."""
    where: Path | None = field(default=None, compare=False)
    """Its folder, where it stands on a shelf; not written down."""

    def to_json(self) -> str:
        """All of it, a line for each picture."""
        head = asdict(replace(self, items=(), skipped=(), notes=(), where=None))
        for name in ("items", "skipped", "notes", "where"):
            del head[name]
        told = {"version": VERSION} | head
        told["skipped"] = [[one.path, one.reason.to_json()] for one in self.skipped]
        told["notes"] = [note.to_json() for note in self.notes]
        rows = ",\n".join(_json(_row(item)) for item in self.items)
        return f'{_json(told)[:-1]},\n"items": [\n{rows}\n]}}\n'

    @classmethod
    def from_json(cls, text: str) -> DataSet:
        """What `to_json` wrote; nobody else writes it."""
        told = json.loads(text)
        del told["version"]
        told["names"] = tuple(told["names"])
        told["items"] = tuple(Item(*row) for row in told["items"])
        told["skipped"] = tuple(
            Skipped(path, Text.from_json(reason)) for path, reason in told["skipped"]
        )
        told["notes"] = tuple(map(Text.from_json, told["notes"]))
        told["formats"] = tuple(told["formats"])
        told["sheet"] = Sheet(**told["sheet"]) if told["sheet"] else None
        told["columns"] = tuple(
            Column(**one | {"values": tuple(one["values"])}) for one in told["columns"]
        )
        return cls(**told)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(item: Item) -> list[Any]:
    return [getattr(item, name) for name in Item.__slots__]


def per_class(items: Iterable[Item]) -> dict[str, int]:
    """How many pictures each class has, as it was found."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item.label] = counts.get(item.label, 0) + 1
    return counts
