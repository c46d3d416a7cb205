"""The kinds of setting whose value may be a tuple: sizes, sides, ranges, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from bricks.param import (
    Limited,
    Param,
    both,
    is_number,
    is_pair,
    is_whole,
    numbers_in,
    pair_of,
)
from bricks.words import N_, Text


@dataclass(frozen=True, kw_only=True)
class Sizes(Limited):
    """A few whole numbers, as a target_shape has them; `longest` counts them."""

    least: int = 1
    most: int = 1_000_000
    longest: int = 4
    examples: tuple[tuple[int, ...], ...] = ((1,),)
    kind: ClassVar[str] = "sizes"

    def has_type(self, value: Any) -> bool:
        return isinstance(value, tuple) and len(value) > 0 and all(map(is_whole, value))

    def wrong(self, value: Any) -> Text | None:
        if self.has_type(value) and len(value) <= self.longest and self.within(*value):
            return None
        return Text(
            N_("1 to {longest} whole numbers from {least} to {most}"),
            {"longest": self.longest, "least": self.least, "most": self.most},
        )

    def nearest(self, value: Any) -> tuple[int, ...]:
        return tuple(map(self.clamped, value[: self.longest]))

    def samples(self) -> tuple[tuple[int, ...], ...]:
        return self.examples

    def about(self) -> dict[str, Any]:
        return super().about() | {"longest": self.longest}

    def schema(self) -> dict[str, Any]:
        return {
            "type": "array",
            "items": self.one("integer"),
            "minItems": 1,
            "maxItems": self.longest,
        }


@dataclass(frozen=True, kw_only=True)
class Sides(Limited):
    """How much on each side of a map: one number, (height, width), or both sides of
    each: ((top, bottom), (left, right))."""

    least: int = 0
    most: int = 1_024
    kind: ClassVar[str] = "sides"

    def has_type(self, value: Any) -> bool:
        return is_whole(value) or is_pair(value, is_whole) or _four(value)

    def wrong(self, value: Any) -> Text | None:
        if self.has_type(value) and self.within(*numbers_in(value)):
            return None
        return self.limits(
            N_(
                "one whole number, or height and width, or a number for each side, "
                "from {least} to {most}"
            )
        )

    def nearest(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self.nearest, value))
        return self.clamped(value)

    def samples(self) -> tuple[Any, ...]:
        return (self.least, 1, (1, 2), ((0, 1), (3, 0)))

    def schema(self) -> dict[str, Any]:
        whole = self.one("integer")
        return self.either(whole, pair_of(whole), pair_of(pair_of(whole)))


def _four(value: Any) -> bool:
    return is_pair(value, lambda side: is_pair(side, is_whole))


def sides(value: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """((top, bottom), (left, right)) of a Sides' value.

    >>> sides(1), sides((1, 2)), sides(((0, 1), (2, 3)))
    (((1, 1), (1, 1)), ((1, 1), (2, 2)), ((0, 1), (2, 3)))
    """
    height, width = both(value)
    return both(height), both(width)


@dataclass(frozen=True, kw_only=True)
class Range(Limited):
    """How far chance may go: one number for both ways, or (lower, upper); only the
    latter where it has `ends`."""

    least: float = -1.0
    most: float = 1.0
    ends: bool = False
    kind: ClassVar[str] = "range"

    def has_type(self, value: Any) -> bool:
        if value is None:
            return self.optional
        return is_pair(value, is_number) or (is_number(value) and not self.ends)

    def wrong(self, value: Any) -> Text | None:
        numbers = numbers_in(value)
        if self.has_type(value) and self.within(*numbers) and _rises(numbers):
            return None
        if self.ends:
            return self.limits(N_("a lower and an upper number, {least} to {most}"))
        return self.limits(
            N_("one number, or a lower and an upper one, from {least} to {most}")
        )

    def nearest(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(sorted(map(self.clamped, value)))
        return None if value is None else self.clamped(value)

    def samples(self) -> tuple[Any, ...]:
        middle = (self.least + self.most) / 2
        values: tuple[Any, ...] = ((self.least, middle), (middle, self.most))
        values = values if self.ends else (self.most / 4, self.most, *values)
        return (*values, None) if self.optional else values

    def about(self) -> dict[str, Any]:
        return super().about() | {"ends": self.ends}

    def schema(self) -> dict[str, Any]:
        one = self.one("number")
        return (
            self.either(pair_of(one)) if self.ends else self.either(one, pair_of(one))
        )


def _rises(numbers: tuple[float, ...]) -> bool:
    return len(numbers) < 2 or numbers[0] <= numbers[1]


PENALTIES = {"l1": "L1", "l2": "L2"}  # name -> class of keras.regularizers


@dataclass(frozen=True, kw_only=True)
class Penalty(Limited):
    """What large weights cost: None, or a name of PENALTIES and how much."""

    default: Any = None
    least: float = 0.0
    most: float = 10.0
    optional: bool = True
    kind: ClassVar[str] = "penalty"

    def has_type(self, value: Any) -> bool:
        if value is None:
            return True
        if not isinstance(value, tuple) or len(value) != 2:
            return False
        return isinstance(value[0], str) and is_number(value[1])

    def wrong(self, value: Any) -> Text | None:
        if value is None:
            return None
        known = self.has_type(value) and value[0] in PENALTIES
        if known and self.within(value[1]):
            return None
        return self.limits(N_("none, or l1 or l2 with a number from {least} to {most}"))

    def nearest(self, value: Any) -> Any:
        if value is None:
            return None
        return value[0] if value[0] in PENALTIES else "l2", self.clamped(value[1])

    def samples(self) -> tuple[Any, ...]:
        return (None, ("l1", 0.001), ("l2", 0.01))

    def written(self, value: Any) -> str | None:
        if value is None:
            return None
        return f"keras.regularizers.{PENALTIES[value[0]]}({value[1]!r})"

    def about(self) -> dict[str, Any]:
        return super().about() | {"names": list(PENALTIES)}

    def schema(self) -> dict[str, Any]:
        parts = [{"enum": list(PENALTIES)}, self.one("number")]
        pair = {
            "type": "array",
            "prefixItems": parts,
            "items": False,
            "minItems": 2,
            "maxItems": 2,
        }
        return self.either(pair)


@dataclass(frozen=True, kw_only=True)
class Several(Param):
    """Any number of a few words, each once."""

    choices: tuple[str, ...]
    kind: ClassVar[str] = "several"

    def has_type(self, value: Any) -> bool:
        return isinstance(value, tuple) and all(isinstance(word, str) for word in value)

    def wrong(self, value: Any) -> Text | None:
        known = self.has_type(value) and set(value) <= set(self.choices)
        if known and len(set(value)) == len(value):
            return None
        return Text(N_("some of {names}"), {"names": ", ".join(self.choices)})

    def nearest(self, value: Any) -> tuple[str, ...]:
        return tuple(word for word in self.choices if word in value)

    def samples(self) -> tuple[tuple[str, ...], ...]:
        return ((), self.choices[:1], self.choices)

    def about(self) -> dict[str, Any]:
        return super().about() | {"choices": list(self.choices)}

    def schema(self) -> dict[str, Any]:
        words = {"enum": list(self.choices)}
        return {"type": "array", "items": words, "uniqueItems": True}
