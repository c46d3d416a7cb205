"""Settings of a data brick that its data set gives, and no person types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from bricks.param import Param
from bricks.words import N_, Text

LONGEST = 400  # characters of one text
MOST = 100_000  # entries of one list
LARGEST = 10**12  # number


@dataclass(frozen=True, kw_only=True)
class Bound(Param):
    """What a data set says of itself, set when the tower is put on it.

    `form` is `str`, `int` or `float` (which holds whole numbers too), a list with the
    form of every entry of a tuple, or a tuple with the form of each entry. No widget
    shows it, and no code of others gives it. `parts` names what a list is made of that
    is empty or whole.
    """

    form: Any
    parts: tuple[str, ...] = ()
    help: str = ""
    kind: ClassVar[str] = "bound"

    def has_type(self, value: Any) -> bool:
        if not _has(value, self.form):
            return False
        return not self.parts or len(value) in (0, len(self.parts))

    def wrong(self, value: Any) -> Text | None:
        return None if self.has_type(value) else Text(N_("as the data set has it"))

    def nearest(self, value: Any) -> Any:
        return value if self.has_type(value) else self.default

    def samples(self) -> tuple[Any, ...]:
        return (self.default,)

    def schema(self) -> dict[str, Any]:
        return _schema(self.form)


def _has(value: Any, form: Any) -> bool:
    """
    >>> _has((("a", 1),), [(str, int)]), _has((("a",),), [(str, int)])
    (True, False)
    """
    if isinstance(form, list):
        rows = isinstance(value, tuple) and len(value) <= MOST
        return rows and all(_has(one, form[0]) for one in value)
    if isinstance(form, tuple):
        fits = isinstance(value, tuple) and len(value) == len(form)
        return fits and all(map(_has, value, form))
    if isinstance(value, bool):
        return False
    if form is str:
        return isinstance(value, str) and len(value) <= LONGEST and _seen(value)
    number = isinstance(value, int) or (form is float and isinstance(value, float))
    return number and abs(value) <= LARGEST


def _seen(text: str) -> bool:
    """Whether nothing in it is out of sight; a tab alone parts a table's columns."""
    return text.isprintable() or text == "\t"


def _schema(form: Any) -> dict[str, Any]:
    if isinstance(form, list):
        return {"type": "array", "items": _schema(form[0]), "maxItems": MOST}
    if isinstance(form, tuple):
        each = {"prefixItems": [_schema(one) for one in form]}
        return {"type": "array", "minItems": len(form), "maxItems": len(form)} | each
    if form is str:
        return {"type": "string", "maxLength": LONGEST}
    return {"type": "integer" if form is int else "number"}
