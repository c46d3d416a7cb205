"""Data loaded before it is asked for, so that a run need not wait for it."""

from __future__ import annotations

import ast
import logging
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from codegen import live
from training.messages import Own
from uploads import prepare
from uploads.dataset import PICTURES
from uploads.shelf import TABLE

DATA = "BRICKYARD_DATA"
"""The variable in which a printed script looks for the user's own data."""


class BrokenOff(Exception):
    """There is something else to do."""


class Prepared:
    """The data of one script's `load_data`, kept for any script that loads the same."""

    def __init__(self) -> None:
        self._part = ""
        self._data: Any = None

    def load(self, source: str, own: Own | None, busy: Callable[[], bool]) -> None:
        """Run the script's own `load_data` now; it breaks off where `busy` says so."""

        def go_on(_done: int, _of: int) -> None:
            if busy():
                raise BrokenOff

        try:
            bring(own, go_on)
            self._data = live.module(source).load_data()
            self._part = loading_part(source)
        except BrokenOff:
            return  # what was read stays read
        except Exception:  # the run itself will say what is wrong
            logging.getLogger(__name__).exception("Data could not be prepared.")

    def data(self, script: ModuleType, source: str) -> Any:
        """What `script.load_data()` gives, without doing it twice."""
        if self._part and self._part == loading_part(source):
            return self._data
        self._part, self._data = "", None
        return script.load_data()


def bring(own: Own | None, progress: prepare.Progress) -> Path | None:
    """Have the user's data ready, and tell scripts that are read from now on where."""
    os.environ.pop(DATA, None)
    if own is None:
        return None
    folder = Path(own.folder)
    where = folder / TABLE
    if own.kind == PICTURES:
        where = prepare.prepare(folder, own.settings, progress)
    os.environ[DATA] = str(where)
    return where


def loading_part(source: str) -> str:
    """All of a script that `load_data` depends on: itself, the functions and constants
    that it uses, the imports, and where the user's own data are.

    >>> loading_part("A = 1\\nB = 2\\ndef load_data():\\n    return A\\ndef main(): 3")
    'A = 1\\ndef load_data():\\n    return A'
    """
    body = ast.parse(source).body
    named = {name: node for node in body for name in _names(node)}
    used, new = set(), {"load_data"}
    while new:
        used |= new
        inside = (part for name in new for part in ast.walk(named[name]))
        new = {part.id for part in inside if isinstance(part, ast.Name)} & set(named)
        new -= used
    whole = (ast.Import, ast.ImportFrom, ast.Expr)
    part = [node for node in body if isinstance(node, whole) or _names(node) & used]
    told = [ast.unparse(node) for node in part if not _is_text(node)]
    own = os.environ.get(DATA)
    return "\n".join(told if own is None else [f"# {own}", *told])


def _names(node: ast.stmt) -> set[str]:
    """What a statement of the script's outermost level defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else []
    inside = (part for target in targets for part in ast.walk(target))
    return {part.id for part in inside if isinstance(part, ast.Name)}


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
