"""Edits of containers: bricks into one and out again, branches, parameters."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bricks.brick import Brick, Container
from bricks.catalog import catalog
from bricks.edit import Bricks, changed, empty, put, remove, renamed, with_changes
from bricks.param import MOST_EXACT, Param
from bricks.tower import Placed, Ref, Tower, mapped

MOST_UNWRAPPED = 64  # bricks that an unwrapped Block may leave
PARAMETER = re.compile(r"^[a-z][a-z0-9_]{0,29}$")
NUMBERS = ("whole", "real", "share", "pair")  # kinds of setting that may follow one
_TAKEN = re.compile(
    "|".join(
        ["x|name|layers|keras|inputs|repeat|shortcut(_.*)?|branch_.*", *dir(builtins)]
    )
)  # by Python and by the printed code


def wrap(tower: Tower, ids: Sequence[str], kind: str, id: str) -> Tower:
    """Put neighbouring bricks into a new container, where they stand."""
    if not isinstance(catalog().get(kind), Container):
        return tower
    bricks, under = _neighbours(tower, ids)
    if not bricks:
        return tower
    settings = {k: v for k, v in catalog()[kind].start.items() if k != "repeat"}
    inner = (bricks, *empty(kind)[1:])
    return put(remove(tower, ids), Placed(kind, settings, id=id, inner=inner), under)


def fold(tower: Tower, ids: Sequence[str], length: int, id: str) -> Tower:
    """Make a Block of a run of groups that look alike; it holds the first group."""
    bricks, under = _neighbours(tower, ids)
    if length < 1 or not bricks or len(bricks) % length:
        return tower
    groups = [bricks[n : n + length] for n in range(0, len(bricks), length)]
    if len(groups) < 2 or any(plan(g) != plan(groups[0]) for g in groups):
        return tower
    first = tuple(replace(brick, name=None) for brick in groups[0])
    block = Placed("Block", {"repeat": len(groups)}, id=id, inner=(first,))
    return put(remove(tower, ids), block, under)


def same(one: Tower, other: Tower) -> bool:
    """Whether two towers are the same network; names and ids make no difference."""
    return plan((one.data, *one.bricks)) == plan((other.data, *other.bricks))


def plan(bricks: Bricks) -> tuple[Any, ...]:
    """What makes bricks look alike: kinds, settings, what is inside; names do not."""
    return tuple(
        (
            brick.kind,
            tuple(sorted(brick.settings.items(), key=lambda item: item[0])),
            tuple(sorted(brick.parameters.items())),
            tuple(plan(inner) for inner in brick.inner),
        )
        for brick in bricks
    )


def unwrap(tower: Tower, id: str) -> Tower:
    """Put the bricks of a container's first tower in its place; those of a Block as
    often as it repeats them, its parameters given as values.

    Where that would lose something nothing changes: bricks in its other towers, or more
    rounds than can be laid out.
    """
    placed = tower.brick(id)
    if placed is None or not placed.inner or any(placed.inner[1:]):
        return tower
    values = {k: v for b in around(tower, id) for k, v in b.parameters.items()}
    values |= placed.parameters
    first = tuple(_freed(b, placed.parameters) for b in placed.inner[0])
    rounds = placed.resolved(values).settings.get("repeat", 1)
    if not isinstance(rounds, int):
        return tower
    if rounds > 1 and rounds * sum(1 for b in first for _ in b) > MOST_UNWRAPPED:
        return tower
    again = [renamed(b) for _ in range(rounds - 1) for b in first]

    def change(bricks: Bricks, _: str) -> Bricks:
        at = next((n for n, b in enumerate(bricks) if b.id == id), None)
        if at is None:
            return bricks
        return (*bricks[:at], *first, *again, *bricks[at + 1 :])

    return changed(tower, change)


def add_branch(tower: Tower, id: str, at: int) -> Tower:
    """Give a container another, empty branch."""
    placed = tower.brick(id)
    brick = catalog().get(placed.kind) if placed else None
    if placed is None or not isinstance(brick, Container):
        return tower
    if len(placed.inner) >= brick.most:
        return tower
    at = max(0, min(at, len(placed.inner)))
    inner = (*placed.inner[:at], (), *placed.inner[at:])
    return with_changes(tower, id, inner=inner)


def remove_branch(tower: Tower, id: str, at: int) -> Tower:
    """Take a branch of a container away, with what stands in it."""
    placed = tower.brick(id)
    brick = catalog().get(placed.kind) if placed else None
    if placed is None or not isinstance(brick, Container):
        return tower
    if len(placed.inner) <= brick.least or not 0 <= at < len(placed.inner):
        return tower
    inner = (*placed.inner[:at], *placed.inner[at + 1 :])
    return with_changes(tower, id, inner=inner)


def parameter_name(text: str) -> str | None:
    """The text as the name of a parameter, or None where it can be none."""
    if keyword.iskeyword(text) or _TAKEN.fullmatch(text):
        return None
    return text if PARAMETER.fullmatch(text) else None


def is_number(value: Any) -> bool:
    """Whether a parameter may have this value: a number that a browser can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= MOST_EXACT


def may_follow(param: Param) -> bool:
    """Whether a setting of this kind may follow a parameter: those that are numbers."""
    return param.kind in NUMBERS


def sound(placed: Placed, blocks: Mapping[str, Any] | None = None) -> Placed:
    """The brick, and those inside, without parameters that can't be kept: what follows
    such a parameter, or can follow none, gets its value."""
    around = {**(blocks or {}), **placed.parameters}
    kept = {
        name: value
        for name, value in placed.parameters.items()
        if parameter_name(name) and is_number(value)
    }
    brick = catalog().get(placed.kind)
    settings = {}
    for name, value in placed.settings.items():
        param = brick.by_name.get(name) if brick else None
        if isinstance(value, Ref) and param is not None:
            known = around.get(value.parameter)
            good = is_number(known) and parameter_name(value.parameter)
            if not good or not may_follow(param):
                value = known if param.has_type(known) else brick_value(brick, name)
        settings[name] = value
    inner = tuple(tuple(sound(b, around) for b in t) for t in placed.inner)
    return replace(placed, settings=settings, inner=inner, parameters=kept)


def brick_value(brick: Brick | None, name: str) -> Any:
    """The value that a setting has to begin with."""
    return brick.start.get(name, brick.defaults.get(name)) if brick else None


def set_parameter(tower: Tower, id: str, name: str, value: Any) -> Tower:
    """Give a Block a parameter, or another value for it; None takes it away, and the
    bricks that followed it get its value."""
    placed = tower.brick(id)
    if placed is None or placed.kind != "Block" or parameter_name(name) is None:
        return tower
    if value is not None and not is_number(value):
        return tower
    if value is not None:
        return with_changes(tower, id, parameters={**placed.parameters, name: value})
    if name not in placed.parameters:
        return tower
    rest = {k: v for k, v in placed.parameters.items() if k != name}
    values = {name: placed.parameters[name]}
    freed = tuple(tuple(_freed(b, values) for b in t) for t in placed.inner)
    return with_changes(tower, id, parameters=rest, inner=freed)


def bind(tower: Tower, id: str, setting: str, parameter: str) -> Tower:
    """Let a brick's setting follow a parameter of the nearest Block around it; a new
    parameter has the setting's value."""
    placed, blocks = tower.brick(id), around(tower, id)
    brick = catalog().get(placed.kind) if placed else None
    if placed is None or brick is None or setting not in brick.by_name:
        return tower
    if not blocks or parameter_name(parameter) is None:
        return tower
    if not may_follow(brick.by_name[setting]):
        return tower
    if not any(parameter in block.parameters for block in blocks):
        value = brick.full(placed.settings).get(setting)
        if not is_number(value):
            return tower
        tower = set_parameter(tower, blocks[-1].id, parameter, value)
    settings = {**placed.settings, setting: Ref(parameter)}
    return with_changes(tower, id, settings=settings)


def around(tower: Tower, id: str) -> list[Placed]:
    """The Blocks around a brick, the outermost first."""
    return [
        block
        for block in tower
        if block.kind == "Block"
        and block.id != id
        and any(brick.id == id for brick in block)
    ]


def _neighbours(tower: Tower, ids: Sequence[str]) -> tuple[Bricks, str]:
    """The bricks of these ids where they stand next to each other in one list, and
    what the lowest stands on; else none."""
    wanted = set(ids)
    found: list[tuple[Bricks, str]] = []

    def look(bricks: Bricks, under: str) -> Bricks:
        at = [n for n, brick in enumerate(bricks) if brick.id in wanted]
        if at:
            run = bricks[at[0] : at[-1] + 1]
            found.append((run, bricks[at[0] - 1].id if at[0] else under))
        return bricks

    mapped(tower.bricks, look)
    if len(found) != 1 or {brick.id for brick in found[0][0]} != wanted:
        return (), ""
    return found[0]


def _freed(placed: Placed, values: Any) -> Placed:
    """The brick and those inside with values in place of these parameters; an inner
    Block's own parameter of the same name goes before."""
    if not values:
        return placed
    known = placed.resolved(values)
    inside = {k: v for k, v in values.items() if k not in placed.parameters}
    inner = tuple(tuple(_freed(b, inside) for b in t) for t in placed.inner)
    return replace(known, inner=inner)
