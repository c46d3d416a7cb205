"""A misfit as data: what a brick needs, what it got, what to do, and a repair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bricks.words import Text

HERE = "here"  # in an edit of a repair: the brick that has the problem


@dataclass(frozen=True)
class Put:
    """Put a new brick directly under the brick `below`; or on `after`, where that is
    given: a brick's id, or a floor's."""

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    below: str = HERE
    after: str | None = None


@dataclass(frozen=True)
class Set:
    """Give a setting of the brick `at` another value; None returns to the default."""

    setting: str
    value: Any
    at: str = HERE


@dataclass(frozen=True)
class Remove:
    """Take the brick `at` away."""

    at: str = HERE


@dataclass(frozen=True)
class Repair:
    """What one click does about a problem: its label and the edits in order."""

    label: Text
    edits: tuple[Put | Set | Remove, ...]


@dataclass(frozen=True)
class Problem:
    """Why a brick does not sit.

    `strict` is given where Keras itself would accept the brick, and says why we do not.
    """

    needs: Text
    got: Text
    do: Text
    repair: Repair | None = None
    strict: Text | None = None

    def __str__(self) -> str:
        return f"needs {self.needs}, got {self.got}: {self.do}"
