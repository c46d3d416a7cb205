"""Edits: each takes a tower and returns a new one; what names a brick that is gone
changes nothing, so that a late click is harmless."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bricks.catalog import catalog
from bricks.problem import HERE, Put, Remove, Repair, Set
from bricks.tower import GROUND, TOP, Placed, Tower


def put(tower: Tower, placed: Placed, after: str) -> Tower:
    """Place a brick on the brick `after`; on top where `after` is gone."""
    if tower.find(placed.id) is not None:
        return tower
    at = _seam(tower, after)
    return replace(tower, bricks=(*tower.bricks[:at], placed, *tower.bricks[at:]))


def move(tower: Tower, id: str, after: str) -> Tower:
    """Take a brick up and place it on the brick `after`."""
    at = tower.find(id)
    if at is None or after == id:
        return tower
    return put(remove(tower, id), tower.bricks[at], after)


def remove(tower: Tower, id: str) -> Tower:
    """The tower without this brick."""
    return replace(tower, bricks=tuple(b for b in tower.bricks if b.id != id))


def set_value(tower: Tower, id: str, setting: str, value: Any) -> Tower:
    """Give a setting another value; None, where it is no value, and a value that is the
    default return to the default."""
    at = tower.find(id)
    brick = catalog().get(tower.bricks[at].kind) if at is not None else None
    param = brick.by_name.get(setting) if brick else None
    if at is None or param is None:
        return tower
    settings = {k: v for k, v in tower.bricks[at].settings.items() if k != setting}
    if param.required and value is None:
        return tower
    if value is not None and (param.required or value != param.default):
        settings[setting] = value
    return _replaced(tower, at, settings=settings)


def rename(tower: Tower, id: str, name: str | None) -> Tower:
    """Give a brick a name, or take it away."""
    at = tower.find(id)
    return tower if at is None else _replaced(tower, at, name=name or None)


def copy(tower: Tower, id: str, new: str) -> Tower:
    """Place a brick like this one on it."""
    at = tower.find(id)
    if at is None:
        return tower
    return put(tower, replace(tower.bricks[at], id=new, name=None), id)


def repaired(tower: Tower, id: str, repair: Repair) -> Tower:
    """The tower after a repair of the brick `id`."""
    for edit in repair.edits:
        tower = _apply(tower, id, edit)
    return tower


def _apply(tower: Tower, here: str, edit: Put | Set | Remove) -> Tower:
    if isinstance(edit, Put):
        brick = Placed(edit.kind, dict(edit.settings))
        return put(
            tower, brick, _below(tower, here if edit.below == HERE else edit.below)
        )
    at = here if edit.at == HERE else edit.at
    if isinstance(edit, Set):
        return set_value(tower, at, edit.setting, edit.value)
    return remove(tower, at)


def _below(tower: Tower, id: str) -> str:
    """The id of the brick that `id` stands on."""
    at = len(tower.bricks) if id == TOP else tower.find(id)
    return tower.bricks[at - 1].id if at else GROUND


def _seam(tower: Tower, after: str) -> int:
    if after == GROUND:
        return 0
    at = tower.find(after)
    return len(tower.bricks) if at is None else at + 1


def _replaced(tower: Tower, at: int, **changes: Any) -> Tower:
    changed = replace(tower.bricks[at], **changes)
    return replace(tower, bricks=(*tower.bricks[:at], changed, *tower.bricks[at + 1 :]))
