"""Scripts that Brickyard printed: their Blocks come back as Blocks.

Only here a call of a function or a loop becomes a brick. In any other code functions
and loops are worked out, and what they add is laid out brick by brick.
"""

from __future__ import annotations

import ast
from typing import Any

from bricks.tower import Ref
from codegen.read.own_bases import makes_a_base, sealed, statements
from codegen.read.padlocks import padlocks
from codegen.read.statements import Reader
from codegen.read.values import UNKNOWN, Built, Function, Inside, Model, Node, Scope

_NAMELESS = "Bricks that belong together."
_OWN = ("load_data", "build_model", "train", "main", "make_callbacks")


class PrintedReader(Reader):
    """Reads functions that take `x` as Blocks, and loops over a count as well."""

    def run(
        self,
        function: Function,
        args: tuple[Any, ...],
        named: dict[str, Any],
        line: int,
    ) -> Any:
        """A call of a Block's function on what a brick gives is a Block."""
        if function.name == "make_schedule":
            return super().run(function, (1,), {}, line)  # an epoch as one step
        if makes_a_base(function.node):
            return self._sealed(function)
        if function.name == "build_model":
            given = super().run(function, args, named, line)
            if isinstance(given, Model):
                self.seen.built = Built(given, padlocks(self.seen))
            return given
        if function.name in _OWN or not args or not isinstance(args[0], Node):
            return super().run(function, args, named, line)
        node = function.node
        if isinstance(node, ast.Lambda) or not node.args.args:
            return super().run(function, args, named, line)
        self.seen.run.add(node)
        bound = self._parameters(function, args, named)
        x, *names = [arg.arg for arg in node.args.args]
        body = [part for part in node.body if not isinstance(part, ast.Return)]
        body, repeat = _repeated(body, bound)
        given = {name: bound[name] for name in names}
        if repeat is not None:
            del given["repeat"]
        values = {name: Ref(name) for name in given}
        floor = self.meanings.node(None, ())
        scope = Scope({**values, x: floor}, function.scope)
        top = self._inside(body, scope, x)
        own = {k: v for k, v in given.items() if not _from_around(k, v)}
        inside = Inside(
            floor,
            top if isinstance(top, Node) else floor,
            1 if repeat is None else repeat,
            _title(node, repeat is not None and not own),
            own,
        )
        return self.meanings.node(inside, (args[0],), line=line)

    def do_if(self, node: ast.If) -> Any:
        """A training that ends in its frozen epochs has a second step all the same."""
        if _names(node.test, "FROZEN_EPOCHS") and isinstance(node.body[0], ast.Return):
            return None
        return super().do_if(node)

    def _sealed(self, function: Function) -> Any:
        """A base of one's own, as one layer."""
        node = function.node
        assert isinstance(node, ast.FunctionDef)
        self.seen.run.add(node)
        base = self._inside(statements(node), Scope({}, function.scope), "base")
        self.seen.models = [model for model in self.seen.models if model is not base]
        return sealed(node, base, self.meanings) or UNKNOWN

    def _inside(self, body: list[ast.stmt], scope: Scope, x: str) -> Any:
        """What the variable `x` is after these statements."""
        outer, self.scope = self.scope, scope
        self.budget.calls += 1
        try:
            self.body(body)
            return scope.names.get(x, UNKNOWN)
        finally:
            self.scope = outer
            self.budget.calls -= 1

    def do_for(self, node: ast.For) -> Any:
        """`for _ in range(n):` around bricks is a Block without a name."""
        if isinstance(node.body[0], ast.If) and _names(node.body[0], "isinstance"):
            return None  # BatchNormalization, which stays as it is under any padlock
        x = _last_target(node.body)
        before = self.scope.names.get(x) if x else None
        times = self._times(node)
        if x is None or times is None or not isinstance(before, Node):
            return super().do_for(node)
        floor = self.meanings.node(None, ())
        self.scope.names[x] = floor
        self.body(node.body)
        top = self.scope.names[x]
        inside = Inside(floor, top if isinstance(top, Node) else floor, times)
        made = self.meanings.node(inside, (before,), line=node.lineno)
        self.scope.names[x] = made
        return None

    def _times(self, node: ast.For) -> Any:
        """The count of `range(count)`, a number or a Ref; None of any other loop."""
        count = _count(node)
        value = self.value(count) if count is not None else None
        known = isinstance(value, int | Ref) and not isinstance(value, bool)
        return value if known else None


def _title(node: ast.FunctionDef | ast.AsyncFunctionDef, needed: bool) -> str | None:
    """The Block's name: the first line of the docstring. One that could not be printed
    is the function's own where without a name it would have been a loop."""
    title = (ast.get_docstring(node) or "").split("\n")[0]
    if title and title != _NAMELESS:
        return title
    return node.name if needed else None


def _repeated(
    body: list[ast.stmt], bound: dict[str, Any]
) -> tuple[list[ast.stmt], Any]:
    """The statements of the loop that is all of a Block's function, and its count."""
    if "repeat" not in bound:
        return body, None
    loops = [part for part in body if isinstance(part, ast.For)]
    rest = [part for part in body if not isinstance(part, ast.For | ast.Expr)]
    if not any(_names(part, "repeat") for part in body):
        return body, bound["repeat"]  # a loop around nothing is left out
    if rest or len(loops) != 1:
        return body, None
    count = _count(loops[0])
    if not isinstance(count, ast.Name) or count.id != "repeat":
        return body, None
    return loops[0].body, bound["repeat"]


def _names(part: ast.AST, name: str) -> bool:
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(part))


def _count(node: ast.For) -> ast.expr | None:
    call = node.iter
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return None
    if call.func.id != "range" or len(call.args) != 1 or call.keywords:
        return None
    return call.args[0]


def _last_target(body: list[ast.stmt]) -> str | None:
    """The variable that the last statement sets, a loop's own last one included."""
    last = body[-1]
    while isinstance(last, ast.For):
        last = last.body[-1]
    if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        return last.targets[0].id
    return None


def _from_around(name: str, value: Any) -> bool:
    """Whether a parameter only hands on the one of the same name from around."""
    return isinstance(value, Ref) and value.parameter == name
