"""A tower's model, made by its own script, and the layers of its bricks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType

import keras

from bricks.bases.network import table
from bricks.brick import Base, Trained
from bricks.catalog import catalog
from bricks.project import Project
from bricks.tower import Placed
from codegen import live
from explain.bases import ends, layers_in
from explain.kept import Kept
from explain.probe import reached
from explain.rewired import Rewired, every, rewired
from explain.taps import Tap, printed, watched


@dataclass(frozen=True)
class Place:
    """What can be looked at: what a brick gives, or a layer inside of a base.

    `inner` is the layer's number in the base, as Keras counts them; None is the brick.
    """

    tap: Tap
    layer: keras.layers.Layer
    inner: int | None = None


@dataclass(frozen=True)
class Opened:
    """`source` is the script that made the model; `taps` its layers, brick by brick;
    `kept` what was made of it since, to look into it."""

    project: Project
    source: str
    script: ModuleType
    model: keras.Model
    taps: list[Tap]
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)

    def layer(self, brick: str, time: int = 0) -> keras.layers.Layer:
        """The layer of a brick. Raises `KeyError` where it has none."""
        return self.place(brick, time).layer

    def place(self, brick: str, time: int = 0, inner: int | None = None) -> Place:
        """A brick, or a layer inside of it. Raises `KeyError` where there is none."""
        for tap in self.taps:
            if (tap.brick, tap.time) == (brick, time):
                return _inside(tap, inner)
        raise KeyError(brick)

    def place_of(self, layer: keras.layers.Layer) -> Place:
        """Where a layer of the model is. Raises `KeyError`, as for one deep in a base
        that Keras does not count."""
        for tap in self.taps:
            if tap.layer is layer:
                return Place(tap, layer)
            for n, one in enumerate(layers_in(tap.layer)):
                if one is layer:
                    return Place(tap, layer, n)
        raise KeyError(layer.name)

    @cached_property
    def overview(self) -> list[Place]:
        """Every brick from the ground up, before each base the ends of its blocks."""
        return [
            place for tap in self.taps for place in (*_ends(tap), Place(tap, tap.layer))
        ]

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Of each base, by its brick, how its layers are called, in Keras' order."""
        kinds = {placed.id: placed for placed in printed(self.project.tower.bricks)}
        found = {}
        for tap in self.taps:
            inner = layers_in(tap.layer)
            if inner:
                found[tap.brick] = _names(kinds[tap.brick], inner)
        return found

    def probe(self, layers: Sequence[keras.layers.Layer]) -> keras.Model:
        """A model that gives what these layers of it give, made once for each choice;
        the tower is wired anew but once. Raises `Unreached`."""

        def made() -> keras.Model:
            return reached(self.model, self.wired, layers)

        return self.kept.once(("probe", *layers), made)

    @property
    def wired(self) -> Rewired:
        """The model with a tap at each of its layers, those in bases included."""
        return self.kept.once("wired", lambda: rewired(self.model, every(self.model)))


def _inside(tap: Tap, inner: int | None) -> Place:
    if inner is None:
        return Place(tap, tap.layer)
    layers = layers_in(tap.layer)
    if not 0 <= inner < len(layers):
        raise KeyError(inner)
    return Place(tap, layers[inner], inner)


def _ends(tap: Tap) -> list[Place]:
    place = {id(one): n for n, one in enumerate(layers_in(tap.layer))}
    return [Place(tap, one, place[id(one)]) for one in ends(tap.layer)]


def _names(placed: Placed, inner: Sequence[keras.layers.Layer]) -> tuple[str, ...]:
    """As the catalogue has them: Keras counts on some names from model to model."""
    brick = catalog().get(placed.kind)
    if isinstance(brick, Base):
        known = tuple(brick.names(brick.full(placed.settings)))
        if isinstance(brick, Trained):
            known = known[1:]  # a Sequential does not count its input
        if len(known) == len(inner):
            return known
    return tuple(one.name for one in inner)


def opened(project: Project, source: str, loaded_later: bool = False) -> Opened:
    """The tower as its printed script `source` builds it; without what its bases
    learned, where all weights are `loaded_later`."""
    script = live.module(unweighted(source) if loaded_later else source)
    watch = watched(script)
    model = script.build_model()
    return Opened(project, source, script, model, watch.taps(project, model))


def unweighted(source: str) -> str:
    """The script with bases of random weights: those that were trained are loaded, and
    ImageNet's need not be there any more.

    Those to which Keras gives another layer with ImageNet's weights are left with them.

    >>> unweighted('find_weights("vgg16.h5")\\nVGG16(weights="imagenet")\\n')
    'VGG16(weights=None)\\n'
    """
    parts = re.split(r"(?m)^(?=def )", source)
    return "".join(part if needs_weights(part) else _unweighted(part) for part in parts)


def needs_weights(source: str) -> bool:
    """Whether a base of this source is another network without ImageNet's weights."""
    kinds = re.findall(r"\bkeras\.applications\.([A-Z]\w+)\(", source)
    return any(table(kind)["only_imagenet"] for kind in kinds)


def _unweighted(source: str) -> str:
    source = re.sub(r'(?m)^ *find_weights\(\s*"[^"]*",?\s*\)\n', "", source)
    source = re.sub(
        r'(?m)^ *base\.load_weights\(\s*find_base\(\s*"[^"]*"\s*\)\s*\)\n', "", source
    )
    return source.replace('weights="imagenet"', "weights=None")
