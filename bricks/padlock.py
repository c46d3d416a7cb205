"""The setting of a base that says how much of it is not trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from bricks.param import Param, is_whole
from bricks.words import N_, Text


@dataclass(frozen=True, kw_only=True)
class Padlock(Param):
    """How much of a base is not trained: all of it (True), nothing (False), or the
    first so many of its layers; the first alone is its input, which learns nothing."""

    least: ClassVar[int] = 2
    most: ClassVar[int] = 1_000
    kind: ClassVar[str] = "padlock"
    argument: ClassVar[bool] = False

    def has_type(self, value: Any) -> bool:
        return isinstance(value, bool) or is_whole(value)

    def wrong(self, value: Any) -> Text | None:
        if isinstance(value, bool):
            return None
        if is_whole(value) and self.least <= value <= self.most:
            return None
        told = {"least": self.least, "most": self.most}
        return Text(
            N_("shut, open, or a whole number of layers from {least} to {most}"), told
        )

    def nearest(self, value: Any) -> bool | int:
        if isinstance(value, bool):
            return value
        return False if value < self.least else min(value, self.most)

    def samples(self) -> tuple[bool | int, ...]:
        return (True, False, 7)

    def about(self) -> dict[str, Any]:
        return super().about() | {"least": self.least, "most": self.most}

    def schema(self) -> dict[str, Any]:
        some = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [{"type": "boolean"}, some]}
