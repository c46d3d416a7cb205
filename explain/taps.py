"""Which Keras layers the bricks of a tower became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any

import keras

from bricks.catalog import catalog
from bricks.project import Project
from bricks.tower import Placed, Ref
from codegen.layer import hollow


@dataclass(frozen=True)
class Tap:
    """A layer of the model, and the brick that it was printed for.

    `time` counts from 0 where the brick stands in a Block that is repeated.
    """

    brick: str
    time: int
    layer: keras.layers.Layer


@dataclass
class Watch:
    """The layers that a script makes from now on, in order."""

    made: list[keras.layers.Layer] = field(default_factory=list)

    def taps(self, project: Project, model: keras.Model) -> list[Tap]:
        """A tap for each layer of the model, in the order of the printed script."""
        parts = {id(layer) for layer in model.layers}
        layers = [layer for layer in self.made if id(layer) in parts]
        bricks = [*printed(project.tower.bricks)]
        if len(bricks) != len(layers):
            raise ValueError(
                "A model has the layers that its tower prints, "
                f"{len(bricks)}. Received: {len(layers)}"
            )
        times: Counter[str] = Counter()
        taps = []
        for brick, layer in zip(bricks, layers, strict=True):
            taps.append(Tap(brick.id, times[brick.id], layer))
            times[brick.id] += 1
        return taps


class _Recorder:
    """Keras' `layers` for a script, which notes each layer that is made."""

    def __init__(self, layers: Any, made: list[keras.layers.Layer]) -> None:
        self._layers, self._made = layers, made

    def __getattr__(self, name: str) -> Any:
        known = getattr(self._layers, name)

        def make(*given: Any, **named: Any) -> Any:
            layer = known(*given, **named)
            self._made.append(layer)
            return layer

        return make


def _noting(
    function: Callable[..., Any], made: list[keras.layers.Layer]
) -> Callable[..., Any]:
    """A script's function that notes the model it gives: a pretrained base."""

    def make(*given: Any, **named: Any) -> Any:
        found = function(*given, **named)
        if isinstance(found, keras.Model):
            made.append(found)
        return found

    return make


def watched(script: ModuleType) -> Watch:
    """Note the layers that a printed script makes from now on, and the models that its
    functions for pretrained bases give.

    Functional models list their layers by depth, and names count on from model to
    model: only the order in which the script makes them says which brick is which.
    """
    watch = Watch()
    if hasattr(script, "layers"):
        script.layers = _Recorder(script.layers, watch.made)  # type: ignore[attr-defined]
    for name, found in vars(script).items():
        if isinstance(found, FunctionType) and name != "build_model":
            setattr(script, name, _noting(found, watch.made))
    return watch


def printed(
    bricks: tuple[Placed, ...], values: Mapping[str, Any] | None = None
) -> Iterator[Placed]:
    """The bricks that have a layer of their own, as often and in the order in which
    `codegen.model` prints them."""
    for placed in bricks:
        if not hollow(placed):
            yield from _one(placed, values or {})


def _one(placed: Placed, values: Mapping[str, Any]) -> Iterator[Placed]:
    if placed.kind == "Block":
        own = placed.parameters.items()
        own_values = {name: _known(value, values) for name, value in own}
        inner = {**values, **own_values}
        repeat = placed.resolved(inner).settings.get("repeat", 1)
        for _ in range(repeat):
            yield from printed(placed.inner[0], inner)
        return
    if placed.kind == "Residual":
        body, shortcut = placed.inner
        yield from printed(shortcut, values)
        yield from printed(body, values)
    elif placed.kind == "Parallel":
        for branch in placed.inner:
            yield from printed(branch, values)
    if placed.kind in catalog():
        yield placed


def _known(value: Any, values: Mapping[str, Any]) -> Any:
    return values.get(value.parameter, value) if isinstance(value, Ref) else value
