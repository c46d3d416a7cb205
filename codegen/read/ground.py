"""Which data brick a model stands on: by the name of its data, else by its shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod
from typing import Any

from bricks.bound import Bound
from bricks.brick import Data, Label, Shape, Words
from bricks.catalog import catalog, data_brick
from bricks.tower import GROUND, Placed
from bricks.words import N_, size
from codegen.read.applications import base_brick
from codegen.read.header import Header
from codegen.read.measured import name_of
from codegen.read.notes import Notes
from codegen.read.seen import Seen
from codegen.read.setting import NOTHING, setting
from codegen.read.values import Model

USUAL = "MNIST"
_OWN = {3: "Images", 1: "Table"}  # by how many axes an example has
# Names of the code for settings that data bricks may have.
_ASKED = {
    "target_size": "image_size",
    "num_words": "words",
    "nb_words": "words",
    "maxlen": "length",
}


def ground(
    seen: Seen, model: Model, shape: Shape | None, bricks: list[Placed], notes: Notes
) -> Placed:
    """The data brick for what the code loads, or for what its model gets."""
    called = next((b for b in map(_called, _names(seen)) if b), None)
    asked = data_brick("ImageNet") if only_asked(model, bricks) else None
    brick = called or asked or _of_words(bricks[:1]) or _by_shape(shape)
    if called is None and asked is None:
        _say(seen, brick, notes)
    settings = _ends(brick, bricks)
    settings |= _asked(brick, seen.asked if called else {}, shape)
    return Placed(brick.kind, settings | labelled(brick, model), id=GROUND)


def printed_ground(head: Header, model: Model, shape: Shape | None) -> Placed | None:
    """The data brick that a printed script names; None where there is none."""
    brick = data_brick(head.data)
    if brick is None:
        return None
    settings = _asked(brick, head.asked, shape) | _kept(brick, "classes", head.classes)
    return Placed(
        brick.kind, settings | labelled(brick, model, printed=True), id=GROUND
    )


def _names(seen: Seen) -> list[str]:
    """The data sets that the code loads, the last one first."""
    return [name for name, _ in reversed(seen.data)]


def _say(seen: Seen, brick: Data, notes: Notes) -> None:
    if not seen.data:
        said = N_("The code does not say which data it is for; it stands on {name}.")
        notes.say(None, said, name=brick.kind)
        return
    missing, line = seen.data[-1]
    said = N_("There is no data brick for {missing}; it stands on {name}.")
    notes.say(line, said, missing=missing, name=brick.kind)


def _called(name: str) -> Data | None:
    """The data brick of a data set's name, written in any way."""
    wanted = _letters(name)
    kinds = (kind for kind in catalog() if _letters(kind) == wanted)
    return data_brick(next(kinds, ""))


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _of_words(first: list[Placed]) -> Data | None:
    """The brick of words for a tower that begins with an Embedding."""
    data = [brick for brick in catalog().values() if isinstance(brick, Data)]
    words = [brick for brick in data if isinstance(example(brick), Words)]
    return words[0] if words and first and first[0].kind == "Embedding" else None


def only_asked(model: Model, bricks: list[Placed]) -> bool:
    """Whether the code only asks a network that tells ImageNet's classes, and does not
    train it."""
    last = base_brick(bricks[-1].kind) if bricks else None
    if last is None or model.compiled is not None or model.fitted is not None:
        return False
    return bool(last.full(bricks[-1].settings)["include_top"])


def _by_shape(shape: Shape | None) -> Data:
    """The brick whose examples have this shape, or as many numbers; else the user's
    own, MNIST if there is no shape."""
    data = [brick for brick in catalog().values() if isinstance(brick, Data)]
    fixed = [brick for brick in data if not _own(brick)]
    for fits in (lambda b: example(b) == shape, lambda b: _alike(example(b), shape)):
        found = [brick for brick in fixed if shape and fits(brick)]
        if found:
            return next((b for b in found if b.kind == USUAL), found[0])
    brick = data_brick(_OWN.get(len(shape or ()), USUAL))
    assert brick is not None
    return brick


def _own(brick: Data) -> bool:
    """Whether it is the user's own data, or has settings that change its shape."""
    return any(param.name not in ("label", "seed") for param in brick.params)


def example(brick: Data, settings: dict[str, Any] | None = None) -> Shape | None:
    """The shape of one example; None where there is none yet."""
    given = brick.gives((), brick.full(settings or {}))
    return given if isinstance(given, tuple) else None


def _alike(data: Shape | None, shape: Shape | None) -> bool:
    """Whether both are the same numbers, flat or without the channel."""
    if data is None or shape is None:
        return False
    return len(shape) < len(data) and prod(data) == prod(shape)


def _asked(
    brick: Data, asked: Mapping[str, Any], shape: Shape | None
) -> dict[str, Any]:
    """The settings of the data brick that its loading or the model's shape gives."""
    found: dict[str, Any] = {}
    if shape and len(shape) == 3:
        found |= _kept(brick, "image_size", shape[:2])
        found |= _kept(brick, "channels", shape[2])
    elif shape and len(shape) == 1:
        found |= _kept(brick, "length", shape[0]) | _kept(brick, "features", shape[0])
    for name, value in asked.items():
        found |= _kept(
            brick, name if name in brick.by_name else _ASKED.get(name), value
        )
    return found


def _ends(brick: Data, bricks: list[Placed]) -> dict[str, Any]:
    """The settings of the data brick that the model's first and last layer give."""
    words = bricks[0].settings.get("input_dim") if bricks else None
    found = _kept(brick, "words", words)
    units = _answers(bricks)
    if units is not None and units > 1 and "classes" in brick.by_name:
        found |= _kept(brick, "classes", units) | _kept(brick, "label", "Category")
    return found


def _answers(bricks: list[Placed]) -> int | None:
    """How many numbers the last Dense gives."""
    units = [b.settings.get("units") for b in bricks[-2:] if b.kind == "Dense"]
    return units[-1] if units and isinstance(units[-1], int) else None


def _kept(brick: Data, name: str | None, value: Any) -> dict[str, Any]:
    """One setting, where the brick has it and the value will do; none that only a
    data set gives."""
    param = brick.by_name.get(name or "")
    if param is None or isinstance(param, Bound):
        return {}
    kept = setting(param, value)
    if kept is NOTHING and isinstance(value, list | tuple) and value:
        kept = setting(param, value[0])
    good = kept is not NOTHING and param.wrong(kept) is None and kept != param.default
    return {param.name: kept} if good else {}


def labelled(brick: Data, model: Model, printed: bool = False) -> dict[str, Any]:
    """The setting of the label brick that the model is compiled for: the one with its
    loss, or one that offers it. A printed script measures what its label asks for."""
    compiled = model.compiled or {}
    loss, itself = (
        name_of(compiled.get("loss")),
        bool((model.fitted or {}).get("itself")),
    )
    measured = compiled.get("metrics") or []
    measures = [name_of(m) for m in measured] if isinstance(measured, list) else []
    labels = [b for b in map(catalog().get, brick.labels) if isinstance(b, Label)]
    offer = [b for b in labels if b.itself == itself and (itself or loss in b.losses)]
    if printed:
        offer = [b for b in offer if [*b.metrics] == measures[: len(b.metrics)]]
    offer.sort(key=lambda label: label.loss != loss)
    return _kept(brick, "label", offer[0].kind) if offer else {}


def as_shape(value: Any, notes: Notes) -> Shape | None:
    """A model's input shape, channels last; None where it can't be read."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = (value,)
    if not isinstance(value, tuple | list) or not value:
        return None
    if not all(isinstance(n, int) and 0 < n < 1_000_000 for n in value):
        return None
    shape = tuple(value)
    if len(shape) == 3 and shape[0] in (1, 3) and shape[2] > 4:
        said = N_("The model takes channels first, bricks take them last.")
        notes.say(None, said)
        shape = (*shape[1:], shape[0])
    return shape


def fitted(
    data: Placed, shape: Shape | None, first: Placed, notes: Notes
) -> list[Placed]:
    """Bricks that bring an example to the shape that the model gets, if any must."""
    brick = data_brick(data.kind)
    given = example(brick, dict(data.settings)) if brick else None
    if given is None or shape is None or given == shape:
        return []
    values = {"name": data.kind, "size": size(given)}
    if prod(given) != prod(shape):
        said = N_("The model gets {wanted}, but {name} gives {size}.")
        notes.say(None, said, wanted=size(shape), **values)
        return []
    if first.kind in ("Flatten", "Reshape"):
        return []
    if len(shape) == 1:
        notes.say(None, N_("A Flatten was put first: {name} gives {size}."), **values)
        return [Placed("Flatten")]
    notes.say(None, N_("A Reshape was put first: {name} gives {size}."), **values)
    return [Placed("Reshape", {"target_shape": shape})]
