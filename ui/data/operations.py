"""What the Data view sends, applied to the data brick of a tower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bricks.edit import repaired
from bricks.project import placed_json
from bricks.tower import Placed, Tower
from bricks.walk import walk
from uploads import binding
from uploads.dataset import DataSet
from uploads.shelf import Shelf

Operation = dict[str, Any]
MOST_KEYS = 50_000  # pictures in one operation
_MOST_REPAIRS = 4  # a Dense instead of what stands at the top takes two
_NONE = ""  # the kind of no brick


def bound(placed: Placed) -> str:
    """The id of the data set that a data brick stands on, "" where on none."""
    return str(placed.settings.get("dataset", ""))


def apply(tower: Tower, op: Operation, shelf: Shelf) -> Tower:
    """The tower after one operation; what can't be read changes nothing."""
    dataset = shelf.get(str(op.get("dataset")))
    if dataset is None:
        return tower
    if op.get("op") == "put_on":
        return put_on(tower, dataset, shelf)
    change = _CHANGES.get(str(op.get("op")))
    if change is None or bound(tower.data) != dataset.id:
        return tower
    return replace(tower, data=change(tower.data, dataset, op))


def put_on(tower: Tower, dataset: DataSet, shelf: Shelf) -> Tower:
    """The same bricks on this data set, its classes as they were last left.

    A tower whose own data set is gone brings what it knew of the same pictures.
    """
    before, latest = tower.data, shelf.latest(dataset.id)
    orphan = bound(before) and shelf.get(bound(before)) is None
    if not latest and orphan and before.kind == binding.KINDS[dataset.kind]:
        latest = placed_json(before)["settings"]
    # A tower without bricks has no wishes: the size is that of the pictures.
    wished = before if tower.bricks else Placed(_NONE)
    return replace(tower, data=binding.put_on(wished, dataset, latest))


def kept(ready: Tower, before: Tower, shelf: Shelf) -> Tower:
    """A ready-made tower on the own data that stood there before, where it is made for
    such data."""
    dataset = shelf.get(bound(before.data))
    if dataset is None or ready.data.kind != before.data.kind:
        return ready
    latest = placed_json(before.data)["settings"]
    return fitted(replace(ready, data=binding.put_on(ready.data, dataset, latest)))


def fitted(tower: Tower) -> Tower:
    """The tower with its top made to answer what the label asks, by the label's own
    repair; a misfit further down is left as it is."""
    for _ in range(_MOST_REPAIRS):
        stages = walk(tower)
        top, problem = stages[-1].placed, stages[-1].problem
        if problem is None or problem.repair is None:
            break
        tower = repaired(tower, top.id, problem.repair)
    return tower


def refreshed(tower: Tower, shelf: Shelf) -> Tower:
    """The tower with its data brick's counts and label worked out again, as a setting
    of it was changed."""
    dataset = shelf.get(bound(tower.data))
    if dataset is None:
        return tower
    return replace(tower, data=binding.choose(tower.data, dataset))


def _text(op: Operation, key: str) -> str:
    value = op.get(key)
    return value if isinstance(value, str) else ""


def _keys(op: Operation) -> list[str]:
    keys = op.get("keys")
    rows = keys[:MOST_KEYS] if isinstance(keys, list) else []
    return [key for key in rows if isinstance(key, str)]


def _rename(placed: Placed, dataset: DataSet, op: Operation) -> Placed:
    return binding.rename_class(placed, dataset, _text(op, "name"), _text(op, "new"))


def _drop(placed: Placed, dataset: DataSet, op: Operation) -> Placed:
    return binding.drop_class(placed, dataset, _text(op, "name"))


def _restore(placed: Placed, dataset: DataSet, op: Operation) -> Placed:
    return binding.restore_class(placed, dataset, _text(op, "found"))


def _move(placed: Placed, dataset: DataSet, op: Operation) -> Placed:
    return binding.move(placed, dataset, _keys(op), _text(op, "name"))


def _back(placed: Placed, dataset: DataSet, op: Operation) -> Placed:
    return binding.put_back(placed, dataset, _keys(op))


_CHANGES: dict[str, Callable[[Placed, DataSet, Operation], Placed]] = {
    "rename_class": _rename,
    "drop_class": _drop,
    "restore_class": _restore,
    "move_pictures": _move,
    "put_back": _back,
}
OPERATIONS = ("put_on", *_CHANGES)
