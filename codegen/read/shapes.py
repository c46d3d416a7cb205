"""The shape of what a layer gives, for code that asks `x.shape[-1] != filters`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bricks.brick import Shape
from bricks.tower import Placed
from bricks.walk import climb
from codegen.read.aliases import MERGES
from codegen.read.models import ancestors
from codegen.read.prepared import PREPARE
from codegen.read.values import UNKNOWN, Made, Node


class Shapes:
    """Works shapes out by the rules of the bricks that the layers are."""

    def __init__(self, place: Callable[[Made], list[Placed]]) -> None:
        self.place = place
        self._known: dict[Node, Shape | None] = {}

    def of(self, node: Node) -> Any:
        """The shape as Keras shows it, with None for the batch, or UNKNOWN."""
        for below in ancestors(node):
            if below not in self._known:
                self._known[below] = self._one(below)
        shape = self._known[node]
        return UNKNOWN if shape is None else (None, *shape)

    def _one(self, node: Node) -> Shape | None:
        if not node.parents:
            flat = isinstance(node.shape, tuple) and all(
                isinstance(n, int) and n > 0 for n in node.shape
            )
            return node.shape if flat else None
        gets = [self._known[parent] for parent in node.parents]
        first = gets[0]
        if not isinstance(node.layer, Made) or first is None:
            return None
        merge = MERGES.get(node.layer.kind.lower())
        if merge == "concatenate":
            return _beside(gets)
        if merge is not None and len(gets) > 1:
            return first
        bricks = (b for b in self.place(node.layer) if b.kind != PREPARE)
        stages = list(climb(tuple(bricks), first))
        return stages[-1].gives if stages else first


def _beside(gets: list[Shape | None]) -> Shape | None:
    known = [shape for shape in gets if shape is not None]
    if len(known) < len(gets):
        return None
    return (*known[0][:-1], sum(shape[-1] for shape in known))
