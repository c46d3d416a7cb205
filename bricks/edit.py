"""Edits: each takes a tower and returns a new one; what names a brick that is gone
changes nothing, so that a late click is harmless."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bricks.brick import Container, Data
from bricks.catalog import catalog
from bricks.problem import HERE, Put, Remove, Repair, Set
from bricks.tower import GROUND, Placed, Tower, mapped, new_id

Bricks = tuple[Placed, ...]


def put(tower: Tower, placed: Placed | Bricks, after: str) -> Tower:
    """Place a brick, or several, on the brick or floor `after`; on top of the tower
    where `after` is gone."""
    new = (placed,) if isinstance(placed, Placed) else placed
    ids = [brick.id for one in new for brick in one]
    if len(set(ids)) < len(ids) or not {b.id for b in tower}.isdisjoint(ids):
        return tower
    known = _knows(tower, after)

    def change(bricks: Bricks, under: str) -> Bricks:
        at = _seam(bricks, under, after)
        if at is None and not known and under == GROUND:
            at = len(bricks)
        return bricks if at is None else (*bricks[:at], *new, *bricks[at:])

    return changed(tower, change)


def move(tower: Tower, ids: str | Sequence[str], after: str) -> Tower:
    """Take bricks up and place them, in the tower's order, on the brick `after`."""
    taken = chosen(tower, ids)
    inside = {brick.id for one in taken for brick in one}
    if not taken or after.split(":")[0] in inside:
        return tower
    return put(remove(tower, ids), taken, after)


def remove(tower: Tower, ids: str | Sequence[str]) -> Tower:
    """The tower without these bricks."""
    gone = {ids} if isinstance(ids, str) else set(ids)

    def change(bricks: Bricks, _: str) -> Bricks:
        return tuple(brick for brick in bricks if brick.id not in gone)

    return changed(tower, change)


def chosen(tower: Tower, ids: str | Sequence[str]) -> Bricks:
    """The bricks of these ids in the tower's order, without those inside of others."""
    wanted = {ids} if isinstance(ids, str) else set(ids)
    found: list[Placed] = []
    inside: set[str] = set()
    for placed in tower:
        if placed.id in wanted and placed.id not in inside and placed.id != GROUND:
            found.append(placed)
            inside |= {brick.id for brick in placed}
    return tuple(found)


def set_value(tower: Tower, id: str, setting: str, value: Any) -> Tower:
    """Give a setting another value; None, where it is no value, and a value that is the
    default return to the default."""
    placed = tower.brick(id)
    brick = catalog().get(placed.kind) if placed else None
    param = brick.by_name.get(setting) if brick else None
    if placed is None or param is None or (param.required and value is None):
        return tower
    settings = {k: v for k, v in placed.settings.items() if k != setting}
    means = value is not None or param.has_type(None)
    if means and (param.required or value != param.default):
        settings[setting] = value
    return with_changes(tower, id, settings=settings)


def rename(tower: Tower, id: str, name: str | None) -> Tower:
    """Give a brick a name, or take it away."""
    return with_changes(tower, id, name=name or None)


def copy(tower: Tower, ids: str | Sequence[str], new: str | Sequence[str]) -> Tower:
    """Place bricks like these on the last of them."""
    names = [new] if isinstance(new, str) else list(new)
    taken = chosen(tower, ids)
    if not taken or len(names) != len(taken):
        return tower
    twins = tuple(renamed(b, id) for b, id in zip(taken, names, strict=True))
    return put(tower, tuple(_unnamed(twin) for twin in twins), taken[-1].id)


def _unnamed(placed: Placed) -> Placed:
    """A copy has no name of its own, but a Block keeps that of its function."""
    return placed if placed.kind == "Block" else replace(placed, name=None)


def renamed(placed: Placed, id: str | None = None) -> Placed:
    """The brick with other ids: `id`, and `<id>x1`, `<id>x2` ... for those inside,
    in their order."""
    root = id or new_id()
    numbers = iter(range(1, sum(1 for _ in placed)))

    def again(one: Placed, id: str) -> Placed:
        inner = tuple(
            tuple(again(b, f"{root}x{next(numbers)}") for b in bricks)
            for bricks in one.inner
        )
        return replace(one, id=id, inner=inner)

    return again(placed, root)


def repaired(tower: Tower, id: str, repair: Repair) -> Tower:
    """The tower after a repair of the brick `id`."""
    for edit in repair.edits:
        tower = _apply(tower, id, edit)
    return tower


def _apply(tower: Tower, here: str, edit: Put | Set | Remove) -> Tower:
    if isinstance(edit, Put):
        brick = Placed(edit.kind, dict(edit.settings), inner=empty(edit.kind))
        below = here if edit.below == HERE else edit.below
        after = here if edit.after == HERE else edit.after
        return put(tower, brick, after or tower.below(below) or GROUND)
    at = here if edit.at == HERE else edit.at
    if isinstance(edit, Set):
        return set_value(tower, at, edit.setting, edit.value)
    return remove(tower, at)


def empty(kind: str) -> tuple[Bricks, ...]:
    """The inner towers of a new container of this kind, with nothing in them."""
    brick = catalog().get(kind)
    return ((),) * brick.least if isinstance(brick, Container) else ()


def with_data(tower: Tower, kind: str) -> Tower:
    """The same bricks on another data brick."""
    if tower.data.kind == kind or not isinstance(catalog().get(kind), Data):
        return tower
    return replace(tower, data=Placed(kind, id=GROUND))


def _knows(tower: Tower, after: str) -> bool:
    """Whether a brick or floor with this id is there."""
    id, _, inner = after.partition(":")
    placed = tower.brick(id)
    if placed is None:
        return False
    return not inner or (inner.isdigit() and int(inner) < len(placed.inner))


def _seam(bricks: Bricks, under: str, after: str) -> int | None:
    """Where, in this list, something on `after` goes; None where it is not here."""
    if after == under:
        return 0
    return next((n + 1 for n, b in enumerate(bricks) if b.id == after), None)


def changed(tower: Tower, change: Callable[[Bricks, str], Bricks]) -> Tower:
    """The tower after `change(bricks, floor)` of every list of bricks in it."""
    return replace(tower, bricks=mapped(tower.bricks, change))


def with_changes(tower: Tower, id: str, **changes: Any) -> Tower:
    """The tower with fields of a brick changed, wherever it stands."""
    if id == GROUND:
        return replace(tower, data=replace(tower.data, **changes))

    def change(bricks: Bricks, _: str) -> Bricks:
        if not any(b.id == id for b in bricks):
            return bricks
        return tuple(replace(b, **changes) if b.id == id else b for b in bricks)

    return changed(tower, change)
