"""What the head of a printed script says of its project."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MARK = "Printed by Brickyard."
_NAMELESS = "A tower"
_ABOUT = re.compile(r"^A tower of .{1,20} on (\w+), ", re.MULTILINE)


@dataclass(frozen=True)
class Header:
    """The project's name, the kind of its data brick, what `load_data` asks for by
    name, and how many classes there are."""

    name: str
    data: str
    asked: Mapping[str, Any]
    classes: int | None


def header(tree: ast.Module) -> Header | None:
    """The header of a printed script, None of any other code."""
    text = ast.get_docstring(tree) or ""
    about = _ABOUT.search(text)
    if _MARK not in text or about is None:
        return None
    name = text.split("\n", 1)[0]
    asked = dict(_asked(tree))
    return Header("" if name == _NAMELESS else name, about[1], asked, _classes(tree))


def _asked(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    """The arguments with a name and a literal value in `load_data`."""
    for body in tree.body:
        if isinstance(body, ast.FunctionDef) and body.name == "load_data":
            words = (n for n in ast.walk(body) if isinstance(n, ast.keyword))
            yield from (
                (w.arg or "", value) for w in words for value in _value(w.value)
            )


def _value(node: ast.expr) -> Iterator[Any]:
    """The value of a literal, nothing of another expression."""
    try:
        yield ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError, SyntaxError):
        return


def _classes(tree: ast.Module) -> int | None:
    """How many CLASSES the script has: as a list, or counted by a range."""
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not isinstance(
            node.targets[0], ast.Name
        ):
            continue
        if node.targets[0].id != "CLASSES":
            continue
        if isinstance(node.value, ast.List):
            return len(node.value.elts)
        counts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
        return next((n for n in counts if isinstance(n, int)), None)
    return None
