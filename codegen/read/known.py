"""Functions of Python and NumPy that the reader works out itself, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from codegen.read.operators import FAULTS, MOST_ITEMS, flat, small
from codegen.read.values import UNKNOWN

_LIMIT = 10**12


def _range(*ends: Any) -> Any:
    if not all(isinstance(n, int) and abs(n) < _LIMIT for n in ends):
        return UNKNOWN
    return range(*ends)


def _row(value: Any = ()) -> list[Any]:
    """The items of a row; ValueError where it is none, or too long."""
    if not isinstance(value, range | list | tuple | dict | str):
        raise ValueError
    if len(value) > MOST_ITEMS:
        raise ValueError
    return list(value)


def _int(value: Any, *_: Any) -> Any:
    if isinstance(value, str) and len(value) > 20:
        return UNKNOWN
    return int(value)


def _str(value: Any = "") -> Any:
    return (
        str(value) if flat(value) and not isinstance(value, list | tuple) else UNKNOWN
    )


def _enumerate(value: Any, start: int = 0) -> Any:
    return list(enumerate(_row(value), start))


def _zip(*rows: Any) -> Any:
    return list(zip(*(_row(row) for row in rows)))


def _flat(action: Callable[..., Any]) -> Callable[..., Any]:
    """The action for scalars and rows of scalars only, which it takes no time for."""

    def act(*values: Any) -> Any:
        if any(isinstance(value, range) for value in values):
            values = tuple(_row(v) if isinstance(v, range) else v for v in values)
        return action(*values) if all(map(flat, values)) else UNKNOWN

    return act


def _product(row: Any) -> Any:
    return math.prod(row) if len(row) < 20 else UNKNOWN


KNOWN: dict[str, Callable[..., Any]] = {
    "range": _range,
    "xrange": _range,
    "len": len,
    "list": _row,
    "tuple": lambda value=(): tuple(_row(value)),
    "dict": lambda **named: named,
    "int": _flat(_int),
    "float": _flat(float),
    "str": _str,
    "bool": _flat(bool),
    "min": _flat(min),
    "max": _flat(max),
    "sum": _flat(sum),
    "abs": _flat(abs),
    "round": _flat(round),
    "sorted": _flat(sorted),
    "reversed": lambda row: _row(row)[::-1],
    "enumerate": _enumerate,
    "zip": _zip,
    "math.ceil": _flat(math.ceil),
    "math.floor": _flat(math.floor),
    "math.sqrt": _flat(math.sqrt),
    "math.log2": _flat(math.log2),
    "numpy.prod": _flat(_product),
    "numpy.sqrt": _flat(math.sqrt),
    "numpy.ceil": _flat(math.ceil),
    "numpy.floor": _flat(math.floor),
    "numpy.arange": _range,
}


def worked_out(path: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What a function of the table gives, UNKNOWN where that goes wrong."""
    if any(arg is UNKNOWN for arg in args):
        return UNKNOWN
    try:
        return small(KNOWN[path](*args, **named))
    except FAULTS:
        return UNKNOWN


def method_of_text(text: str, name: str, args: tuple[Any, ...]) -> Any:
    """`"a".upper()` and the like; only what can't grow."""
    if name in ("upper", "lower", "strip", "title") and not args:
        return getattr(text, name)()
    if name in ("startswith", "endswith") and args and isinstance(args[0], str):
        return bool(getattr(text, name)(args[0]))
    if name == "join" and len(args) == 1:
        return _joined(text, args[0])
    return UNKNOWN


def _joined(text: str, parts: Any) -> Any:
    if not isinstance(parts, list | tuple):
        return UNKNOWN
    if not all(isinstance(part, str) for part in parts):
        return UNKNOWN
    size = sum(map(len, parts)) + len(text) * len(parts)
    return text.join(parts) if size <= MOST_ITEMS else UNKNOWN


def method_of_row(row: list[Any], name: str, args: tuple[Any, ...]) -> Any:
    """What a list's method does to it; a list that would grow too long stays."""
    if name == "append" and len(args) == 1 and len(row) < MOST_ITEMS:
        row.append(args[0])
        return None
    if name == "extend" and len(args) == 1 and isinstance(args[0], list | tuple):
        if len(row) + len(args[0]) <= MOST_ITEMS:
            row.extend(args[0])
        return None
    if name == "insert" and len(args) == 2 and isinstance(args[0], int):
        row.insert(args[0], args[1])
        return None
    if name == "pop" and row and not args:
        return row.pop()
    if name == "reverse":
        row.reverse()
        return None
    return list(row) if name == "copy" else UNKNOWN


def method_of_table(table: dict[Any, Any], name: str, args: tuple[Any, ...]) -> Any:
    """`items`, `keys`, `values` and `get` of a dict."""
    if name in ("items", "keys", "values") and not args:
        rows = {"items": table.items(), "keys": table, "values": table.values()}
        return list(rows[name])
    if name == "get" and args and isinstance(args[0], str | int):
        return table.get(args[0], args[1] if len(args) > 1 else None)
    return UNKNOWN
