"""A table and the data brick on it: which column is to be told, and by which others.

What a person chooses are the brick's settings, as with pictures in `uploads.binding`;
which rows there are and how they are split is worked out by the printed script itself.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any

from bricks import tables
from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.project import PlacedReader
from bricks.tower import GROUND, Placed
from bricks.words import N_, Text
from codegen import live
from uploads.dataset import PARTS, Column, DataSet
from uploads.names import shown
from uploads.sheet import CATEGORIES, can_be_told, is_number
from uploads.shelf import TABLE

KIND = "Table"
MOST_CLASSES = 100
MOST_WORDS = 20
"""Different words of a column, beyond which it is used only where it is chosen."""
EACH = 0.8
"""The share of the rows: a column with more different words is another in each."""
_NAMED = 5

IDLE = N_(
    "Not used unless you choose it, as its words differ in nearly every row or are "
    "more than {most}: {names}."
)
MANY_CLASSES = N_(
    "The target {name} has {count} classes: each needs rows enough to learn from. Is "
    "another column meant?"
)
_STAY = ("validation", "test", "split_seed", "label")


@dataclass(frozen=True)
class Counts:
    """How many rows of each class are in each part, and what names exactly these rows.

    Where values are told, all rows are of the class "", and `values` has the least, the
    mean and the most of each part that has rows.
    """

    parts: Mapping[str, Mapping[str, int]]
    content: str
    values: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def split(self) -> tuple[int, ...]:
        return tuple(sum(self.parts[part].values()) for part in PARTS)


def put_on(
    placed: Placed, dataset: DataSet, latest: Mapping[str, Any] | None = None
) -> Placed:
    """The brick for this table, with what `placed` had that still makes sense.

    `latest` are the settings, as a project file has them, of the brick that was last on
    the same table: its columns are chosen as they were there.
    """
    before = remembered(KIND, latest)
    stay = _kept(placed)
    names = [name for name, _ in before.get("columns", ())]
    target = before["sheet"][4] if before.get("sheet") else ""
    settings = {**before, **stay, "dataset": dataset.id}
    if target not in map(_name, targets(dataset)):
        target, names = _first_target(dataset), []
    return _chosen(Placed(KIND, settings, id=GROUND), dataset, target, names)


def remembered(kind: str, latest: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The settings of the last brick; none where another Brickyard wrote them so that
    they can't be read."""
    try:
        row = {"kind": kind, "settings": {**(latest or {})}}
        return PlacedReader(-1).placed(row).settings
    except ProjectError:
        return {}


def _kept(placed: Placed) -> dict[str, Any]:
    """What stays when a brick is put on another table."""
    if placed.kind != KIND:
        return {}
    had = {**placed.settings, "label": _full(placed)["label"]}
    return {name: value for name, value in had.items() if name in _STAY}


def _fits(settings: Mapping[str, Any], dataset: DataSet) -> bool:
    """Whether the brick speaks of this table: a project file may say anything."""
    known = {(c.name, () if c.numeric else c.values) for c in targets(dataset)}
    sheet = settings["sheet"]
    target = next((c for c in targets(dataset) if c.name in sheet[4:]), None)
    return (
        target is not None
        and sheet == _sheet(dataset, target.name)
        and settings["names"] == _classes(target)
        and bool(settings["columns"])
        and known.issuperset(settings["columns"])
    )


def _sheet(dataset: DataSet, target: str) -> tuple[str, ...]:
    """How the script is to read the table."""
    sheet = dataset.sheet
    assert sheet is not None
    file = sheet.file.split("/")[-1]
    return (file, sheet.encoding, sheet.delimiter, "", target)


def refreshed(placed: Placed, dataset: DataSet) -> Placed:
    """The brick with its counts and label worked out."""
    known = data_brick(KIND)
    assert known is not None
    settings = {**known.full(placed.settings), "title": dataset.name}
    if not _fits(settings, dataset):
        return put_on(Placed(KIND, _kept(placed), id=GROUND), dataset)
    sizes = {"features": tables.width(settings), "classes": len(settings["names"])}
    for name, count in sizes.items():
        settings[name] = known.by_name[name].nearest(count)
    labels = offered(settings)
    if placed.settings.get("label") not in labels:
        settings["label"] = labels[0]
    found = counts(settings, dataset)
    settings |= {"counts": found.split, "content": found.content}
    told = {k: v for k, v in settings.items() if v != known.by_name[k].default}
    return Placed(KIND, told, id=GROUND)


def offered(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The label bricks that suit the column to be told, the most fitting first."""
    names = settings["names"]
    if not names:
        return ("Value",)
    classes = ("YesNo", "Category") if len(names) == 2 else ("Category",)
    if not all(map(is_number, names)):
        return classes
    return (*classes, "Value") if len(names) <= CATEGORIES else ("Value", *classes)


def targets(dataset: DataSet) -> list[Column]:
    """The columns that may be told: those of numbers, and those of few words."""
    return [column for column in dataset.columns if _usable(column)]


def choose_target(placed: Placed, dataset: DataSet, name: str) -> Placed:
    """Tell another column; the one that was told before is then one to tell by."""
    settings = _full(placed)
    if name not in map(_name, targets(dataset)):
        return placed
    used = [column for column, _ in settings["columns"]]
    before = settings["sheet"][4]
    if any(c.name == before and suits(c, dataset) for c in dataset.columns):
        used.append(before)
    told = {k: v for k, v in placed.settings.items() if k != "label"}
    other = replace(placed, settings=told)
    return _chosen(other, dataset, name, used)


def choose_columns(placed: Placed, dataset: DataSet, names: Iterable[str]) -> Placed:
    """Tell by these columns only; by none is no choice."""
    chosen, target = set(names), _full(placed)["sheet"][4]
    if not any(column.name in chosen for column in usable(dataset, target)):
        return placed
    return _chosen(placed, dataset, target, chosen)


def usable(dataset: DataSet, target: str) -> list[Column]:
    """The columns that `target` may be told by."""
    return [column for column in targets(dataset) if column.name != target]


def suits(column: Column, dataset: DataSet) -> bool:
    """Whether something can be learned by it: names and remarks, which differ from row
    to row, are used only where they are chosen."""
    different = len(column.values)
    if column.numeric:
        return True
    return different <= MOST_WORDS and not 0 < EACH * dataset.rows < different


def notes(settings: Mapping[str, Any], dataset: DataSet) -> tuple[Text, ...]:
    """What should be known of the table as this brick uses it."""
    return (*dataset.notes, *_of_columns(settings, dataset))


def _of_columns(settings: Mapping[str, Any], dataset: DataSet) -> Iterator[Text]:
    target, classes = settings["sheet"][4], tables.answers(settings)
    used = {name for name, _ in settings["columns"]}
    idle = [
        shown(column.name)
        for column in usable(dataset, target)
        if column.name not in used and not suits(column, dataset)
    ]
    if idle:
        told = ", ".join(idle[:_NAMED]) + (", …" if len(idle) > _NAMED else "")
        yield Text(IDLE, {"names": told, "most": MOST_WORDS})
    if len(classes) > MOST_WORDS:
        values = {"name": shown(target), "count": len(classes)}
        yield Text(MANY_CLASSES, values)


def counts(settings: Mapping[str, Any], dataset: DataSet) -> Counts:
    """How the rows of the table are split."""
    assert dataset.where is not None, "a table stands on a shelf"
    path = dataset.where / TABLE
    return _counted(path, path.stat().st_mtime_ns, _source(settings))


def first_rows(dataset: DataSet, count: int = 10) -> list[dict[str, str]]:
    """The first rows of the table as they came: a cell for each column's name."""
    assert dataset.where is not None
    assert dataset.sheet is not None
    path, sheet = dataset.where / TABLE, dataset.sheet
    with path.open(encoding=sheet.encoding, newline="") as lines:
        return list(islice(csv.DictReader(lines, delimiter=sheet.delimiter), count))


@dataclass(frozen=True)
class Tested:
    """The rows to test with in the script's order: a cell for each column's name."""

    header: tuple[str, ...]
    texts: tuple[str, ...]
    """The rows with their cells as lines, so that many take little room."""

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, number: int) -> dict[str, str]:
        return dict(zip(self.header, self.texts[number].split("\n")))


def tested(settings: Mapping[str, Any], dataset: DataSet) -> Tested:
    """Read and split once for as long as the table and the settings stay."""
    assert dataset.where is not None
    path = dataset.where / TABLE
    header = tuple(next(iter(first_rows(dataset, 1)), ()))
    return Tested(header, _tested(path, path.stat().st_mtime_ns, _source(settings)))


@lru_cache(maxsize=4)
def _tested(path: Path, _changed: int, source: str) -> tuple[str, ...]:
    script = _script(path, source)
    rows = [(label, text, text) for label, text, _ in script.read_rows()]
    return tuple(text for _, text in script.split_rows(rows)["test"])


def _full(placed: Placed) -> dict[str, Any]:
    brick = data_brick(placed.kind)
    assert brick is not None
    return brick.full(placed.settings)


def _name(column: Column) -> str:
    return column.name


def _usable(column: Column) -> bool:
    """Whether the script can take it: its name and its words may be settings."""
    texts = (column.name, *column.values)
    return all(map(can_be_told, texts)) and (column.numeric or bool(column.values))


def _first_target(dataset: DataSet) -> str:
    """The likely target; another column where it can't be one."""
    names = [column.name for column in targets(dataset)]
    told = dataset.sheet.label if dataset.sheet else ""
    return told if told in names else names[-1]


def _chosen(
    placed: Placed, dataset: DataSet, target: str, names: Iterable[str]
) -> Placed:
    """The brick that tells `target` by the columns of these names, or by all others
    that suit."""
    columns = usable(dataset, target)
    chosen = set(names)
    suiting = [column for column in columns if suits(column, dataset)] or columns
    used = [column for column in columns if column.name in chosen] or suiting
    column = next(one for one in dataset.columns if one.name == target)
    told = {
        "sheet": _sheet(dataset, target),
        "names": _classes(column),
        "columns": tuple((c.name, () if c.numeric else c.values) for c in used),
    }
    return refreshed(replace(placed, settings={**placed.settings, **told}), dataset)


def _classes(column: Column) -> tuple[str, ...]:
    """The classes of a column that is told; none where its numbers are values only."""
    whole = all(re.fullmatch(r"[+-]?\d+", value) for value in column.values)
    few = len(column.values) <= MOST_CLASSES
    return column.values if few and (whole or not column.numeric) else ()


def _source(settings: Mapping[str, Any]) -> str:
    """The part of the printed script that reads and splits the rows."""
    loading = tables.loading(settings)
    classes = f"CLASSES = {list(tables.answers(settings))!r}"
    return "\n".join((*loading.imports, classes, *loading.constants, loading.functions))


def _script(path: Path, source: str) -> ModuleType:
    script: ModuleType = live.module(source, "table")
    script.__dict__["DATA"] = path
    return script


@lru_cache(maxsize=32)
def _counted(path: Path, _changed: int, source: str) -> Counts:
    script = _script(path, source)
    rows = [(label, text, text) for label, text, _ in script.read_rows()]
    split = {
        part: [label for label, _ in found]
        for part, found in script.split_rows(rows).items()
    }
    parts = {
        part: Counter(label if isinstance(label, str) else "" for label in labels)
        for part, labels in split.items()
    }
    values = {
        part: (min(labels), fmean(labels), max(labels))
        for part, labels in split.items()
        if labels and not isinstance(labels[0], str)
    }
    named = "\n".join(sorted(f"{label} {text}" for label, text, _ in rows))
    columns = f"{script.TARGET} {script.COLUMNS}"
    content = sha256(f"{columns}\n{named}".encode()).hexdigest()[:16]
    return Counts(parts, content, values)
