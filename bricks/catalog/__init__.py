"""The catalogue: every module of this folder is one brick, found by looking here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bricks.brick import FAMILIES, Brick, Data


@cache
def catalog() -> dict[str, Brick]:
    """Every brick by its kind, in the palette's order."""
    names = (module.name for module in iter_modules(__path__))
    bricks = [import_module(f"{__name__}.{name}").BRICK for name in names]
    families = list(FAMILIES)
    bricks.sort(key=lambda b: (families.index(b.family), b.order, b.kind))
    return {brick.kind: brick for brick in bricks}


def data_brick(kind: str) -> Data | None:
    """The data brick of this kind, or None where there is none."""
    brick = catalog().get(kind)
    return brick if isinstance(brick, Data) else None
