"""Functions of printed scripts that make a base of one's own: they come back sealed."""

from __future__ import annotations

import ast
import re
from typing import Any

from bricks.sealed import WEIGHTS, written
from codegen.blocks import TAKEN
from codegen.layer import free_name
from codegen.literal import identifier
from codegen.read.graph import Graph
from codegen.read.ground import as_shape
from codegen.read.meanings import Meanings
from codegen.read.placing import Placing
from codegen.read.prepared import printed_alone
from codegen.read.values import Made, Model
from codegen.trained import NO_TITLE, UP_TO

_FILE = re.compile(rf"({WEIGHTS.pattern})\.weights\.h5")


def makes_a_base(node: ast.AST) -> bool:
    """Whether a function of a printed script makes a base of one's own."""
    if not isinstance(node, ast.FunctionDef) or node.args.args:
        return False
    return UP_TO in (ast.get_docstring(node) or "").lower()


def statements(node: ast.FunctionDef) -> list[ast.stmt]:
    """Those that make the base itself."""
    at = [n for n, part in enumerate(node.body) if _is_base(part)]
    return node.body[: at[0] + 1] if at else []


def sealed(node: ast.FunctionDef, base: Any, meanings: Meanings) -> Made | None:
    """The base as one layer, of which the brick is made; None where it can't be."""
    if not isinstance(base, Model):
        return None
    floor, top = meanings.models.ends(base)
    shape = as_shape(floor.shape, meanings.notes) if floor else None
    if shape is None or top is None:
        return None
    placing = Placing(meanings.notes, meanings.budget, exact=True)
    bricks = printed_alone(Graph(placing.bricks, meanings.notes).tower(floor, top))
    title = _title(node)
    named: dict[str, Any] = {
        "tower": written(shape, tuple(bricks)),
        "weights": _weights(node),
        "title": title,
        "frozen": _frozen(node),
    }
    if node.name != free_name(identifier(title, "trained"), TAKEN):
        named["name"] = node.name
    return Made("keras.layers.Trained", (), named, node.lineno)


def _is_base(part: ast.stmt) -> bool:
    return isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "base"


def _title(node: ast.FunctionDef) -> str:
    said = (ast.get_docstring(node) or "").split("\n")[0]
    title = said.partition(f", {UP_TO}")[0].removesuffix(".")
    return "" if title == NO_TITLE else title


def _weights(node: ast.FunctionDef) -> str | None:
    texts = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
    found = (_FILE.fullmatch(text) for text in texts if isinstance(text, str))
    return next((match[1] for match in found if match), None)


def _frozen(node: ast.FunctionDef) -> bool | int:
    """True, False, or how many layers, its input among them."""
    for part in node.body:
        if isinstance(part, ast.For):
            count = re.search(r"\[:(\d+)\]", ast.unparse(part.iter))
            return int(count[1]) + 1 if count else False
        if ast.unparse(part) == "base.trainable = False":
            return True
    return False
