"""What was made of a model to look into it, kept for as long as the model itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Kept:
    """The graphs that one model was wired into, each made once.

    Keras notes in every layer where it was called, for as long as the layer lives: who
    wires a model anew for each question never gets that memory back. And who keeps such
    graphs elsewhere than beside their model keeps the model.
    """

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gave when this key, which may hold layers, first was asked for.

        >>> kept = Kept()
        >>> kept.once("one", lambda: 1), kept.once("one", lambda: 2)
        (1, 1)
        """
        if key not in self._made:
            self._made[key] = make()
        found: Made = self._made[key]
        return found
