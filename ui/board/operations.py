"""What the browser sends, applied to a tower."""

from __future__ import annotations

import re
from typing import Any

from bricks import edit
from bricks.brick import Brick, Settings
from bricks.catalog import catalog, data_brick
from bricks.project import MOST_BRICKS, clean_name
from bricks.tower import GROUND, Placed, Tower
from bricks.walk import walk

_ID = re.compile(r"[A-Za-z0-9]{1,40}")
Operation = dict[str, Any]


def apply(tower: Tower, op: Operation) -> Tower:
    """The tower after one operation; what can't be read changes nothing."""
    change = _CHANGES.get(str(op.get("op")))
    return change(tower, op) if change else tower


def _id(op: Operation, key: str) -> str:
    value = op.get(key)
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _put(tower: Tower, op: Operation) -> Tower:
    brick = catalog().get(str(op.get("kind")))
    id = _id(op, "id")
    if brick is None or brick.family in ("data", "label") or not id:
        return tower
    if len(tower.bricks) >= MOST_BRICKS:
        return tower
    given = op.get("settings")
    start = brick.start if not isinstance(given, dict) else _required(brick)
    placed = Placed(brick.kind, dict(start), _name(op), id)
    tower = edit.put(tower, placed, _id(op, "after"))
    for name, value in given.items() if isinstance(given, dict) else ():
        tower = _set(tower, {"id": id, "setting": name, "value": value})
    return tower


def _required(brick: Brick) -> Settings:
    """The start settings that a brick can't be without."""
    return {p.name: brick.start[p.name] for p in brick.params if p.required}


def _move(tower: Tower, op: Operation) -> Tower:
    return edit.move(tower, _id(op, "id"), _id(op, "after"))


def _remove(tower: Tower, op: Operation) -> Tower:
    return edit.remove(tower, _id(op, "id"))


def _set(tower: Tower, op: Operation) -> Tower:
    """Values of the right type are taken even beyond their limits: the brick then says
    what is wrong, and nothing that was typed is lost."""
    at = tower.find(_id(op, "id"))
    brick = catalog().get(tower.bricks[at].kind) if at is not None else None
    param = brick.by_name.get(str(op.get("setting"))) if brick else None
    value = op.get("value")
    value = tuple(value) if isinstance(value, list) else value
    if param is None or (value is not None and not param.has_type(value)):
        return tower
    return edit.set_value(tower, _id(op, "id"), param.name, value)


def _name(op: Operation) -> str | None:
    name = op.get("name")
    return clean_name(name) or None if isinstance(name, str) else None


def _rename(tower: Tower, op: Operation) -> Tower:
    return edit.rename(tower, _id(op, "id"), _name(op))


def _copy(tower: Tower, op: Operation) -> Tower:
    new = _id(op, "new")
    if not new or len(tower.bricks) >= MOST_BRICKS:
        return tower
    return edit.copy(tower, _id(op, "id"), new)


def _repair(tower: Tower, op: Operation) -> Tower:
    for stage in walk(tower):
        if stage.placed.id == op.get("id") and stage.problem and stage.problem.repair:
            return edit.repaired(tower, stage.placed.id, stage.problem.repair)
    return tower


def _data(tower: Tower, op: Operation) -> Tower:
    brick = data_brick(str(op.get("kind")))
    return Tower(Placed(brick.kind, id=GROUND), tower.bricks) if brick else tower


def _clear(tower: Tower, op: Operation) -> Tower:
    return Tower(tower.data)


_CHANGES = {
    "put": _put,
    "move": _move,
    "remove": _remove,
    "set": _set,
    "name": _rename,
    "copy": _copy,
    "repair": _repair,
    "data": _data,
    "clear": _clear,
}
