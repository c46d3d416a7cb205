"""Expressions: each kind of node to a value, by a method of its name."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from codegen.read import operators
from codegen.read.budget import MOST_ROUNDS, Budget
from codegen.read.names import attribute, unset
from codegen.read.values import (
    UNKNOWN,
    Function,
    Inner,
    Instance,
    Name,
    Node,
    Scope,
    is_unset,
)


class Expressions:
    """Works out expressions in `self.scope`; what it can't is UNKNOWN."""

    scope: Scope
    budget: Budget

    def call(self, node: ast.Call) -> Any:
        """What a call gives."""
        raise NotImplementedError

    def arithmetic(self, node: ast.BinOp, left: Any, right: Any) -> Any:
        """What an operator makes of values of which one is a layer's output."""
        raise NotImplementedError

    def of_node(self, node: Node, name: str) -> Any:
        """What an attribute of a layer's output is, such as its shape."""
        raise NotImplementedError

    def train(self, owner: Any, value: Any, line: int) -> None:
        """`owner.trainable = value`."""
        raise NotImplementedError

    def of_inner(self, inner: Inner, name: str) -> Any:
        """What an attribute of a layer in a base is."""
        raise NotImplementedError

    def value(self, node: ast.expr | None) -> Any:
        """The value of an expression."""
        if node is None:
            return None
        self.budget.take()
        method: Callable[[Any], Any] | None = getattr(
            self, f"on_{type(node).__name__.lower()}", None
        )
        return self.budget.pay(method(node)) if method else UNKNOWN

    def values(self, nodes: Iterable[ast.expr]) -> list[Any]:
        """The values of several expressions, starred ones laid out."""
        found: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                row = self.value(node.value)
                found += row if isinstance(row, list | tuple) else [UNKNOWN]
            else:
                found.append(self.value(node))
        return found

    def on_constant(self, node: ast.Constant) -> Any:
        """`64` and `"relu"`."""
        return operators.small(node.value) if node.value is not ... else UNKNOWN

    def on_name(self, node: ast.Name) -> Any:
        """`x`: what the code set it to, or what it means in Keras."""
        found = self.scope.find(node.id)
        return unset(node.id) if is_unset(found) else found

    def on_attribute(self, node: ast.Attribute) -> Any:
        """`layers.Dense`."""
        owner = self.value(node.value)
        if isinstance(owner, Node):
            return self.of_node(owner, node.attr)
        if isinstance(owner, Inner):
            return self.of_inner(owner, node.attr)
        return attribute(owner, node.attr)

    def on_call(self, node: ast.Call) -> Any:
        """`f(x)`."""
        return self.call(node)

    def on_list(self, node: ast.List) -> Any:
        """`[1, 2]`."""
        return self.values(node.elts)

    def on_tuple(self, node: ast.Tuple) -> Any:
        """`(1, 2)`."""
        return tuple(self.values(node.elts))

    def on_dict(self, node: ast.Dict) -> Any:
        """`{"a": 1}`; keys that are neither text nor number are left out."""
        made: dict[Any, Any] = {}
        for key, item in zip(node.keys, node.values, strict=True):
            value = self.value(item)
            if key is None:
                made |= value if isinstance(value, dict) else {}
                continue
            word = self.value(key)
            if isinstance(word, str | int):
                made[word] = value
        return made

    def on_binop(self, node: ast.BinOp) -> Any:
        """`a + b`."""
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, Node) or isinstance(right, Node):
            return self.arithmetic(node, left, right)
        return operators.binary(node.op, left, right)

    def on_unaryop(self, node: ast.UnaryOp) -> Any:
        """`-a`."""
        return operators.unary(node.op, self.value(node.operand))

    def on_boolop(self, node: ast.BoolOp) -> Any:
        """`a or b`."""
        value: Any = UNKNOWN
        for item in node.values:
            value = self.value(item)
            true = truth(value)
            if true is UNKNOWN or true is isinstance(node.op, ast.Or):
                return value
        return value

    def on_compare(self, node: ast.Compare) -> Any:
        """`a < b < c`."""
        left = self.value(node.left)
        for sign, item in zip(node.ops, node.comparators, strict=True):
            right = self.value(item)
            holds = operators.compare(sign, left, right)
            if holds is not True:
                return holds
            left = right
        return True

    def on_ifexp(self, node: ast.IfExp) -> Any:
        """`a if b else c`; a where b can't be known."""
        holds = truth(self.value(node.test))
        return self.value(node.orelse if holds is False else node.body)

    def on_subscript(self, node: ast.Subscript) -> Any:
        """`a[0]` and `a[1:]`."""
        owner = self.value(node.value)
        if isinstance(node.slice, ast.Slice):
            return self._slice(owner, node.slice)
        at = self.value(node.slice)
        if isinstance(owner, dict) and isinstance(at, str | int):
            return owner.get(at, UNKNOWN)
        if isinstance(owner, list | tuple | str) and isinstance(at, int):
            return owner[at] if -len(owner) <= at < len(owner) else UNKNOWN
        return UNKNOWN

    def _slice(self, owner: Any, node: ast.Slice) -> Any:
        ends = [self.value(end) for end in (node.lower, node.upper, node.step)]
        known = all(end is None or isinstance(end, int) for end in ends)
        if not isinstance(owner, list | tuple | str) or not known or ends[2] == 0:
            return UNKNOWN
        return owner[slice(*ends)]

    def on_joinedstr(self, node: ast.JoinedStr) -> Any:
        """`f"block{n}"`."""
        parts = [self.value(part) for part in node.values]
        if not all(isinstance(part, str) for part in parts):
            return UNKNOWN
        return operators.small("".join(parts))

    def on_formattedvalue(self, node: ast.FormattedValue) -> Any:
        """The part of an f-string in braces."""
        spec = self.value(node.format_spec) if node.format_spec else ""
        value = self.value(node.value)
        return operators.formatted(value, spec) if isinstance(spec, str) else UNKNOWN

    def on_lambda(self, node: ast.Lambda) -> Any:
        """`lambda x: x`, worked out where it is called."""
        return Function(node, self.scope)

    def on_namedexpr(self, node: ast.NamedExpr) -> Any:
        """`(a := 1)`."""
        value = self.value(node.value)
        self.bind(node.target, value)
        return value

    def on_listcomp(self, node: ast.ListComp) -> Any:
        """`[f(n) for n in row]`."""
        found: list[Any] = []
        outer, self.scope = self.scope, Scope(behind=self.scope)
        try:
            self._rounds(node.elt, list(node.generators), found)
        finally:
            self.scope = outer
        return found

    on_generatorexp = on_listcomp

    def _rounds(
        self, item: ast.expr, loops: list[ast.comprehension], found: list[Any]
    ) -> None:
        if not loops:
            found.append(self.value(item))
            return
        for value in self.rounds(self.value(loops[0].iter)):
            self.bind(loops[0].target, value)
            if all(truth(self.value(test)) is not False for test in loops[0].ifs):
                self._rounds(item, loops[1:], found)

    def rounds(self, row: Any) -> list[Any]:
        """The items that a loop goes through; one UNKNOWN of a row that isn't known."""
        if isinstance(row, range):
            return list(row[: MOST_ROUNDS + 1])
        if isinstance(row, dict | list | tuple | str):
            return list(row)[: MOST_ROUNDS + 1]
        return [UNKNOWN]

    def bind(self, target: ast.expr, value: Any) -> None:
        """Set names to a value, rows of names to its items."""
        self.budget.take()
        if isinstance(target, ast.Name):
            self.scope.put(target.id, value)
        elif isinstance(target, ast.Tuple | ast.List):
            for item, part in zip(target.elts, _parts(value, target.elts)):
                self.bind(item, part)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, value)
        elif isinstance(target, ast.Attribute):
            owner = self.value(target.value)
            if isinstance(owner, Instance):
                owner.names[target.attr] = value
            elif target.attr == "trainable":
                self.train(owner, value, target.lineno)
        elif isinstance(target, ast.Subscript):
            self._bind_item(target, value)

    def _bind_item(self, target: ast.Subscript, value: Any) -> None:
        owner, at = self.value(target.value), None
        if not isinstance(target.slice, ast.Slice):
            at = self.value(target.slice)
        key = isinstance(owner, dict) and isinstance(at, str | int)
        if key or (isinstance(owner, list) and at in range(len(owner))):
            owner[at] = value


def _parts(value: Any, targets: list[ast.expr]) -> list[Any]:
    """One value for each target; a starred one takes what the others leave."""
    row = list(value) if isinstance(value, list | tuple) else []
    starred = [n for n, item in enumerate(targets) if isinstance(item, ast.Starred)]
    if starred and len(row) >= len(targets) - 1:
        at, after = starred[0], len(targets) - 1 - starred[0]
        end = len(row) - after
        return [*row[:at], row[at:end], *row[end:]]
    return row if len(row) == len(targets) else [UNKNOWN] * len(targets)


def truth(value: Any) -> Any:
    """Whether a value holds: True, False or UNKNOWN."""
    if value is UNKNOWN or isinstance(value, Node | Name):
        return UNKNOWN
    if value is None or isinstance(value, bool | int | float | str | list | tuple):
        return bool(value)
    return bool(value) if isinstance(value, dict) else True
