"""A value of the code as the value of a brick's setting, by the setting's kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bricks.param import Param
from bricks.tower import Ref
from codegen.layer import snake
from codegen.read.aliases import ACTIVATIONS, FUNCTIONS, INITIALIZERS
from codegen.read.values import UNKNOWN, Function, Made, Name

MOST_DEEP = 3  # as in ((1, 2), (3, 4)), in a list
MOST_LONG = (8, 8, 8, 1_000)  # items, by how deep lists may still go


class _Nothing:
    """No value that this setting can take."""


NOTHING = _Nothing()


def setting(param: Param, value: Any, exact: bool = False) -> Any:
    """The value that the setting takes, NOTHING where it takes none.

    `exact` leaves the value as it stands; else `(3, 3)` becomes 3, as people type it.
    """
    if isinstance(value, Ref):
        return value
    value = _penalty(value) if param.kind == "penalty" else plain(value)
    if value is UNKNOWN:
        return NOTHING
    if isinstance(value, str) and param.kind == "choice":
        value = _word(param, value)
    if not exact:
        value = _shorter(param, value)
    return value if param.has_type(value) and _takes(param, value) else NOTHING


def _takes(param: Param, value: Any) -> bool:
    """Numbers out of their limits are left to the walk, which can mend; words not."""
    return param.kind != "choice" or param.wrong(value) is None


def _shorter(param: Param, value: Any) -> Any:
    if isinstance(value, tuple) and _same_number(value):
        short = param.kind in ("pair", "sides") and not param.wrong(value[0])
        return value[0] if short or param.kind == "whole" else value
    if isinstance(value, float) and value.is_integer() and not param.has_type(value):
        return int(value)
    if param.kind == "flag" and value in (0, 1):
        return bool(value)
    return value


def _same_number(row: tuple[Any, ...]) -> bool:
    """Whether a row has one or two items, and they are one number."""
    numbers = all(isinstance(item, int) for item in row)
    return len(row) in (1, 2) and numbers and row[0] == row[-1]


def plain(value: Any, deep: int = MOST_DEEP) -> Any:
    """A value without classes: lists as tuples, objects as their names; UNKNOWN where
    it has more lists in lists, or longer ones, than any setting."""
    if isinstance(value, list | tuple):
        if deep == 0 or len(value) > MOST_LONG[deep]:
            return UNKNOWN
        items = tuple(plain(item, deep - 1) for item in value)
        return UNKNOWN if UNKNOWN in items else items
    if isinstance(value, Made | Name):
        name = value.kind if isinstance(value, Made) else value.last
        return FUNCTIONS.get(name) or snake(name)
    if isinstance(value, Function):
        return UNKNOWN
    if isinstance(value, float) and value != value:
        return UNKNOWN
    return value


def _word(param: Param, word: str) -> str:
    lowered = word.lower()
    for table in (ACTIVATIONS, INITIALIZERS):
        lowered = table.get(lowered, lowered)
    return word if param.wrong(word) is None else lowered


def _penalty(value: Any) -> Any:
    """`l2(0.001)`, `"l2"` and `regularizers.L1(l1=0.01)` as ("l2", 0.001)."""
    if isinstance(value, Name):
        value = value.last
    if isinstance(value, str):
        return (value.lower(), 0.01)
    if not isinstance(value, Made) or value.kind.lower() not in ("l1", "l2"):
        return UNKNOWN if value is not None else None
    word = value.kind.lower()
    strength = value.args[0] if value.args else _strength(value.named, word)
    return (word, strength) if isinstance(strength, int | float) else UNKNOWN


def _strength(named: Mapping[str, Any], word: str) -> Any:
    return named.get(word, named.get("l", 0.01))
