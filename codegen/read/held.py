"""A `.keras` file as a base: its bricks, and where in it the weights of each lie."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bricks.brick import Shape, Words
from bricks.errors import ProjectError
from bricks.tower import Placed, mapped
from bricks.words import N_, Text
from codegen.layer import snake
from codegen.read.archive import config_of
from codegen.read.assembly import unscaled
from codegen.read.budget import Budget, TooLong
from codegen.read.config import model_of
from codegen.read.graph import Graph
from codegen.read.ground import as_shape
from codegen.read.meanings import Meanings
from codegen.read.notes import Notes
from codegen.read.placing import Placing, counted
from codegen.read.seen import Seen
from codegen.read.values import Model

_MODELS = ("Sequential", "Functional", "Model")
NOT_EXACT = N_("This model can't be a base, for it would answer otherwise: {why}")
NO_SHAPE = Text(
    N_("This model does not say the size of what it gets, so it can't be a base.")
)
TWICE = N_("Two layers of this model are called {name}, so it can't be a base.")
TOO_LARGE = Text(N_("This model is too large to be read."))


@dataclass(frozen=True)
class Held:
    """The bricks of a file, each called as its layer is, and the shape they get.

    `places` says where in the file's weights the group of each layer is, by its name.
    """

    shape: Shape
    bricks: tuple[Placed, ...]
    places: dict[str, str]


def held(path: Path) -> Held:
    """The file as bricks that answer as its layers do.

    Nothing of it is run. ProjectError names what there is no brick for.
    """
    config = config_of(path)
    notes = Notes()
    meanings = Meanings(notes, Seen(), Budget())
    try:
        shape, bricks = _read(model_of(config, meanings), meanings, notes)
    except (TooLong, RecursionError) as error:
        raise ProjectError(TOO_LARGE) from error
    for note in notes.all():
        raise ProjectError(Text(NOT_EXACT, {"why": note.said}))
    return Held(shape, bricks, _places(config))


def _read(
    model: Model, meanings: Meanings, notes: Notes
) -> tuple[Shape, tuple[Placed, ...]]:
    floor, top = meanings.models.ends(model)
    shape = as_shape(floor.shape, notes) if floor else None
    if shape is None or top is None:
        raise ProjectError(NO_SHAPE)
    if len(model.inputs) > 1 or len(model.outputs) > 1:
        said = N_("A base has one input and one output; this model has more.")
        raise ProjectError(Text(said))
    placing = Placing(notes, meanings.budget, named=True)
    bricks = Graph(placing.bricks, notes).tower(floor, top)
    # Data bricks give points from 0 to 1: a Rescaling to them is left out.
    bricks = unscaled(bricks, Notes())
    if bricks and bricks[0].kind == "Embedding" and len(shape) == 1:
        shape = Words(shape[0], bricks[0].settings["input_dim"])
    return shape, tuple(bricks)


def _places(config: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, place in _rows(config, ""):
        if name in found:
            raise ProjectError(Text(TWICE, {"name": name[:60]}))
        found[name] = place
    return found


def without_counted(bricks: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """The bricks without names that Keras gave by counting."""

    def change(each: tuple[Placed, ...], _floor: str) -> tuple[Placed, ...]:
        return tuple(
            replace(p, name=None) if p.name and counted(p.name, p.kind) else p
            for p in each
        )

    return mapped(bricks, change)


def _rows(config: Any, place: str) -> Iterator[tuple[str, str]]:
    """The layers' names, and their groups as Keras 3 calls them: by class, counted."""
    inside = config.get("config") if isinstance(config, dict) else None
    rows = inside.get("layers") if isinstance(inside, dict) else None
    counts: Counter[str] = Counter()
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or not isinstance(row.get("config"), dict):
            continue
        kind = str(row.get("class_name"))
        called = snake_of(kind)
        number = counts[called]
        counts[called] += 1
        here = f"{place}layers/{called}{f'_{number}' if number else ''}"
        if kind == "InputLayer":
            continue
        yield str(row["config"].get("name")), here
        if kind in _MODELS:
            yield from _rows(row, f"{here}/")


def snake_of(kind: str) -> str:
    """The name of a class as Keras calls groups of weights.

    >>> snake_of("Conv2D"), snake_of("GRU")
    ('conv2d', 'gru')
    """
    return snake(re.sub(r"\W", "", kind))
