"""What the head of a printed script says of its project."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bricks.training import SETTINGS

_MARK = "Printed by Brickyard."
_NAMELESS = "A tower"
_ASKING = ("load_data", "read_picture", "Batches")
_STEPS = ("epochs", "learning_rate", "frozen_epochs", "fine_tuning_rate")
_OF_TRAINING = {*(param.name for param in SETTINGS), *_STEPS}
_ABOUT = re.compile(r"^A tower of .{1,20} on (\w+), ", re.MULTILINE)


_FITS = {"fit": "crop", "pad": "pad", "resize": "stretch"}  # Pillow's names for them


@dataclass(frozen=True)
class Header:
    """The project's name, the kind of its data brick, what `load_data` asks for by
    name, how many classes there are, how large a batch is, whether it was the tower's
    size that chose how many of them run in one go, and the settings of its training
    that are constants."""

    name: str
    data: str
    asked: Mapping[str, Any]
    classes: int | None
    batch: Any = None
    stepped: bool = False
    training: Mapping[str, Any] = field(default_factory=dict)


def header(tree: ast.Module) -> Header | None:
    """The header of a printed script, None of any other code."""
    text = ast.get_docstring(tree) or ""
    about = _ABOUT.search(text)
    if _MARK not in text or about is None:
        return None
    name = text.split("\n", 1)[0]
    constants = dict(_constants(tree))
    lowered = {name.lower(): value for name, value in constants.items()}
    asked = {k: v for k, v in lowered.items() if k not in _OF_TRAINING}
    return Header(
        "" if name == _NAMELESS else name,
        about[1],
        asked | dict(_asked(tree)),
        _classes(tree),
        constants.get("BATCH_SIZE"),
        "STEPS_PER_EXECUTION" not in constants,
        {name: lowered[name] for name in _STEPS if name in lowered},
    )


def without_data(tree: ast.Module) -> ast.Module:
    """A printed script without what it feeds its model with, which may be long."""
    kept = [node for node in tree.body if not _feeds(node)]
    return ast.Module(kept, tree.type_ignores)


def _feeds(node: ast.stmt) -> bool:
    table = isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
    return table or isinstance(node, ast.ClassDef)


def _constants(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    """The constants with a literal value, those of `A, B = 1, 2` as well."""
    for node in tree.body:
        if not isinstance(node, ast.Assign) or isinstance(node.value, ast.Dict):
            continue
        for value in _value(node.value):
            yield from _targets(node.targets[0], value)


def _targets(target: ast.expr, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, tuple):
        for part, one in zip(target.elts, value):
            yield from _targets(part, one)


def _asked(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    """The arguments with a name and a literal value in `load_data`, how pictures are
    made to fit in `read_picture`, and whether batches ask for the picture itself."""
    for body in tree.body:
        name = getattr(body, "name", "")
        nodes = list(ast.walk(body)) if name in _ASKING else []
        if name == "load_data":
            words = (n for n in nodes if isinstance(n, ast.keyword))
            yield from (
                (w.arg or "", value) for w in words for value in _value(w.value)
            )
        elif name == "read_picture":
            names = (n.attr for n in nodes if isinstance(n, ast.Attribute))
            yield from (("fit", _FITS[name]) for name in names if name in _FITS)
        elif any(_same_twice(n) for n in nodes):
            yield "label", "Picture"


def _same_twice(node: ast.AST) -> bool:
    """Whether this is `return x, x`."""
    if not isinstance(node, ast.Return) or not isinstance(node.value, ast.Tuple):
        return False
    first, *others = map(ast.dump, node.value.elts)
    return others == [first]


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
