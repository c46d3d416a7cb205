"""How branches that do not meet can be made to: padding, strides, a projection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bricks.catalog import catalog
from bricks.problem import Problem, Repair, Set
from bricks.tower import Placed, Ref
from bricks.words import N_, Text

Join = Callable[[Placed], Problem | None]


def mended(placed: Placed, problem: Problem, join: Join) -> Problem:
    """The problem of a container's join, with a repair where one makes it hold.

    `join` says what would be wrong with the container after a change. Tried in turn:
    padding that keeps the map's size; strides of 1 as well; and each of them with the
    projection that the join itself offers.
    """
    if problem.repair:
        return problem
    for label, sets in ((_SAME, _padding), (_STAY, _padding_and_strides)):
        edits = tuple(sets(placed))
        values = {(edit.at, edit.setting): edit.value for edit in edits}
        wrong = join(_changed(placed, values)) if edits else problem
        if wrong is None:
            return replace(problem, repair=Repair(label, edits))
        if edits and wrong.repair:
            told = {"first": label, "then": wrong.repair.label}
            both = Text(N_("{first}. {then}"), told)
            return replace(problem, repair=Repair(both, (*edits, *wrong.repair.edits)))
    return problem


_SAME = Text(N_("Set padding to same in all of them"))
_STAY = Text(N_("Set padding to same and strides to 1 in all of them"))


def _padding(placed: Placed) -> Iterator[Set]:
    """The edits that let every window keep the size of its map."""
    for brick, settings in _windows(placed):
        if settings["padding"] == "valid":
            yield Set("padding", "same", at=brick.id)


def _padding_and_strides(placed: Placed) -> Iterator[Set]:
    yield from _padding(placed)
    for brick, settings in _windows(placed):
        if settings["strides"] not in (1, (1, 1)):
            yield Set("strides", 1, at=brick.id)


def _windows(placed: Placed) -> Iterator[tuple[Placed, dict[str, Any]]]:
    """The bricks inside that slide a window of their own padding and strides."""
    for brick in placed:
        entry = catalog().get(brick.kind)
        settings = entry.full(brick.settings) if entry else {}
        known = [settings.get(name) for name in ("padding", "strides")]
        has_both = "padding" in settings and "strides" in settings
        if has_both and not any(isinstance(value, Ref) for value in known):
            yield brick, settings


def _changed(placed: Placed, values: dict[tuple[str, str], Any]) -> Placed:
    """The brick and those inside with other values for some settings."""
    own = {name: value for (id, name), value in values.items() if id == placed.id}
    inner = tuple(tuple(_changed(b, values) for b in t) for t in placed.inner)
    return replace(placed, settings={**placed.settings, **own}, inner=inner)
