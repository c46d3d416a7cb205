"""What the panel of live runs sends: pause, stop, go on, more epochs, run again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from training.launch import ensure_trainer
from training.settings import Settings
from training.store import Store

Operation = dict[str, Any]
MOST_KEY = 64  # characters


def _pause(store: Store, owner: str, run: str, op: Operation) -> None:
    store.pause_run(owner, run)


def _stop(store: Store, owner: str, run: str, op: Operation) -> None:
    store.stop_run(owner, run)


def _resume(store: Store, owner: str, run: str, op: Operation) -> None:
    store.resume_run(owner, run)


def _more(store: Store, owner: str, run: str, op: Operation) -> None:
    epochs = op.get("epochs")
    if isinstance(epochs, int) and not isinstance(epochs, bool):
        store.more(owner, run, epochs)


def _again(store: Store, owner: str, run: str, op: Operation) -> None:
    store.ask_again(owner, run, str(op.get("key"))[:MOST_KEY])


_DEEDS: dict[str, Callable[[Store, str, str, Operation], None]] = {
    "pause_run": _pause,
    "stop_run": _stop,
    "resume_run": _resume,
    "more_run": _more,
    "again_run": _again,
}
OPERATIONS = tuple(_DEEDS)


def apply(op: Operation, store: Store, settings: Settings, owner: str) -> None:
    """Do one operation; what can't be read changes nothing.

    Raises `Refused` for what may not be done now.
    """
    name = str(op.get("op"))
    if name not in ("pause_run", "stop_run"):
        ensure_trainer(settings)
    _DEEDS[name](store, owner, str(op.get("run")), op)
