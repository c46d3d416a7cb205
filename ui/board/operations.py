"""What the browser sends, applied to a tower."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bricks import containers, edit
from bricks.advice import advised
from bricks.brick import Brick, Settings
from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.param import Param
from bricks.project import MOST_BRICKS, PlacedReader, clean_name, read_value
from bricks.tower import GROUND, MOST_DEEP, TOP, Placed, Ref, Tower, deep
from bricks.walk import every, walk
from training import bases, weights

_ID = re.compile(r"[A-Za-z0-9]{1,40}")
_FLOOR = re.compile(r"[A-Za-z0-9]{1,40}(:[0-9]{1,3})?")
MOST_SENT = 500  # ids in one operation
MOST_NEW = 32  # letters of a new id
Operation = dict[str, Any]


def apply(tower: Tower, op: Operation) -> Tower:
    """The tower after one operation; what can't be read changes nothing."""
    change = _CHANGES.get(str(op.get("op")))
    after = change(tower, op) if change else tower
    too_many = sum(1 for _ in after) > MOST_BRICKS + 1
    return tower if too_many or deep(after.bricks) > MOST_DEEP else after


def _id(op: Operation, key: str) -> str:
    value = op.get(key)
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _new(op: Operation, key: str = "id") -> str:
    """An id for a new brick; room is left for those of bricks inside of it."""
    id = _id(op, key)
    return "" if id in (GROUND, TOP) or len(id) > MOST_NEW else id


def _after(op: Operation) -> str:
    value = op.get("after")
    return value if isinstance(value, str) and _FLOOR.fullmatch(value) else ""


def _ids(op: Operation, several: str = "ids", one: str = "id") -> list[str]:
    """The ids of several bricks, or of one."""
    values = op.get(several)
    if not isinstance(values, list):
        return [_id(op, one)] if _id(op, one) else []
    return [v for v in values[:MOST_SENT] if isinstance(v, str) and _ID.fullmatch(v)]


def _whole(op: Operation, key: str) -> int:
    value = op.get(key)
    good = isinstance(value, int) and not isinstance(value, bool)
    return value if good and isinstance(value, int) and abs(value) < 10_000 else -1


def _put(tower: Tower, op: Operation) -> Tower:
    brick = catalog().get(str(op.get("kind")))
    id = _new(op)
    if brick is None or brick.family in ("data", "label") or not id:
        return tower
    given = op.get("settings")
    start = brick.start if not isinstance(given, dict) else _required(brick)
    inner = edit.empty(brick.kind)
    placed = Placed(brick.kind, dict(start), _name(op), id, inner)
    if op.get("inner"):
        placed = next(_trees([op]), placed)
    tower = edit.put(tower, placed, _after(op))
    for name, value in given.items() if isinstance(given, dict) else ():
        tower = _set(tower, {"id": id, "setting": name, "value": value})
    return tower


def _trees(rows: Any) -> Iterator[Placed]:
    """Bricks with all that is inside, as the browser has them; what can't be read,
    as a text from elsewhere may hold, is left out."""
    reader = PlacedReader()
    for row in rows if isinstance(rows, list) else ():
        try:
            placed = reader.placed(row)
        except ProjectError:
            continue
        brick = catalog().get(placed.kind)
        if brick is not None and brick.family not in ("data", "label"):
            yield placed


def _paste(tower: Tower, op: Operation) -> Tower:
    return edit.put(tower, tuple(_trees(op.get("bricks"))), _after(op))


def _required(brick: Brick) -> Settings:
    """The start settings that a brick can't be without."""
    return {p.name: brick.start[p.name] for p in brick.params if p.required}


def _move(tower: Tower, op: Operation) -> Tower:
    return edit.move(tower, _ids(op), _after(op))


def _remove(tower: Tower, op: Operation) -> Tower:
    return edit.remove(tower, _ids(op))


def _param(tower: Tower, op: Operation) -> Param | None:
    placed = tower.brick(_id(op, "id"))
    brick = catalog().get(placed.kind) if placed else None
    return brick.by_name.get(str(op.get("setting"))) if brick else None


def _set(tower: Tower, op: Operation) -> Tower:
    """Values of the right type are taken even beyond their limits: the brick then says
    what is wrong, and nothing that was typed is lost."""
    param, value = _param(tower, op), op.get("value")
    if param is None:
        return tower
    if value is not None:
        try:
            value = read_value(param, value)
        except ValueError:
            return tower
    if isinstance(value, Ref) and op.get("id") == GROUND:
        return tower  # no Block is around the data
    return edit.set_value(tower, _id(op, "id"), param.name, value)


def _name(op: Operation) -> str | None:
    name = op.get("name")
    return clean_name(name) or None if isinstance(name, str) else None


def _rename(tower: Tower, op: Operation) -> Tower:
    id = _id(op, "id")
    return tower if id == GROUND else edit.rename(tower, id, _name(op))


def _copy(tower: Tower, op: Operation) -> Tower:
    new = op.get("new")
    names = _ids(op, "new") if isinstance(new, list) else _ids(op, "", "new")
    return edit.copy(tower, _ids(op), names)


def _repair(tower: Tower, op: Operation) -> Tower:
    for stage in every(walk(tower)):
        if stage.placed.id == op.get("id") and stage.problem and stage.problem.repair:
            return edit.repaired(tower, stage.placed.id, stage.problem.repair)
    return tower


def _suggest(tower: Tower, op: Operation) -> Tower:
    one = advised(tower, walk(tower), str(op.get("rule")), str(op.get("id")))
    return edit.repaired(tower, one.id, one.repair) if one and one.repair else tower


def _random_weights(tower: Tower, op: Operation) -> Tower:
    return bases.at_random(weights.at_random(tower))


def _near_weights(tower: Tower, op: Operation) -> Tower:
    return weights.at_width(tower, weights.near(tower))


def _data(tower: Tower, op: Operation) -> Tower:
    return edit.with_data(tower, str(op.get("kind")))


def _clear(tower: Tower, op: Operation) -> Tower:
    return Tower(tower.data)


def _wrap(tower: Tower, op: Operation) -> Tower:
    id = _new(op)
    return containers.wrap(tower, _ids(op), str(op.get("kind")), id) if id else tower


def _fold(tower: Tower, op: Operation) -> Tower:
    id = _new(op)
    length = _whole(op, "length")
    return containers.fold(tower, _ids(op), length, id) if id else tower


def _unwrap(tower: Tower, op: Operation) -> Tower:
    return containers.unwrap(tower, _id(op, "id"))


def _branch(tower: Tower, op: Operation) -> Tower:
    return containers.add_branch(tower, _id(op, "id"), _whole(op, "at"))


def _unbranch(tower: Tower, op: Operation) -> Tower:
    return containers.remove_branch(tower, _id(op, "id"), _whole(op, "at"))


def _parameter(tower: Tower, op: Operation) -> Tower:
    name = str(op.get("name"))
    return containers.set_parameter(tower, _id(op, "id"), name, op.get("value"))


def _bind(tower: Tower, op: Operation) -> Tower:
    names: Mapping[str, str] = {k: str(op.get(k)) for k in ("setting", "parameter")}
    return containers.bind(tower, _id(op, "id"), **names)


_CHANGES = {
    "put": _put,
    "paste": _paste,
    "move": _move,
    "remove": _remove,
    "set": _set,
    "name": _rename,
    "copy": _copy,
    "repair": _repair,
    "suggest": _suggest,
    "random_weights": _random_weights,
    "near_weights": _near_weights,
    "data": _data,
    "clear": _clear,
    "wrap": _wrap,
    "fold": _fold,
    "unwrap": _unwrap,
    "branch": _branch,
    "unbranch": _unbranch,
    "parameter": _parameter,
    "bind": _bind,
}
