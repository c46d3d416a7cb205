"""What can be looked at in a trained model: a file for each question.

A file's name is the question's `what`; its `look(viewer, ask, arrays)` is a generator
of `training.viewing.Told`. Each `yield`, of None too, gives other questions a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from training.viewing import Told

Look = Callable[..., Iterator[Told | None]]


@cache
def looks() -> Mapping[str, Look]:
    """Every look by its name."""
    names = [module.name for module in iter_modules(__path__)]
    found: dict[str, Any] = {
        name: import_module(f"{__name__}.{name}").look for name in names
    }
    return found
