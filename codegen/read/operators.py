"""Arithmetic that can't grow: what is too large, or goes wrong, is UNKNOWN."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from typing import Any

from codegen.read.values import UNKNOWN

MOST_BITS = 64
MOST_ITEMS = 10_000  # of a list or a text
FAULTS = (ArithmeticError, TypeError, ValueError, LookupError, AttributeError)
_ROW = (str, list, tuple)

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.BitXor: operator.xor,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
}


def small(value: Any) -> Any:
    """The value, or UNKNOWN where it is larger than any that bricks need.

    >>> small(2**70), small(7)
    (?, 7)
    """
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return UNKNOWN
    if isinstance(value, _ROW) and len(value) > MOST_ITEMS:
        return UNKNOWN
    if isinstance(value, complex | bytes):
        return UNKNOWN
    return value


def binary(sign: ast.operator, left: Any, right: Any) -> Any:
    """`left sign right` of numbers, texts and lists."""
    if isinstance(sign, ast.Mod) and isinstance(left, str):
        return percent(left, right)
    if not (_plain(left) and _plain(right)):
        return UNKNOWN
    if isinstance(sign, ast.Pow):
        return _power(left, right)
    if isinstance(sign, ast.Mult) and _too_many(left, right):
        return UNKNOWN
    if isinstance(sign, ast.LShift | ast.RShift):
        return _shift(sign, left, right)
    return _tried(_BINARY.get(type(sign)), left, right)


def unary(sign: ast.unaryop, value: Any) -> Any:
    """`sign value`; whether something unknown is not, is unknown."""
    return _tried(_UNARY.get(type(sign)), value) if _plain(value) else UNKNOWN


def compare(sign: ast.cmpop, left: Any, right: Any) -> Any:
    """`left sign right`; only of what is certain and flat."""
    if isinstance(sign, ast.Is | ast.IsNot):
        known = left is not UNKNOWN and right is not UNKNOWN
        same = left is right or (_scalar(left) and _scalar(right) and left == right)
        return (same is isinstance(sign, ast.Is)) if known else UNKNOWN
    if isinstance(sign, ast.In | ast.NotIn):
        return _within(sign, left, right)
    if not (flat(left) and flat(right)):
        return UNKNOWN
    return _tried(_COMPARE.get(type(sign)), left, right)


def _within(sign: ast.cmpop, left: Any, right: Any) -> Any:
    if isinstance(right, dict):
        right = tuple(right)
    if not (flat(left) and flat(right)):
        return UNKNOWN
    found = _tried(operator.contains, right, left)
    return found if found is UNKNOWN else found is isinstance(sign, ast.In)


def _tried(action: Callable[..., Any] | None, *values: Any) -> Any:
    if action is None:
        return UNKNOWN
    try:
        return small(action(*values))
    except FAULTS:
        return UNKNOWN


def _scalar(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str)


def _plain(value: Any) -> bool:
    return _scalar(value) or isinstance(value, list | tuple)


def flat(value: Any) -> bool:
    """Whether a value is a scalar or a row of scalars: it compares in no time."""
    if isinstance(value, list | tuple):
        return all(_scalar(item) for item in value)
    return _scalar(value)


def _power(base: Any, exponent: Any) -> Any:
    if not all(isinstance(n, int | float) for n in (base, exponent)):
        return UNKNOWN
    whole = isinstance(base, int) and isinstance(exponent, int)
    if whole and abs(exponent) * max(1, base.bit_length()) > 4 * MOST_BITS:
        return UNKNOWN
    return _tried(operator.pow, base, exponent)


def _shift(sign: ast.operator, left: Any, right: Any) -> Any:
    if not (isinstance(left, int) and isinstance(right, int)):
        return UNKNOWN
    if not 0 <= right <= MOST_BITS:
        return UNKNOWN
    return small(left << right if isinstance(sign, ast.LShift) else left >> right)


def _too_many(left: Any, right: Any) -> bool:
    for row, times in ((left, right), (right, left)):
        if isinstance(row, _ROW) and isinstance(times, int):
            return len(row) * max(0, times) > MOST_ITEMS
    return False


def percent(template: str, values: Any) -> Any:
    """`"block%d" % 3`: only of plain %d, %s and %i, which can't grow."""
    rest = list(values) if isinstance(values, tuple) else [values]
    if len(re.findall(r"%[dsi]", template)) != len(rest) or not flat(tuple(rest)):
        return UNKNOWN
    if re.search(r"%(?![dsi])", template):
        return UNKNOWN
    return small(re.sub(r"%[dsi]", lambda _: str(rest.pop(0))[:100], template))


def braces(template: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """`"block{}".format(3)`: only of plain {}, {0} and {name}."""
    rest = list(args)

    def value(match: re.Match[str]) -> str:
        key = match[1]
        found = named[key] if key in named else args[int(key)] if key else rest.pop(0)
        if not _scalar(found):
            raise ValueError
        return str(found)[:100]

    return _tried(lambda: re.sub(r"\{(\w{0,30})\}", value, template))


def formatted(value: Any, spec: str) -> Any:
    """A value in an f-string; a format that could grow is UNKNOWN."""
    if not _scalar(value) or not re.fullmatch(r"0?\d{0,2}(\.\d)?[a-z%]?", spec):
        return UNKNOWN
    return _tried(format, value, spec) if spec else small(str(value))
