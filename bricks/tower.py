"""A tower: a data brick and the bricks placed on it, from the ground up."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

GROUND = "data"  # the id of the data brick
TOP = "label"  # the id of the label brick


def new_id() -> str:
    """An id no other brick has."""
    return secrets.token_hex(6)


@dataclass(frozen=True)
class Placed:
    """A brick in a tower: its kind, the settings that are not the default, a name."""

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Tower:
    """The data brick and the bricks on it; the label brick belongs to the data."""

    data: Placed
    bricks: tuple[Placed, ...] = ()

    def __iter__(self) -> Iterator[Placed]:
        yield self.data
        yield from self.bricks

    def find(self, id: str) -> int | None:
        """The place of a brick in `bricks`, or None."""
        return next(
            (n for n, placed in enumerate(self.bricks) if placed.id == id), None
        )
