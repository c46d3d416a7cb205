"""Calls laid out on lines as ruff's formatter would lay them out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bricks.literal import WIDTH


@dataclass(frozen=True)
class Call:
    """`head(arguments)tail`; with square brackets and no head it is a list."""

    head: str
    arguments: tuple[str | Call, ...] = ()
    tail: str = ""
    brackets: str = "()"


def flat(node: str | Call) -> str:
    """The source on one line.

    >>> flat(Call("f", ("1", Call("g", tail="(x)"))))
    'f(1, g()(x))'
    """
    if isinstance(node, str):
        return node
    left, right = tuple(node.brackets)
    inside = ", ".join(flat(argument) for argument in node.arguments)
    return f"{node.head}{left}{inside}{right}{node.tail}"


def laid(node: str | Call, indent: int, before: str = "", after: str = "") -> list[str]:
    """The source as lines: whole, or its arguments on a line, or each on its own.

    `before` and `after` stand around it on its first and last line.
    """
    margin = " " * indent
    whole = f"{margin}{before}{flat(node)}{after}"
    if len(whole) <= WIDTH or isinstance(node, str):
        return [whole]
    if node.tail.startswith("("):
        called = f"{margin}{before}{flat(replace(node, tail=''))}("
        if len(called) <= WIDTH:
            return [called, f"{margin}    {node.tail[1:-1]}", f"{margin}){after}"]
    left, right = tuple(node.brackets)
    first, last = (
        f"{margin}{before}{node.head}{left}",
        f"{margin}{right}{node.tail}{after}",
    )
    inner = f"{margin}    {', '.join(map(flat, node.arguments))}"
    if len(inner) <= WIDTH and node.brackets == "()":
        return [first, inner, last]
    comma = "," if len(node.arguments) > 1 or node.brackets == "[]" else ""
    rows = [
        row
        for argument in node.arguments
        for row in laid(argument, indent + 4, after=comma)
    ]
    return [first, *rows, last]
