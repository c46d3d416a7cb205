"""The family tree of optimizers: which rule grew from which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bricks.training.optimizer import Optimizer
from bricks.training.optimizers import optimizers


@dataclass(frozen=True)
class Member:
    """A rule of the tree: `optimizer` with `settings` is it.

    `parent` is None for the root; `also` are other members that it learned from.
    """

    kind: str
    optimizer: str
    settings: Mapping[str, Any]
    parent: str | None
    also: tuple[str, ...]
    said: str
    about: str
    year: int
    paper: str


def family() -> tuple[Member, ...]:
    """Every member, each after its parent."""
    members = [m for part in optimizers().values() for m in _members(part)]
    ordered: dict[str | None, Member] = {}
    while len(ordered) < len(members):
        ready = (m for m in members if m.kind not in ordered)
        member = next(m for m in ready if m.parent is None or m.parent in ordered)
        ordered[member.kind] = member
    return tuple(ordered.values())


def _members(part: Optimizer) -> Iterator[Member]:
    """An optimizer, and the forms of it that have a name."""
    own: Mapping[str, Any] = {}
    yield Member(
        part.kind,
        part.kind,
        own,
        part.parent,
        part.also,
        part.said,
        part.about,
        part.year,
        part.paper,
    )
    for f in part.forms:
        yield Member(
            f.kind,
            part.kind,
            f.settings,
            f.parent,
            (),
            f.said,
            f.about,
            f.year,
            f.paper,
        )
