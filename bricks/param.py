"""The kinds of setting a brick can have: their limits, samples and JSON.

Those of several numbers, or of a name and a number, are in `bricks.tuples`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from bricks.words import N_, Text

MOST_EXACT = 2**53  # above it JSON numbers lose their last digits in a browser
REQUIRED = object()  # the default of a setting that Keras has no default for


@dataclass(frozen=True, kw_only=True)
class Param:
    """A setting under Keras' own argument name.

    `positional` settings are always printed, in order and without their name;
    `more` settings stand folded in the inspector.
    """

    name: str
    help: str
    default: Any = REQUIRED
    positional: bool = False
    more: bool = False
    kind: ClassVar[str]
    argument: ClassVar[bool] = True  # of Keras' function: printed in its call

    @property
    def required(self) -> bool:
        return self.default is REQUIRED

    def has_type(self, value: Any) -> bool:
        """Whether a value read from JSON is of this setting's type, limits aside."""
        raise NotImplementedError

    def wrong(self, value: Any) -> Text | None:
        """What the value should have been, or None where it is within the limits."""
        raise NotImplementedError

    def nearest(self, value: Any) -> Any:
        """The allowed value nearest to a value of the right type."""
        raise NotImplementedError

    def samples(self) -> tuple[Any, ...]:
        """Allowed values worth testing."""
        raise NotImplementedError

    def read(self, value: Any) -> Any:
        """The value in memory of a value from JSON, whose lists are tuples here."""
        if isinstance(value, list):
            return tuple(self.read(part) for part in value)
        return value

    def written(self, value: Any) -> str | None:
        """Python source of the value where a plain literal will not do, else None."""
        return None

    def about(self) -> dict[str, Any]:
        """What the inspector needs to draw this setting."""
        default = None if self.required else self.default
        return {
            "name": self.name,
            "kind": self.kind,
            "default": list(default) if isinstance(default, tuple) else default,
            "more": self.more,
        }

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a value within the limits."""
        raise NotImplementedError


def is_whole(value: Any) -> bool:
    """A whole number that a browser, too, can hold exactly."""
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and abs(value) <= MOST_EXACT
    )


def is_number(value: Any) -> bool:
    """A finite number that a browser, too, can hold."""
    return is_whole(value) or (isinstance(value, float) and math.isfinite(value))


def is_pair(value: Any, sound: Callable[[Any], bool]) -> bool:
    """A tuple of two, both of them sound."""
    return isinstance(value, tuple) and len(value) == 2 and all(map(sound, value))


def _clamp(value: Any, least: Any, most: Any) -> Any:
    return max(least, min(most, value))


@dataclass(frozen=True, kw_only=True)
class Limited(Param):
    """A setting of numbers from `least` to `most`; None where `optional`."""

    least: float
    most: float
    optional: bool = False

    def limits(self, template: str) -> Text:
        """The sentence of what is allowed."""
        return Text(template, {"least": self.least, "most": self.most})

    def within(self, *numbers: float) -> bool:
        return all(self.least <= number <= self.most for number in numbers)

    def clamped(self, number: Any) -> Any:
        return _clamp(number, self.least, self.most)

    def about(self) -> dict[str, Any]:
        return super().about() | {
            "least": self.least,
            "most": self.most,
            "optional": self.optional,
        }

    def either(self, *schemas: dict[str, Any]) -> dict[str, Any]:
        """The schema of any of these, or of None where that is allowed."""
        every = [*schemas, *([{"type": "null"}] if self.optional else [])]
        return {"anyOf": every} if len(every) > 1 else every[0]

    def one(self, kind: str) -> dict[str, Any]:
        """The schema of one number."""
        return {"type": kind, "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, kw_only=True)
class Whole(Limited):
    """A whole number from `least` to `most`; None where `optional`."""

    least: int = 1
    most: int = 65_536
    kind: ClassVar[str] = "whole"

    def has_type(self, value: Any) -> bool:
        return is_whole(value) or (value is None and self.optional)

    def wrong(self, value: Any) -> Text | None:
        if value is None and self.optional:
            return None
        if is_whole(value) and self.within(value):
            return None
        return self.limits(N_("a whole number from {least} to {most}"))

    def nearest(self, value: Any) -> int | None:
        return None if value is None else self.clamped(value)

    def samples(self) -> tuple[int | None, ...]:
        numbers = {self.clamped(number) for number in (1, 3, 17)}
        return (*numbers, None) if self.optional else tuple(numbers)

    def schema(self) -> dict[str, Any]:
        return self.either(self.one("integer"))


@dataclass(frozen=True, kw_only=True)
class Real(Limited):
    """A number from `least` to `most`; where `several`, or one for each channel."""

    least: float = -1_000_000.0
    most: float = 1_000_000.0
    several: bool = False
    kind: ClassVar[str] = "real"

    def has_type(self, value: Any) -> bool:
        if value is None:
            return self.optional
        if isinstance(value, tuple):
            return self.several and len(value) > 0 and all(map(is_number, value))
        return is_number(value)

    def wrong(self, value: Any) -> Text | None:
        if self.has_type(value) and self.within(*numbers_in(value)):
            return None
        if self.several:
            return self.limits(
                N_("a number from {least} to {most}, or one for each channel")
            )
        return self.limits(N_("a number from {least} to {most}"))

    def nearest(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self.clamped, value))
        return None if value is None else self.clamped(value)

    def samples(self) -> tuple[Any, ...]:
        middle = self.least + (self.most - self.least) / 4
        few: tuple[Any, ...] = (self.least, middle, self.most)
        few = (*few, (self.least, middle, self.most)) if self.several else few
        return (*few, None) if self.optional else few

    def written(self, value: Any) -> str | None:
        if isinstance(value, tuple) and any(map(fraction, value)):
            parts = ", ".join(fraction(number) or repr(number) for number in value)
            return f"({parts})" if len(value) > 1 else f"({parts},)"
        return fraction(value)

    def about(self) -> dict[str, Any]:
        return super().about() | {"several": self.several}

    def schema(self) -> dict[str, Any]:
        one = self.one("number")
        row = {"type": "array", "items": one, "minItems": 1}
        return self.either(one, row) if self.several else self.either(one)


def numbers_in(value: Any) -> tuple[Any, ...]:
    """The numbers of a value, however deep."""
    if isinstance(value, tuple):
        return tuple(number for part in value for number in numbers_in(part))
    return () if value is None else (value,)


def fraction(value: Any) -> str | None:
    """Source of a number that reads better as a fraction, such as a 255th.

    >>> fraction(1 / 255), fraction(1 / 127.5), fraction(0.1)
    ('1 / 255', '1 / 127.5', None)
    """
    if not isinstance(value, float) or not 0 < value < 1 or len(repr(value)) < 12:
        return None
    below = round(1 / value, 3)
    return f"1 / {below:g}" if below < 100_000 and 1 / below == value else None


@dataclass(frozen=True, kw_only=True)
class Share(Real):
    """A number from `least` to `most`, such as the part that Dropout drops."""

    least: float = 0.0
    most: float = 0.99
    kind: ClassVar[str] = "share"

    def samples(self) -> tuple[float, ...]:
        return (self.least, (self.least + self.most) / 2, self.most)


@dataclass(frozen=True, kw_only=True)
class Choice(Param):
    """One of a few words; None among `choices` means "not given"."""

    choices: tuple[str | None, ...]
    kind: ClassVar[str] = "choice"

    def has_type(self, value: Any) -> bool:
        return isinstance(value, str) or (value is None and None in self.choices)

    def wrong(self, value: Any) -> Text | None:
        if value in self.choices:
            return None
        names = ", ".join(str(choice) for choice in self.choices if choice)
        return Text(N_("one of {names}"), {"names": names})

    def nearest(self, value: Any) -> str | None:
        if value in self.choices:
            return value
        return self.choices[0] if self.required else self.default

    def samples(self) -> tuple[str | None, ...]:
        return self.choices

    def about(self) -> dict[str, Any]:
        return super().about() | {"choices": list(self.choices)}

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.choices)}


@dataclass(frozen=True, kw_only=True)
class Flag(Param):
    """Yes or no."""

    kind: ClassVar[str] = "flag"

    def has_type(self, value: Any) -> bool:
        return isinstance(value, bool)

    def wrong(self, value: Any) -> Text | None:
        return None if isinstance(value, bool) else Text(N_("yes or no"))

    def nearest(self, value: Any) -> bool:
        return bool(value)

    def samples(self) -> tuple[bool, ...]:
        return (True, False)

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class Wrap(Flag):
    """Whether Keras' `layer` is put around the brick: no argument of its own."""

    layer: str
    argument: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class OneOf(Choice):
    """One of a few numbers."""

    choices: tuple[float, ...]  # type: ignore[assignment]

    def has_type(self, value: Any) -> bool:
        return is_number(value)


@dataclass(frozen=True, kw_only=True)
class Pair(Limited):
    """Height and width: one whole number for both, or two; None where `optional`."""

    least: int = 1
    most: int = 1_024
    kind: ClassVar[str] = "pair"

    def has_type(self, value: Any) -> bool:
        if value is None:
            return self.optional
        return is_whole(value) or is_pair(value, is_whole)

    def wrong(self, value: Any) -> Text | None:
        if self.has_type(value) and self.within(*numbers_in(value)):
            return None
        return self.limits(
            N_("one whole number, or height and width, from {least} to {most}")
        )

    def nearest(self, value: Any) -> int | tuple[int, int] | None:
        if value is None:
            return None
        height, width = map(self.clamped, both(value))
        return height if height == width else (height, width)

    def samples(self) -> tuple[Any, ...]:
        values = (max(1, self.least), *map(self.nearest, (2, (2, 3), (3, 1))))
        return (*values, None) if self.optional else values

    def schema(self) -> dict[str, Any]:
        whole = self.one("integer")
        return self.either(whole, pair_of(whole))


def pair_of(items: dict[str, Any]) -> dict[str, Any]:
    """The schema of a list of two."""
    return {"type": "array", "items": items, "minItems": 2, "maxItems": 2}


def both(value: int | tuple[int, int]) -> tuple[int, int]:
    """Height and width of a Pair's value.

    >>> both(3), both((2, 3))
    ((3, 3), (2, 3))
    """
    return (value, value) if isinstance(value, int) else value
