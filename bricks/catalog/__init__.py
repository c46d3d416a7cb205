"""The catalogue: every module of this folder is one brick, or the `BRICKS` of a family
that share all but a few numbers; found by looking here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from bricks.brick import FAMILIES, Brick, Data


@cache
def catalog() -> dict[str, Brick]:
    """Every brick by its kind, in the palette's order."""
    names = (module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    bricks = [brick for module in modules for brick in _bricks(module)]
    families = list(FAMILIES)
    bricks.sort(key=lambda b: (families.index(b.family), b.order, b.kind))
    return {brick.kind: brick for brick in bricks}


def _bricks(module: ModuleType) -> tuple[Brick, ...]:
    return module.BRICKS if hasattr(module, "BRICKS") else (module.BRICK,)


def data_brick(kind: str) -> Data | None:
    """The data brick of this kind, or None where there is none."""
    brick = catalog().get(kind)
    return brick if isinstance(brick, Data) else None
