"""The callbacks that code gives to `fit`, as parts of a training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bricks.training import callbacks
from bricks.words import N_
from codegen.read.notes import Notes
from codegen.read.values import Made

_KINDS = {part.keras: part for part in callbacks().values()}
_ANYWAY = ("ModelCheckpoint", "ProgbarLogger", "History", "BackupAndRestore")
_OLD = {"acc": "accuracy", "val_acc": "val_accuracy"}
_FIRST = 3  # so many arguments of Keras' classes stand in the order of our settings


def listeners(
    given: Any, notes: Notes, arguments: Callable[..., dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """By kind, with their settings; one that is no part here is told."""
    found: dict[str, dict[str, Any]] = {}
    for made in given if isinstance(given, list | tuple) else [given]:
        if not isinstance(made, Made) or made.kind in _ANYWAY:
            continue
        part = _KINDS.get(made.kind)
        if part is None:
            said = N_("{name} is no part of a training here.")
            notes.say(made.line, said, name=made.kind)
            continue
        settings = arguments(part, _of_today(made), made.args[:_FIRST], notes)
        found[part.kind] = settings
    return found


def _of_today(made: Made) -> Made:
    """With the names that figures have today."""
    watched = made.named.get("monitor")
    if not isinstance(watched, str) or watched not in _OLD:
        return made
    return replace(made, named={**made.named, "monitor": _OLD[watched]})
