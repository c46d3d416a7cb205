"""A data set and the data brick on it: what the brick is told, what people change.

Names of classes, pictures moved or left out and the split are the brick's settings;
each function here gives a new brick. The split itself is made by the printed script's
own `split_pictures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from statistics import median
from types import ModuleType
from typing import Any

from bricks import pictures
from bricks.catalog import data_brick
from bricks.project import clean_name
from bricks.tower import GROUND, Placed
from codegen import live
from uploads import tabular
from uploads.dataset import PARTS, PICTURES, TABLE, DataSet, Item
from uploads.limits import Limits

KINDS = {PICTURES: "Images", TABLE: "Table"}
_STAY = ("image_size", "channels", "fit", "validation", "test", "split_seed", "label")
"""The settings that stay when a tower is put on other data."""
_TOWERS = ("image_size", "channels", "fit", "label")
"""Those that a tower is built for: they go before what other towers had."""
_SMALL = 150  # points: smaller pictures keep their own size


@dataclass(frozen=True, slots=True)
class Row:
    """A picture as this tower has it; `label` is a class's name or a value."""

    item: Item
    label: str | float
    part: str | None


def full(placed: Placed) -> dict[str, Any]:
    """Every setting of a data brick."""
    brick = data_brick(placed.kind)
    assert brick is not None
    return brick.full(placed.settings)


def put_on(
    placed: Placed, dataset: DataSet, latest: Mapping[str, Any] | None = None
) -> Placed:
    """The brick for this data set, with what `placed` had that still makes sense.

    `latest` are the settings, as a project file has them, of the brick that was last
    on the same data set: its classes and pictures are as they were left there.
    """
    if dataset.kind == TABLE:
        return tabular.put_on(placed, dataset, latest)
    kind = KINDS[dataset.kind]
    had = {"image_size": _size(dataset)}
    if placed.kind == kind:
        whole = full(placed)
        had = {**placed.settings, **{name: whole[name] for name in _TOWERS}}
    known = data_brick(kind)
    assert known is not None
    stay = {k: v for k, v in had.items() if k in _STAY and k in known.by_name}
    before = tabular.remembered(kind, latest)
    fixed = {
        "dataset": dataset.id,
        "layout": dataset.layout,
        "formats": dataset.formats,
        "sheet": _sheet(dataset),
    }
    told = _with_new_classes(before, dataset)
    return refreshed(Placed(kind, {**told, **stay, **fixed}), dataset)


def _with_new_classes(before: Mapping[str, Any], dataset: DataSet) -> dict[str, Any]:
    """What was told before, and the classes that were added to the data since."""
    names, folders = before.get("names"), before.get("folders", ())
    if names is None:
        return {**before, "names": dataset.names}
    known = {folder for folder, _ in folders} or set(names)
    new = [name for name in dataset.names if name not in known]
    ordered = [name for name in dataset.names if name in (*names, *new)]
    others = [name for name in names if name not in ordered]
    told = {**before, "names": (*ordered, *others) if new else names}
    if folders:
        told["folders"] = (*folders, *((name, name) for name in new))
    return told


def refreshed(placed: Placed, dataset: DataSet) -> Placed:
    """The brick with all that is in the data set, its counts and label worked out."""
    if placed.kind != KINDS[dataset.kind]:
        return placed  # a project file may name any data set
    if placed.kind == KINDS[TABLE]:
        return tabular.refreshed(placed, dataset)
    whole = {**placed.settings, "added": dataset.added}
    return _worked_out(replace(placed, settings=whole), dataset)


def _worked_out(placed: Placed, dataset: DataSet, before: Iterable[str] = ()) -> Placed:
    """Its counts and label, on what was there when the tower was put on it.

    `before` are the classes that it had: of more than two only a category could be
    told, so two that are left are a yes or no again.
    """
    settings = {**full(placed), "title": dataset.name}
    if "names" in settings:
        settings["classes"] = max(2, len(settings["names"]))
    labels = offered(settings)
    forced = settings["label"] == "Category" and len(tuple(before)) > 2
    if settings["label"] not in labels or (forced and "YesNo" in labels):
        settings["label"] = labels[0]
    found = rows(settings, dataset)
    settings["counts"] = tuple(map(len, split(settings, found).values()))
    settings["content"] = content(found)
    known = data_brick(placed.kind)
    assert known is not None
    told = {k: v for k, v in settings.items() if v != known.by_name[k].default}
    return Placed(placed.kind, told, id=GROUND)


def offered(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The label bricks that suit the data, the most fitting first."""
    if "columns" in settings:
        return tabular.offered(settings)
    if not settings["names"]:
        return ("Value", "Picture")
    two = ("YesNo",) if len(settings["names"]) == 2 else ()
    return (*two, "Category", "Picture")


def rows(settings: Mapping[str, Any], dataset: DataSet) -> list[Row]:
    """The pictures of the brick with these settings, those left out left out."""
    classes = dict(settings["folders"]) or {name: name for name in settings["names"]}
    changes = dict(settings["changes"])
    found = []
    for item in dataset.items:
        label = item.value if item.value is not None else classes.get(item.label)
        label = changes.get(item.key, label)
        if label is not None and label != "" and item.added <= settings["added"]:
            found.append(Row(item, label, item.part))
    return found


def split(settings: Mapping[str, Any], found: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each of PARTS, as the printed script splits them."""
    seen = [(row.part, row.label, row.item.digest, row) for row in found]
    parts = module(settings).split_pictures(seen)
    return {part: [row for _, row in parts[part]] for part in PARTS}


def content(found: Iterable[Row]) -> str:
    """The name of exactly these pictures with these labels, 16 hexadecimal digits."""
    told = sorted(f"{row.part} {row.label} {row.item.digest}" for row in found)
    return sha256("\n".join(told).encode()).hexdigest()[:16]


def module(settings: Mapping[str, Any]) -> ModuleType:
    """The printed script's own functions: split_pictures, read_picture."""
    loading = pictures.loading(settings)
    names = f"CLASSES = {list(settings['names'])!r}"
    parts = (*loading.imports, names, *loading.constants, loading.functions)
    return _module("\n".join(parts))


@lru_cache(maxsize=32)
def _module(source: str) -> ModuleType:
    return live.module(source, "pictures")


def _size(dataset: DataSet) -> int | tuple[int, int]:
    """The usual size of small pictures; of larger ones the recipes' own."""
    sizes = [(item.height, item.width) for item in dataset.items]
    if not sizes:
        return _SMALL
    height, width = map(int, map(median, zip(*sizes)))
    if max(height, width) > _SMALL:
        return _SMALL
    return height if height == width else (height, width)


def _sheet(dataset: DataSet) -> tuple[str, ...]:
    sheet = dataset.sheet
    if sheet is None:
        return ()
    file = sheet.file.split("/")[-1]
    return (file, sheet.encoding, sheet.delimiter, sheet.picture, sheet.label)


# What people change


def rename_class(placed: Placed, dataset: DataSet, name: str, new: str) -> Placed:
    """Give a class another name; that of another class makes them one."""
    new = clean_name(new)
    settings = full(placed)
    if not new or name not in settings["names"]:
        return placed
    names = tuple(dict.fromkeys(new if n == name else n for n in settings["names"]))
    folders = tuple((f, new if n == name else n) for f, n in _folders(settings))
    changes = tuple((k, new if n == name else n) for k, n in settings["changes"])
    return _changed(placed, dataset, names=names, folders=folders, changes=changes)


def drop_class(placed: Placed, dataset: DataSet, name: str) -> Placed:
    """Leave a class out, with all its pictures."""
    settings = full(placed)
    names = tuple(n for n in settings["names"] if n != name)
    if not names:
        return placed
    folders = tuple((f, "" if n == name else n) for f, n in _folders(settings))
    changes = tuple((k, "" if n == name else n) for k, n in settings["changes"])
    return _changed(placed, dataset, names=names, folders=folders, changes=changes)


def dropped(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The classes, as they were found, that are left out."""
    return tuple(folder for folder, name in settings["folders"] if not name)


def restore_class(placed: Placed, dataset: DataSet, found: str) -> Placed:
    """Take a class, as it was found, in again."""
    settings = full(placed)
    if found not in dropped(settings):
        return placed
    names = {*settings["names"], found}
    ordered = [name for name in dataset.names if name in names]
    others = [name for name in settings["names"] if name not in ordered]
    folders = tuple((f, f if f == found else n) for f, n in settings["folders"])
    return _changed(placed, dataset, names=(*ordered, *others), folders=folders)


def move(placed: Placed, dataset: DataSet, keys: Iterable[str], name: str) -> Placed:
    """Put pictures, by their keys, into another class; "" leaves them out.

    A name that is no class yet becomes one, the last; a class that is emptied stays.
    """
    settings = full(placed)
    known = {item.key for item in dataset.items}
    moved = {key: name for key in keys if key in known}
    names = settings["names"]
    if name and name not in names:
        name = clean_name(name)
        if not name or not moved or not 0 < len(names) < Limits.classes:
            return placed
        moved = dict.fromkeys(moved, name)
        names = (*names, *({name} - {*names}))
    changes = {**dict(settings["changes"]), **moved}
    told = {"names": names, "folders": _folders(settings)} if names else {}
    return _changed(placed, dataset, changes=tuple(changes.items()), **told)


def put_back(placed: Placed, dataset: DataSet, keys: Iterable[str]) -> Placed:
    """Let pictures be again what they were found to be."""
    gone = set(keys)
    changes = tuple((k, n) for k, n in full(placed)["changes"] if k not in gone)
    return _changed(placed, dataset, changes=changes)


def choose(placed: Placed, dataset: DataSet, **settings: Any) -> Placed:
    """Other values for settings that people choose, such as `image_size` or `test`."""
    return _changed(placed, dataset, **settings)


def _folders(settings: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Which class each folder, or word of a name, stands for."""
    return settings["folders"] or tuple((n, n) for n in settings["names"])


def _changed(placed: Placed, dataset: DataSet, **settings: Any) -> Placed:
    if placed.kind != KINDS[dataset.kind]:
        return placed
    told = {**placed.settings, **settings}
    folders = told.get("folders", ())
    as_found = all(folder == name for folder, name in folders)
    if as_found and {name for _, name in folders} >= {*told.get("names", ())}:
        told.pop("folders", None)
    changed = replace(placed, settings=told)
    if placed.kind == KINDS[TABLE]:
        return tabular.refreshed(changed, dataset)
    return _worked_out(changed, dataset, full(placed)["names"])
