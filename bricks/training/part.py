"""A part of a training: an object of Keras, its settings and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from bricks.param import Param

Settings = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What optimizers, callbacks and schedules share.

    `keras` is the name of Keras' class; `start` are the settings that a part has when
    it is switched on, where Keras' own defaults would be of no use.
    """

    kind: str
    keras: str
    said: str
    about: str
    params: tuple[Param, ...] = ()
    start: Settings = field(default_factory=dict)
    order: int = 50

    @cached_property
    def by_name(self) -> dict[str, Param]:
        return {param.name: param for param in self.params}

    def full(self, settings: Settings) -> dict[str, Any]:
        """The settings with every default filled in."""
        return {p.name: settings.get(p.name, p.default) for p in self.params}

    def differing(self, settings: Settings) -> dict[str, Any]:
        """Those settings that this part has, where they are not the default."""
        full = self.full(settings)
        return {p.name: full[p.name] for p in self.params if full[p.name] != p.default}


def found(path: list[str], package: str, name: str) -> list[Any]:
    """What every module of a folder calls `name`, in order."""
    modules = (import_module(f"{package}.{m.name}") for m in iter_modules(path))
    parts = [getattr(module, name) for module in modules]
    return sorted(parts, key=lambda part: (part.order, part.kind))
