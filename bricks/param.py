"""The kinds of setting a brick can have: their limits, samples and JSON."""

from __future__ import annotations

import math
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


def _is_whole(value: Any) -> bool:
    """A whole number that a browser, too, can hold exactly."""
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and abs(value) <= MOST_EXACT
    )


def _clamp(value: Any, least: Any, most: Any) -> Any:
    return max(least, min(most, value))


@dataclass(frozen=True, kw_only=True)
class Whole(Param):
    """A whole number from `least` to `most`."""

    least: int = 1
    most: int = 65_536
    kind: ClassVar[str] = "whole"

    def has_type(self, value: Any) -> bool:
        return _is_whole(value)

    def wrong(self, value: Any) -> Text | None:
        if _is_whole(value) and self.least <= value <= self.most:
            return None
        return Text(
            N_("a whole number from {least} to {most}"),
            {"least": self.least, "most": self.most},
        )

    def nearest(self, value: Any) -> int:
        return _clamp(value, self.least, self.most)

    def samples(self) -> tuple[int, ...]:
        return tuple({max(1, self.least), min(3, self.most), min(17, self.most)})

    def about(self) -> dict[str, Any]:
        return super().about() | {"least": self.least, "most": self.most}

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, kw_only=True)
class Share(Param):
    """A number from `least` to `most`, such as the part that Dropout drops."""

    least: float = 0.0
    most: float = 0.99
    kind: ClassVar[str] = "share"

    def has_type(self, value: Any) -> bool:
        return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))

    def wrong(self, value: Any) -> Text | None:
        if self.has_type(value) and self.least <= value <= self.most:
            return None
        return Text(
            N_("a number from {least} to {most}"),
            {"least": self.least, "most": self.most},
        )

    def nearest(self, value: Any) -> float:
        return _clamp(value, self.least, self.most)

    def samples(self) -> tuple[float, ...]:
        return (self.least, (self.least + self.most) / 2, self.most)

    def about(self) -> dict[str, Any]:
        return super().about() | {"least": self.least, "most": self.most}

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": self.least, "maximum": self.most}


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
class Pair(Param):
    """Height and width: one whole number for both, or two; None where `optional`."""

    least: int = 1
    most: int = 1_024
    optional: bool = False
    kind: ClassVar[str] = "pair"

    def has_type(self, value: Any) -> bool:
        if value is None:
            return self.optional
        return _is_whole(value) or (
            isinstance(value, tuple)
            and len(value) == 2
            and all(_is_whole(n) for n in value)
        )

    def wrong(self, value: Any) -> Text | None:
        sides = both(value) if value is not None and self.has_type(value) else ()
        fits = all(self.least <= n <= self.most for n in sides)
        if fits and self.has_type(value):
            return None
        return Text(
            N_("one whole number, or height and width, from {least} to {most}"),
            {"least": self.least, "most": self.most},
        )

    def nearest(self, value: Any) -> int | tuple[int, int] | None:
        if value is None:
            return None
        height, width = (_clamp(n, self.least, self.most) for n in both(value))
        return height if height == width else (height, width)

    def samples(self) -> tuple[Any, ...]:
        values = (max(1, self.least), 2, (2, 3), (3, 1))
        return (*values, None) if self.optional else values

    def about(self) -> dict[str, Any]:
        return super().about() | {
            "least": self.least,
            "most": self.most,
            "optional": self.optional,
        }

    def schema(self) -> dict[str, Any]:
        whole = {"type": "integer", "minimum": self.least, "maximum": self.most}
        pair = {"type": "array", "items": whole, "minItems": 2, "maxItems": 2}
        shut = [{"type": "null"}] if self.optional else []
        return {"anyOf": [whole, pair, *shut]}


def both(value: int | tuple[int, int]) -> tuple[int, int]:
    """Height and width of a Pair's value.

    >>> both(3), both((2, 3))
    ((3, 3), (2, 3))
    """
    return (value, value) if isinstance(value, int) else value
