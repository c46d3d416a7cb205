"""Data loaded before it is asked for, so that a run need not wait for it."""

from __future__ import annotations

import ast
import logging
from types import ModuleType
from typing import Any

from codegen import live


class Prepared:
    """The data of one script's `load_data`, kept for any script that loads the same."""

    def __init__(self) -> None:
        self._part = ""
        self._data: Any = None

    def load(self, source: str) -> None:
        """Run the script's own `load_data` now."""
        try:
            self._data = live.module(source).load_data()
            self._part = loading_part(source)
        except Exception:  # the run itself will say what is wrong
            logging.getLogger(__name__).exception("Data could not be prepared.")

    def data(self, script: ModuleType, source: str) -> Any:
        """What `script.load_data()` gives, without doing it twice."""
        if self._part and self._part == loading_part(source):
            return self._data
        self._part, self._data = "", None
        return script.load_data()


def loading_part(source: str) -> str:
    """All of a script that `load_data` depends on: itself, its constants, the imports.

    >>> loading_part("A = 1\\nB = 2\\ndef load_data():\\n    return A\\ndef main(): 3")
    'A = 1\\ndef load_data():\\n    return A'
    """
    body = ast.parse(source).body
    loads = [node for node in body if _name(node) == "load_data"]
    inside = [part for node in loads for part in ast.walk(node)]
    used = {node.id for node in inside if isinstance(node, ast.Name)}
    part = [
        node
        for node in body
        if node in loads
        or isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Assign) and _targets(node) & used)
    ]
    return "\n".join(ast.unparse(node) for node in part)


def _name(node: ast.stmt) -> str | None:
    return node.name if isinstance(node, ast.FunctionDef) else None


def _targets(node: ast.Assign) -> set[str]:
    return {target.id for target in node.targets if isinstance(target, ast.Name)}
