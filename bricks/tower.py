"""A tower: a data brick and the bricks placed on it, from the ground up.

Containers hold towers of their own, any number deep. Every list of bricks stands on a
floor that has an id: `data` for the tower itself, `<id>:<n>` for the inner tower `n` of
the container `<id>`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any

GROUND = "data"  # the id of the data brick, the floor of the whole tower
BRANCHING = frozenset({"Block", "Residual", "Parallel"})
"""Kinds with which a tower is more than one row of layers."""
TOP = "label"  # the id of the label brick
MOST_DEEP = 12  # containers in containers


def new_id() -> str:
    """An id no other brick has."""
    return secrets.token_hex(6)


def floor(id: str, inner: int) -> str:
    """The id of the floor of a container's inner tower.

    >>> floor("b7", 1)
    'b7:1'
    """
    return f"{id}:{inner}"


@dataclass(frozen=True)
class Ref:
    """In place of a setting's value: the value of the named parameter of a Block."""

    parameter: str

    def __str__(self) -> str:
        return self.parameter


@dataclass(frozen=True)
class Placed:
    """A brick in a tower: its kind, the settings that are not the default, a name.

    A container has `inner` towers; a Block may have `parameters` of its own, for which
    a `Ref` in the settings of the bricks inside stands.
    """

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None
    id: str = field(default_factory=new_id)
    inner: tuple[tuple[Placed, ...], ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Placed]:
        """This brick and all bricks inside."""
        yield self
        for tower in self.inner:
            for placed in tower:
                yield from placed

    def resolved(self, values: Mapping[str, Any]) -> Placed:
        """This brick with the values of an enclosing Block's parameters in place of
        their names; the bricks inside are left to their own walk."""
        if not any(isinstance(value, Ref) for value in self.settings.values()):
            return self
        settings = {k: _value(v, values) for k, v in self.settings.items()}
        return replace(self, settings=settings)


def _value(value: Any, values: Mapping[str, Any]) -> Any:
    return values.get(value.parameter, value) if isinstance(value, Ref) else value


@dataclass(frozen=True)
class Tower:
    """The data brick and the bricks on it; the label brick belongs to the data."""

    data: Placed
    bricks: tuple[Placed, ...] = ()

    def __iter__(self) -> Iterator[Placed]:
        """Every brick, those inside of containers too, from the ground up."""
        yield self.data
        for placed in self.bricks:
            yield from placed

    def brick(self, id: str) -> Placed | None:
        """The brick with this id, wherever it stands, the data brick included."""
        return next((placed for placed in self if placed.id == id), None)

    def below(self, id: str) -> str | None:
        """The id of what this brick stands on, brick or floor; None if it is gone."""
        if id == TOP:
            return self.bricks[-1].id if self.bricks else GROUND
        return next(_below(self.bricks, id, GROUND), None)


def _below(bricks: tuple[Placed, ...], id: str, under: str) -> Iterator[str]:
    for placed in bricks:
        if placed.id == id:
            yield under
        for n, tower in enumerate(placed.inner):
            yield from _below(tower, id, floor(placed.id, n))
        under = placed.id


def deep(bricks: tuple[Placed, ...]) -> int:
    """How many containers stand in each other at the deepest place."""
    towers = (tower for placed in bricks for tower in placed.inner)
    return max((1 + deep(tower) for tower in towers), default=0)


Change = Callable[[tuple[Placed, ...], str], tuple[Placed, ...]]


def mapped(
    bricks: tuple[Placed, ...], change: Change, under: str = GROUND
) -> tuple[Placed, ...]:
    """The bricks after `change(bricks, floor)` of this list and of every inner one,
    the outer ones first; a list that does not change stays the same object."""
    after = tuple(_inside(placed, change) for placed in change(bricks, under))
    same = len(after) == len(bricks) and all(map(is_, after, bricks))
    return bricks if same else after


def _inside(placed: Placed, change: Change) -> Placed:
    """The brick after the change of its inner towers."""
    inner = tuple(
        mapped(tower, change, floor(placed.id, n))
        for n, tower in enumerate(placed.inner)
    )
    return (
        placed if all(map(is_, inner, placed.inner)) else replace(placed, inner=inner)
    )
