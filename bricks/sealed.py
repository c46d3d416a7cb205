"""A tower of one's own in a single setting: the bricks of a `Trained`, as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod
from typing import Any, ClassVar

from bricks import strictjson
from bricks.brick import Shape, Words
from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.param import Param
from bricks.project import PlacedReader, placed_json
from bricks.tower import Placed
from bricks.walk import Stage, climb
from bricks.words import N_, Text

MOST = 400_000  # characters of a tower's text
MOST_AXES = 4
LARGEST = 10**9  # numbers of one example
WEIGHTS = re.compile(r"[a-z][a-z0-9_]{0,39}-[0-9a-f]{16}")
"""The name of a file of weights, which ends with a digest of what it holds."""


STILL = "BatchNormalization"
"""It stays as it is in every base, its padlock open or not: it would else go by the
means of each batch, and forget those that it has learned."""


@dataclass(frozen=True)
class Inner:
    """What a `Trained` holds: the shape that its bricks were trained on, and them."""

    shape: Shape
    bricks: tuple[Placed, ...]


@dataclass(frozen=True, kw_only=True)
class Sealed(Param):
    """A text that Brickyard writes and no person: a tower, a name, where it is from.

    No widget shows it; it goes wherever its brick goes.
    """

    default: Any = ""
    most: int = 200
    pattern: re.Pattern[str] | None = None
    kind: ClassVar[str] = "sealed"
    argument: ClassVar[bool] = False

    def has_type(self, value: Any) -> bool:
        if value is None:
            return self.default is None
        if not isinstance(value, str) or len(value) > self.most:
            return False
        known = not value or self.pattern is None or self.pattern.fullmatch(value)
        return bool(known) and value.isprintable()

    def wrong(self, value: Any) -> Text | None:
        return None if self.has_type(value) else Text(N_("as Brickyard wrote it"))

    def nearest(self, value: Any) -> Any:
        return value if self.has_type(value) else self.default

    def samples(self) -> tuple[Any, ...]:
        return (self.default,)

    def about(self) -> dict[str, Any]:
        return super().about() | {"optional": self.default is None}

    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "maxLength": self.most}
        return {"anyOf": [text, {"type": "null"}]} if self.default is None else text


@dataclass(frozen=True, kw_only=True)
class SealedTower(Sealed):
    """The text of a tower, such as `written` gives."""

    most: int = MOST

    def has_type(self, value: Any) -> bool:
        return super().has_type(value) and (not value or read(value) is not None)


def written(shape: Shape, bricks: tuple[Placed, ...]) -> str:
    """A tower as text; `shape` is what its lowest brick gets."""
    told: dict[str, Any] = {"shape": list(shape)}
    if isinstance(shape, Words):
        told["words"] = shape.most
    told["bricks"] = [_plain(placed_json(placed)) for placed in bricks]
    return json.dumps(told, separators=(",", ":"))


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """Without ids: the same bricks are the same text."""
    plain = {name: value for name, value in data.items() if name != "id"}
    if "inner" in plain:
        plain["inner"] = [[_plain(one) for one in tower] for tower in plain["inner"]]
    return plain


@lru_cache(maxsize=64)
def read(text: str) -> Inner | None:
    """The tower of a text; None where it is none."""
    try:
        told = strictjson.loads(text, MOST)
        if not isinstance(told, dict) or not isinstance(told.get("bricks"), list):
            return None
        reader = PlacedReader()
        bricks = tuple(reader.placed(row) for row in told["bricks"])
    except ProjectError:
        return None
    shape = _shape(told.get("shape"), told.get("words"))
    sound = shape is not None and bricks and all(map(_may_be_inside, bricks))
    return Inner(shape, bricks) if sound and shape is not None else None


def _shape(sizes: Any, words: Any) -> Shape | None:
    whole = isinstance(sizes, list) and 1 <= len(sizes) <= MOST_AXES
    if not whole or not all(type(n) is int and n > 0 for n in sizes):
        return None
    if prod(sizes) > LARGEST:
        return None
    if type(words) is int and words > 0 and len(sizes) == 1:
        return Words(sizes[0], words)
    return tuple(sizes)


def _may_be_inside(placed: Placed) -> bool:
    """Whether the brick, and all inside, are layers that this Brickyard has; a tower
    stands in a tower only by its bricks."""
    kinds = (catalog().get(one.kind) for one in placed)
    return all(
        brick is not None
        and brick.family not in ("data", "label")
        and not any(isinstance(param, SealedTower) for param in brick.params)
        for brick in kinds
    )


def stages(text: str, gets: Shape) -> tuple[Stage, ...]:
    """The stages of a sealed tower on a brick that gives `gets`."""
    return _stages(text, gets, getattr(gets, "most", 0))


@lru_cache(maxsize=256)
def _stages(text: str, gets: Shape, most: int) -> tuple[Stage, ...]:
    inner = read(text)
    return climb(inner.bricks, gets) if inner else ()


def fixed(stage: Stage) -> int:
    """The weights of an unfrozen brick of a base, those inside too, that training
    leaves alone all the same."""
    leaves = [each for each in stage if not each.inner]
    told = sum(each.fixed for each in leaves)
    whole = sum(
        each.weights if each.placed.kind == STILL else each.fixed for each in leaves
    )
    # The leaves are those of the first round; all rounds are alike.
    return stage.fixed * whole // told if told else 0


def spliced(bricks: tuple[Placed, ...]) -> Iterator[Placed]:
    """The bricks with those of a sealed tower in its place."""
    for placed in bricks:
        brick = catalog().get(placed.kind)
        held = [p for p in brick.params if isinstance(p, SealedTower)] if brick else []
        inner = read(str(placed.settings.get(held[0].name, ""))) if held else None
        if inner:
            yield from inner.bricks
            continue
        towers = tuple(tuple(spliced(tower)) for tower in placed.inner)
        yield replace(placed, inner=towers) if placed.inner else placed
