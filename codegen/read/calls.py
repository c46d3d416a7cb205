"""Calls: of the code's own functions, of methods, of layers on what others give."""

from __future__ import annotations

import ast
from typing import Any

from bricks.words import N_
from codegen.read import operators
from codegen.read.aliases import MERGES
from codegen.read.budget import MOST_CALLS, OF_A_CALL
from codegen.read.expressions import Expressions
from codegen.read.known import method_of_row, method_of_table, method_of_text
from codegen.read.meanings import Meanings
from codegen.read.models import layers_of
from codegen.read.names import attribute
from codegen.read.notes import Notes
from codegen.read.padlocks import set_trainable
from codegen.read.seen import Seen
from codegen.read.values import (
    UNKNOWN,
    Class,
    Function,
    Inner,
    Instance,
    Made,
    Method,
    Model,
    Name,
    Node,
    Partial,
    Pretrained,
    Scope,
)


class Calls(Expressions):
    """Works out calls; nothing is ever run but the reader's own few functions."""

    notes: Notes
    seen: Seen
    meanings: Meanings

    def body(self, nodes: list[ast.stmt]) -> Any:
        """Go through statements; what they return, in a box, or None."""
        raise NotImplementedError

    def call(self, node: ast.Call) -> Any:
        """What a call gives."""
        callee = self.value(node.func)
        args = tuple(self.values(node.args))
        named = self._named(node.keywords)
        self.seen.call(node, args)
        if _same_twice(node):
            named["itself"] = True
        if _all_at_once(node):
            named["batch_size"] = 0
        return self._called(callee, args, named, node)

    def _called(
        self, callee: Any, args: tuple[Any, ...], named: dict[str, Any], node: ast.Call
    ) -> Any:
        if isinstance(callee, Partial):
            args, named = (*callee.args, *args), {**callee.named, **named}
            return self._called(callee.callee, args, named, node)
        if isinstance(callee, Name) and callee.last == "partial" and args:
            return Partial(args[0], args[1:], named)
        if isinstance(callee, Name):
            return self.meanings.call(callee.path, args, named, node.lineno)
        if isinstance(callee, Function):
            return self.run(callee, args, named, node.lineno)
        if isinstance(callee, Class):
            return self._object(callee, args, named, node.lineno)
        if isinstance(callee, Method):
            return self._method(callee, args, named, node)
        if isinstance(callee, Made | Model | Inner):
            return self._apply(callee, args, node)
        return self.meanings.passed(_written(node.func), args, node.lineno)

    def train(self, owner: Any, value: Any, line: int) -> None:
        """`owner.trainable = value`: of a model, of each of its layers."""
        for layer in _all_of(owner):
            self.budget.take()
            set_trainable(layer, value, self.seen, self.notes, line)

    def of_inner(self, inner: Inner, name: str) -> Any:
        """What one layer of a base gives, and what is known of the layer itself."""
        if name == "output":
            return self.meanings.bases.cut(inner)
        return attribute(inner, name)

    def of_node(self, node: Node, name: str) -> Any:
        """Its shape; what else there is can't be known."""
        if name in ("shape", "_keras_shape"):
            return self.meanings.shape(node)
        return Method(node, name) if name == "get_shape" else UNKNOWN

    def _named(self, keywords: list[ast.keyword]) -> dict[str, Any]:
        named: dict[str, Any] = {}
        for keyword in keywords:
            value = self.value(keyword.value)
            if keyword.arg is not None:
                named[keyword.arg] = value
            elif isinstance(value, dict):
                named |= {str(key): item for key, item in value.items()}
        return named

    def run(
        self,
        function: Function,
        args: tuple[Any, ...],
        named: dict[str, Any],
        line: int,
    ) -> Any:
        """What a function of the code gives: its statements, gone through anew."""
        self.seen.run.add(function.node)
        self.budget.take(OF_A_CALL)
        if self.budget.calls >= MOST_CALLS:
            self.notes.say(
                line,
                N_("{name} calls itself again and again; here the reading leaves it."),
                name=function.name,
            )
            return UNKNOWN
        if _yields(function.node):
            return UNKNOWN
        scope = Scope(self._parameters(function, args, named), function.scope)
        outer, self.scope = self.scope, scope
        self.budget.calls += 1
        try:
            if isinstance(function.node, ast.Lambda):
                return self.value(function.node.body)
            given = self.body(function.node.body)
            return given.value if isinstance(given, Given) else None
        finally:
            self.scope = outer
            self.budget.calls -= 1

    def _parameters(
        self, function: Function, args: tuple[Any, ...], named: dict[str, Any]
    ) -> dict[str, Any]:
        """A value for each parameter: given, by default, or UNKNOWN."""
        spec = function.node.args
        if function.owner is not None:
            args = (function.owner, *args)
        names = [arg.arg for arg in (*spec.posonlyargs, *spec.args)]
        bound: dict[str, Any] = dict.fromkeys(
            [*names, *(arg.arg for arg in spec.kwonlyargs)], UNKNOWN
        )
        for name, default in zip(reversed(names), reversed(spec.defaults)):
            bound[name] = self.value(default)
        for arg, keyword_default in zip(spec.kwonlyargs, spec.kw_defaults):
            if keyword_default is not None:
                bound[arg.arg] = self.value(keyword_default)
        bound |= dict(zip(names, args))
        others = {key: value for key, value in named.items() if key not in bound}
        bound |= {key: value for key, value in named.items() if key in bound}
        if spec.vararg:
            bound[spec.vararg.arg] = args[len(names) :]
        if spec.kwarg:
            bound[spec.kwarg.arg] = others
        return bound

    def _object(
        self, made_of: Class, args: tuple[Any, ...], named: dict[str, Any], line: int
    ) -> Any:
        if made_of.is_keras:
            self.seen.own_class = made_of.name
            self.notes.say(
                line,
                N_(
                    "The class {name} builds its layers in code of its own, "
                    "which can't be read."
                ),
                name=made_of.name,
            )
            return Made(made_of.name, args, named, line)
        made = Instance(made_of)
        start = made_of.scope.names.get("__init__")
        if isinstance(start, Function):
            self.run(Function(start.node, start.scope, made), args, named, line)
        return made

    def _method(
        self,
        method: Method,
        args: tuple[Any, ...],
        named: dict[str, Any],
        node: ast.Call,
    ) -> Any:
        owner, name = method.owner, method.name
        if isinstance(owner, str) and name == "format":
            return operators.braces(owner, args, named)
        if isinstance(owner, str):
            return method_of_text(owner, name, args)
        if isinstance(owner, list):
            return method_of_row(owner, name, args)
        if isinstance(owner, dict):
            return method_of_table(owner, name, args)
        if isinstance(owner, Node):
            return self.meanings.shape(owner)
        if isinstance(owner, Model):
            return self.meanings.method_of_model(owner, name, args, named, node.lineno)
        return self.meanings.method_of_made(owner, name, args, named, node.lineno)

    def _apply(
        self, callee: Made | Model | Inner, args: tuple[Any, ...], node: ast.Call
    ) -> Any:
        """A layer or a model on what others give."""
        given = args[0] if args else UNKNOWN
        items = list(given) if isinstance(given, list | tuple) else [given]
        nodes = [item for item in items if isinstance(item, Node)]
        if not nodes or len(nodes) < len(items):
            if isinstance(callee, Model):
                self.seen.predicted.append(callee)
            elif isinstance(callee, Made):
                self.meanings.lost(callee, node.lineno)
            return UNKNOWN
        if isinstance(callee, Inner):
            return self.meanings.bases.called(callee, nodes[0])
        hints = _hints(node.args[0])
        return self.meanings.apply(callee, tuple(nodes), node.lineno, hints)

    def arithmetic(self, node: ast.BinOp, left: Any, right: Any) -> Any:
        """`x + shortcut` and `x / 255` on what layers give."""
        sign = type(node.op).__name__
        merge = {"Add": "add", "Mult": "multiply"}.get(sign)
        if isinstance(left, Node) and isinstance(right, Node) and merge in MERGES:
            made = Made(f"keras.layers.{merge}", (), {}, node.lineno)
            hints = _hints(ast.Tuple(elts=[node.left, node.right]))
            return self.meanings.apply(made, (left, right), node.lineno, hints)
        return self.meanings.scaled(sign, left, right, node.lineno)


def _all_of(owner: Any) -> list[Any]:
    """A layer, or those of a model and of the models in it."""
    found: list[Any] = []
    waiting, known = [owner], set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Model) or isinstance(one, Pretrained):
            found.append(one)
        elif one not in known:
            known.add(one)
            waiting += layers_of(one)
    return found


class Given:
    """What a function returned."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _same_twice(node: ast.Call) -> bool:
    """Whether this is `fit(x, x)`: the answer is the example itself."""
    if getattr(node.func, "attr", "") != "fit" or len(node.args) < 2:
        return False
    return ast.dump(node.args[0]) == ast.dump(node.args[1])


def _all_at_once(node: ast.Call) -> bool:
    """Whether this is `fit(x, y, batch_size=len(x))`."""
    if getattr(node.func, "attr", "") != "fit" or not node.args:
        return False
    size = next((k.value for k in node.keywords if k.arg == "batch_size"), None)
    if not isinstance(size, ast.Call) or getattr(size.func, "id", "") != "len":
        return False
    return [ast.dump(arg) for arg in size.args] == [ast.dump(node.args[0])]


def _written(node: ast.expr) -> str:
    """How what is called is written: the last part of its name."""
    return getattr(node, "attr", None) or getattr(node, "id", None) or "?"


def _hints(node: ast.expr) -> tuple[str, ...]:
    """The names that a listing gives to what is merged."""
    items = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    return tuple(item.id if isinstance(item, ast.Name) else "" for item in items)


def _yields(node: ast.AST) -> bool:
    return any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in ast.walk(node))
