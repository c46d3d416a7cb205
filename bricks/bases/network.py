"""A base as a list of layers, and what it comes to for pictures of a size."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import prod
from typing import Any

from bricks.bases import DATA
from bricks.brick import FLOAT


@dataclass(frozen=True)
class Layer:
    """A layer, or a part of the layer before it where it has no `name`.

    `size` is the number of its map's size among those of the network. It has `trained`
    weights, and `each` more for each place of the map; `fixed` ones that training never
    changes; and `madds` multiply-adds for each place.
    """

    name: str
    size: int
    channels: int = 0
    trained: int = 0
    fixed: int = 0
    madds: int = 0
    each: int = 0

    @property
    def learns(self) -> bool:
        """Whether it may learn at all. What normalizes by the means of ImageNet stays
        as it is: open, it would go by those of each batch, and forget them."""
        return self.fixed == 0


@dataclass(frozen=True, eq=False)  # each is made once, and looked up often
class Network:
    """The layers of a base, in Keras' order, from its input on.

    `sizes` tell how the height, or the width, of each map comes from that of another:
    which, how, and by what numbers.
    """

    sizes: tuple[tuple[Any, ...], ...]
    layers: tuple[Layer, ...]
    flat: bool

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What Keras calls the layers."""
        return tuple(layer.name for layer in self.layers if layer.name)

    def sides(self, side: int) -> list[int]:
        """The height, or the width, of every map for pictures of this one.

        A side below 1 means that the picture is too small.
        """
        found = [side]
        for before, how, *numbers in self.sizes[1:]:
            found.append(_side(found[before], how, *numbers))
        return found

    def cut(self, frozen: bool | int) -> int:
        """How many of `layers` are not trained where the padlock says `frozen`."""
        if isinstance(frozen, bool):
            return len(self.layers) if frozen else 0
        named = [n for n, layer in enumerate(self.layers) if layer.name]
        return named[frozen] if frozen < len(named) else len(self.layers)


def _side(side: int, how: str, first: int = 0, second: int = 0) -> int:
    """One side of a map after a layer.

    >>> _side(225, "same", 2), _side(225, "valid", 3, 2), _side(225, "pad", 1, 2)
    (113, 112, 227)
    """
    if how == "same":
        return -(-side // first)
    if how == "valid":
        return (side - first) // second + 1
    if how == "pad":  # Keras' correct_pad: another rim for even sides than for odd ones
        return side + (second if second and side % 2 else first)
    if how == "crop":
        return side - first
    return 1


def network(kind: str, settings: Mapping[str, Any]) -> Network:
    """The base `kind` with these settings, all of them given."""
    tail = "top" if settings["include_top"] else settings["pooling"] or "none"
    width, weights = settings.get("alpha"), settings["weights"]
    return _network(kind, width, tail, weights == "imagenet")


@cache
def table(kind: str) -> dict[str, Any]:
    """What Keras has of a base, as `tests/bases_table.py` wrote it down."""
    return json.loads((DATA / f"{kind}.json").read_text("utf-8"))


@cache
def _network(kind: str, width: float | None, tail: str, imagenet: bool) -> Network:
    data = table(kind)
    at = data["widths"].index(width) if width else 0
    gone = () if imagenet else data["only_imagenet"]
    rows = (row for row in (*data["body"], *data[tail]) if row[0] not in gone)
    layers = tuple(_layer(row, at) for row in rows)
    return Network(tuple(map(tuple, data["sizes"])), layers, flat=tail != "none")


def _layer(row: list[Any], at: int) -> Layer:
    return Layer(*(cell[at] if isinstance(cell, list) else cell for cell in row))


@dataclass(frozen=True)
class Figures:
    """What a base comes to for pictures of a size; see `bricks.walk.Stage`."""

    gives: tuple[int, ...]
    weights: int
    fixed: int
    madds: int
    trained_madds: int
    memory: int
    within: int


def figures(
    kind: str, settings: Mapping[str, Any], height: int, width: int
) -> Figures | None:
    """The figures of a base; None where the pictures are too small for it."""
    base = network(kind, settings)
    return _figures(base, height, width, base.cut(settings["frozen"]))


@lru_cache(maxsize=1_000)
def _figures(base: Network, height: int, width: int, cut: int) -> Figures | None:
    sides = list(zip(base.sides(height), base.sides(width), strict=True))
    used = {layer.size for layer in base.layers}
    if min(min(sides[n]) for n in used) < 1:
        return None
    places = [prod(both) for both in sides]
    weights = [layer.trained + layer.each * places[layer.size] for layer in base.layers]
    open_ = [
        n for n in range(cut, len(weights)) if weights[n] and base.layers[n].learns
    ]
    first = open_[0] if open_ else len(weights)
    work = [layer.madds * places[layer.size] for layer in base.layers]
    maps = [FLOAT * layer.channels * places[layer.size] for layer in base.layers]
    last = base.layers[-1]
    gives = (last.channels,) if base.flat else (*sides[last.size], last.channels)
    fixed = sum(layer.fixed for layer in base.layers)
    return Figures(
        gives=gives,
        weights=sum(weights) + fixed,
        fixed=sum(weights) - sum(weights[n] for n in open_) + fixed,
        madds=sum(work),
        trained_madds=sum(work[first:]),
        memory=max(sum(maps[first:]), maps[-1]),
        within=_widest(maps),
    )


def _widest(maps: list[int]) -> int:
    """Bytes of three maps in a row: what a layer gets and gives, and a way around."""
    return max(sum(maps[max(0, n - 2) : n + 1]) for n in range(len(maps)))
