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
_ANYWAY = ("ProgbarLogger", "History", "BackupAndRestore")
_KEPT = "model.keras"  # where every script keeps its best model anyway
_OLD = {"acc": "accuracy", "val_acc": "val_accuracy"}
_FIRST = 3  # so many arguments of Keras' classes stand in the order of our settings


def listeners(
    given: Any, notes: Notes, arguments: Callable[..., dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """By kind, with their settings; one that is no part here is told."""
    found: dict[str, dict[str, Any]] = {}
    for made in given if isinstance(given, list | tuple) else [given]:
        if not isinstance(made, Made) or made.kind in _ANYWAY or _keeps(made):
            continue
        part = _KINDS.get(made.kind)
        if part is None:
            said = N_("{name} is no part of a training here.")
            notes.say(made.line, said, name=made.kind)
            continue
        given = made.args[part.first : _FIRST]
        found[part.kind] = arguments(part, _of_today(made), given, notes)
    return found


def _keeps(made: Made) -> bool:
    """Whether it keeps what every script does, or what is no best model."""
    if made.kind != "ModelCheckpoint":
        return False
    path = made.named.get("filepath", made.args[0] if made.args else None)
    best = made.named.get("save_best_only") is True
    return path == _KEPT or not best or made.named.get("save_weights_only") is True


def _of_today(made: Made) -> Made:
    """With the names that figures have today."""
    watched = made.named.get("monitor")
    if not isinstance(watched, str) or watched not in _OLD:
        return made
    return replace(made, named={**made.named, "monitor": _OLD[watched]})
