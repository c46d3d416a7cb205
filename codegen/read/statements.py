"""Statements: each kind of node by a method of its name; all others are passed over."""

from __future__ import annotations

import ast
from typing import Any

from bricks.words import N_
from codegen.read import operators
from codegen.read.budget import MOST_ROUNDS, Budget
from codegen.read.calls import Calls, Given
from codegen.read.expressions import truth
from codegen.read.meanings import Meanings
from codegen.read.names import canonical
from codegen.read.notes import Notes
from codegen.read.seen import Seen
from codegen.read.values import (
    UNKNOWN,
    Class,
    Function,
    Model,
    Name,
    Node,
    Scope,
)

_BREAK, _CONTINUE = object(), object()


class Reader(Calls):
    """Goes through code statement by statement, as if it were running."""

    def __init__(self, notes: Notes, budget: Budget) -> None:
        self.notes = notes
        self.budget = budget
        self.seen = Seen()
        self.meanings = Meanings(notes, self.seen, budget)
        self.scope = self.whole = Scope()

    def body(self, nodes: list[ast.stmt]) -> Any:
        """Go through statements; what ends them early, or None."""
        for node in nodes:
            self.budget.take()
            method = getattr(self, f"do_{type(node).__name__.lower()}", None)
            ended = method(node) if method else None
            if ended is not None:
                return ended
        return None

    def do_expr(self, node: ast.Expr) -> None:
        """An expression by itself, such as a call."""
        self.value(node.value)

    def do_assign(self, node: ast.Assign) -> None:
        """`a = b = 1`."""
        value = self.value(node.value)
        if isinstance(value, Model) and isinstance(node.targets[0], ast.Name):
            value.name = value.name or node.targets[0].id
        for target in node.targets:
            self.bind(target, value)

    def do_annassign(self, node: ast.AnnAssign) -> None:
        """`a: int = 1`."""
        if node.value is not None:
            self.bind(node.target, self.value(node.value))

    def do_augassign(self, node: ast.AugAssign) -> None:
        """`a += 1`."""
        left, right = self.value(node.target), self.value(node.value)
        if isinstance(left, Node) or isinstance(right, Node):
            sides = ast.BinOp(node.target, node.op, node.value)
            sides.lineno = node.lineno
            value = self.arithmetic(sides, left, right)
        else:
            value = self.budget.pay(operators.binary(node.op, left, right))
        self.bind(node.target, value)

    def do_if(self, node: ast.If) -> Any:
        """The part that holds; of what can't be known, the first that makes layers."""
        holds = truth(self.value(node.test))
        if holds is not UNKNOWN:
            return self.body(node.body if holds else node.orelse)
        before = self._made()
        ended = self._maybe(node.body)
        if self._made() == before:
            return ended or self._maybe(node.orelse)
        if node.orelse:
            said = N_("Whether this holds can't be known; its first part is taken.")
            self.notes.say(node.lineno, said)
        return ended

    def _maybe(self, nodes: list[ast.stmt]) -> Any:
        """Statements that may not run: only a value that they return ends the rest."""
        ended = self.body(nodes)
        kept = isinstance(ended, Given) and isinstance(ended.value, Node | Model)
        return ended if kept else None

    def _made(self) -> int:
        """How much of models there is, to tell whether statements made any."""
        steps = sum(len(model.steps or ()) for model in self.seen.models)
        return steps + len(self.seen.models) + self.meanings.made

    def do_for(self, node: ast.For) -> Any:
        """One round for each item."""
        items, made = self.rounds(self.value(node.iter)), self._made()
        for number, item in enumerate(items):
            if number == MOST_ROUNDS:
                return self._endless(node, made)
            self.bind(node.target, item)
            ended = self.body(node.body)
            if ended is _BREAK:
                return None
            if isinstance(ended, Given):
                return ended
        return self.body(node.orelse)

    def do_while(self, node: ast.While) -> Any:
        """As long as it holds; once where that can't be known."""
        made = self._made()
        for _ in range(MOST_ROUNDS):
            holds = truth(self.value(node.test))
            if holds is False:
                return self.body(node.orelse)
            ended = self.body(node.body)
            if ended is _BREAK or holds is UNKNOWN:
                return None
            if isinstance(ended, Given):
                return ended
        return self._endless(node, made)

    def _endless(self, node: ast.For | ast.While, made: int) -> None:
        """Leave a loop; a training loop, which makes no layers, without a word."""
        if self._made() == made:
            return
        said = N_("This loop has more than {count} rounds; here the reading leaves it.")
        self.notes.say(node.lineno, said, count=MOST_ROUNDS)

    def do_break(self, _: ast.Break) -> Any:
        """Leave the loop."""
        return _BREAK

    def do_continue(self, _: ast.Continue) -> Any:
        """The next round."""
        return _CONTINUE

    def do_return(self, node: ast.Return) -> Any:
        """Leave the function."""
        return Given(self.value(node.value))

    def do_with(self, node: ast.With) -> Any:
        """`with strategy.scope():`."""
        for item in node.items:
            value = self.value(item.context_expr)
            if item.optional_vars is not None:
                self.bind(item.optional_vars, value)
        return self.body(node.body)

    def do_try(self, node: ast.Try) -> Any:
        """As if nothing went wrong."""
        return self.body(node.body) or self.body([*node.orelse, *node.finalbody])

    def do_functiondef(self, node: ast.FunctionDef) -> None:
        """Keep a function; it is gone through where it is called."""
        self.scope.put(node.name, Function(node, self.scope))

    do_asyncfunctiondef = do_functiondef

    def do_classdef(self, node: ast.ClassDef) -> None:
        """Keep a class with what its body sets."""
        bases = tuple(str(self.value(base)) for base in node.bases)
        scope = Scope(behind=self.scope)
        outer, self.scope = self.scope, scope
        try:
            self.body(node.body)
        finally:
            self.scope = outer
        self.scope.put(node.name, Class(node.name, bases, scope, node.lineno))

    def do_global(self, node: ast.Global) -> None:
        """`global a`: the name is the module's."""
        self.scope.shared |= dict.fromkeys(node.names, self.whole)

    def do_import(self, node: ast.Import) -> None:
        """`import keras.layers as L`."""
        for alias in node.names:
            path = canonical(alias.name)
            if alias.asname:
                self.scope.put(alias.asname, Name(path))
            else:
                root = alias.name.partition(".")[0]
                self.scope.put(root, Name(canonical(root)))

    def do_importfrom(self, node: ast.ImportFrom) -> None:
        """`from keras.layers import Dense`; names by `*` are known without it."""
        for alias in node.names:
            if alias.name != "*":
                path = canonical(f"{node.module or ''}.{alias.name}".strip("."))
                self.scope.put(alias.asname or alias.name, Name(path))
