"""The callbacks: every module of this folder is one, found by looking here."""

from __future__ import annotations

from functools import cache

from bricks.training.callback import Callback
from bricks.training.part import found


@cache
def callbacks() -> dict[str, Callback]:
    """Every callback by its kind, in the order in which Keras asks them."""
    return {part.kind: part for part in found(__path__, __name__, "CALLBACK")}
