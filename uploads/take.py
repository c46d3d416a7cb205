"""From what a user brought to a data set: every file judged, good pictures copied."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile

from bricks.pictures import MORE_FORMATS
from bricks.project import clean_name
from bricks.words import N_, Text
from storage import files
from uploads import layout, names, notes, sheet, source, table
from uploads.dataset import PICTURES, TABLE, DataSet, Item, Skipped
from uploads.errors import BadFile, UploadError
from uploads.found import Entry, Found
from uploads.layout import Layout, Place
from uploads.limits import Limits
from uploads.lookers import Answer, look_at_all
from uploads.picture import DAMAGED, Seen
from uploads.shelf import PICTURES as PICTURES_FOLDER
from uploads.shelf import TABLE as TABLE_FILE
from uploads.shelf import THUMBS, new_id
from uploads.source import Told

SAME = N_("It is the same picture as {path}.")
NOTHING = N_("None of the {count} files can be taken; {path}: {reason}")
ONE_FILE = N_("{path}: {reason}")
NOTHING_NEW = N_("All of these pictures are in {name} already.")
TABLES = N_("There are {count} tables ({names}): bring one, or put them into one.")
UNTITLED = "Pictures"

Progress = Callable[[int, int], None]


def take(
    source_path: Path,
    where: Path,
    told: Told,
    limits: Limits,
    progress: Progress,
    into: DataSet | None = None,
) -> DataSet:
    """The data set in a zip file, a folder or the files that a browser sent.

    Copies go into `where`, which becomes the data set's folder. `progress` is told how
    many files were looked at, of how many; what it raises breaks off. With `into`, the
    pictures come to those that are in this data set. Raises UploadError, with one
    sentence, where nothing can be taken.
    """
    found = source.look(source_path, told, limits)
    for folder in PICTURES_FOLDER, THUMBS:
        (where / folder).mkdir(parents=True, exist_ok=True)
    answers = look_at_all(found.entries, where, limits.pixels, progress)
    good = [(e, a) for e, a in zip(found.entries, answers) if isinstance(a, Seen)]
    tables, skipped = _tables(found, answers, limits)
    if not good:
        return _of_table(found, tables, skipped, where, told)
    pictures = [entry.names for entry, _ in good]
    if into:
        placed = layout.of_kind(into.layout, pictures)
    else:
        placed = _arranged(pictures, tables, skipped)
    items, more = _items(good, placed, into.items if into else ())
    _forget(where, {seen.digest for _, seen in good} - {item.digest for item in items})
    if into and not items:
        raise UploadError(Text(NOTHING_NEW, {"name": into.name}))
    used = placed.sheet.file if placed.sheet else None
    skipped = [one for one in skipped if one.path != used] + more
    dataset = replace(
        into or _new(told, placed), skipped=_by_path(skipped), hidden=found.hidden
    )
    return _checked(_with(dataset, items, {seen.format for _, seen in good}), limits)


def _arranged(
    pictures: Sequence[tuple[str, ...]],
    tables: Sequence[sheet.Table],
    skipped: Sequence[Skipped],
) -> Layout:
    """The layout; where no classes are told, a sheet that can't be read is to blame."""
    try:
        return layout.arranged(pictures, tables)
    except UploadError as error:
        good = {names.shown(table.path) for table in tables}
        bad = [one for one in skipped if _is_sheet(one) and one.path not in good]
        if not bad:
            raise
        raise _because(bad[0]) from error


def _is_sheet(one: Skipped) -> bool:
    return one.path.lower().endswith(sheet.SUFFIXES)


def _because(one: Skipped) -> UploadError:
    """The reason why this file is passed over, as that of all."""
    return UploadError(Text(ONE_FILE, {"path": one.path, "reason": one.reason}))


def _of_table(
    found: Found,
    tables: Sequence[sheet.Table],
    skipped: Sequence[Skipped],
    where: Path,
    told: Told,
) -> DataSet:
    """The data set of the only table; UploadError where there is none, or several."""
    if not tables:
        raise _nothing(skipped)
    if len(tables) > 1:
        paths = ", ".join(names.shown(table.path) for table in tables[:3])
        raise UploadError(Text(TABLES, {"count": len(tables), "names": paths}))
    only = tables[0]
    shown = names.shown(only.path)
    try:
        seen = table.inspected(only)
    except BadFile as error:
        raise UploadError(
            Text(ONE_FILE, {"path": shown, "reason": error.said})
        ) from error
    entry = next(entry for entry in found.entries if entry.path == only.path)
    files.write(where / TABLE_FILE, source.content(entry))
    named = [column.name for column in seen.columns if column.numeric or column.values]
    return DataSet(
        id=new_id(),
        name=_name(told),
        kind=TABLE,
        layout="table",
        made=time.time(),
        skipped=_by_path(one for one in skipped if one.path != shown),
        notes=seen.notes,
        hidden=found.hidden,
        sheet=only.sheet(sheet.label_column(named)),
        columns=seen.columns,
        rows=seen.rows,
    )


def _name(told: Told) -> str:
    return clean_name(told.name) or UNTITLED


def _forget(where: Path, digests: set[str]) -> None:
    """Remove the copies of pictures that are not taken after all."""
    for folder in PICTURES_FOLDER, THUMBS:
        for file in (where / folder).iterdir() if digests else ():
            if file.stem in digests:
                file.unlink()


def _new(told: Told, placed: Layout) -> DataSet:
    return DataSet(
        id=new_id(),
        name=_name(told),
        kind=PICTURES,
        layout=placed.kind,
        made=time.time(),
        sheet=placed.sheet,
        added=-1,
    )


def _with(dataset: DataSet, items: Sequence[Item], formats: set[str]) -> DataSet:
    """The data set with these pictures too, as the next that were added to it."""
    added = dataset.added + 1
    known = {*dataset.formats, *formats}
    return replace(
        dataset,
        items=(*dataset.items, *(replace(item, added=added) for item in items)),
        formats=tuple(format for format in MORE_FORMATS if format in known),
        added=added,
    )


def _checked(dataset: DataSet, limits: Limits) -> DataSet:
    """The data set with its classes and notes; UploadError where it teaches nothing."""
    items = dataset.items
    notes.check(items, limits)
    classes = {item.label for item in items if item.value is None}
    ordered = tuple(sorted(classes, key=names.natural))
    return replace(dataset, names=ordered, notes=notes.notes(items))


def _by_path(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    return tuple(sorted(skipped, key=lambda one: one.path))


def _tables(
    found: Found, answers: Sequence[Answer], limits: Limits
) -> tuple[list[sheet.Table], list[Skipped]]:
    """The CSV files that can be read, and all files that are no pictures."""
    tables, skipped = [], list(found.skipped)
    for entry, answer in zip(found.entries, answers):
        if isinstance(answer, Seen):
            continue
        reason = answer.said
        if entry.suffix in sheet.SUFFIXES:
            try:
                tables.append(sheet.read(source.content(entry), entry.path, limits))
            except BadFile as error:
                reason = error.said
            except BadZipFile:
                reason = Text(DAMAGED)
        skipped.append(Skipped(names.shown(entry.path), reason))
    return tables, skipped


def _items(
    good: Iterable[tuple[Entry, Seen]], placed: Layout, there: Iterable[Item]
) -> tuple[list[Item], list[Skipped]]:
    """The pictures with their places; the same one twice in a place is taken once."""
    items: list[Item] = []
    skipped: list[Skipped] = []
    first = {_key(item): item for item in there}
    for (entry, seen), place in zip(good, placed.places):
        path = names.shown(entry.path)
        if isinstance(place, Text):
            skipped.append(Skipped(path, place))
            continue
        item = _item(path, seen, place)
        same = first.setdefault(_key(item), item)
        if same is not item:
            skipped.append(Skipped(path, Text(SAME, {"path": same.path})))
            continue
        items.append(item)
    return items, skipped


def _key(item: Item) -> tuple[object, ...]:
    return item.digest, item.label, item.value, item.part


def _item(path: str, seen: Seen, place: Place) -> Item:
    return Item(
        digest=seen.digest,
        path=path,
        label=place.label,
        value=place.value,
        part=place.part,
        width=seen.width,
        height=seen.height,
        bytes=seen.bytes,
        suffix=seen.suffix,
    )


def _nothing(skipped: Sequence[Skipped]) -> UploadError:
    """Why nothing can be taken, by the first file."""
    first = next(filter(_is_sheet, skipped), skipped[0])
    if len(skipped) == 1:
        return _because(first)
    values = {"count": f"{len(skipped):,}", "path": first.path, "reason": first.reason}
    return UploadError(Text(NOTHING, values))
