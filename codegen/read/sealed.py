"""From a base among a model's layers to its brick, padlock and all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bricks.tower import Placed
from bricks.words import N_
from codegen.read.notes import Notes
from codegen.read.padlocks import final, frozen, printed
from codegen.read.values import Model, Pretrained, Standing

_CUT = N_(
    "The code takes {name} only up to {layer}; a base brick is whole, so here it goes "
    "on to its last layer."
)
_DENSE = N_(
    "The code takes {name} up to {layer}; a base brick has all of its top or none, so "
    "here it ends with a Flatten, without the Dense layers of the top."
)
_PART = N_(
    "The code takes {name} up to {layer}; a base brick has all of its top or none, so "
    "here it ends before it."
)


def stands(
    layer: Standing, model: Model | None, notes: Notes, exact: bool
) -> Iterator[Placed]:
    """The brick of a base, and what stands for the part of its top that is taken."""
    base = layer.base
    settings, above = _ends(base, layer.upto, notes)
    padlock = final(model, base) if model else base.padlock
    value: bool | int
    if exact:
        value = printed(padlock)
    else:
        value, differs = frozen(base, padlock, layer.inside, layer.upto)
        if differs is not None:
            notes.say(base.line, differs.template, **differs.values)
    if value is not True:
        settings["frozen"] = value
    usual = base.brick.defaults
    kept = {
        p.name: settings[p.name]
        for p in base.brick.params
        if p.name in settings and settings[p.name] is not usual[p.name]
    }
    yield Placed(base.brick.kind, kept)
    yield from above


def _ends(
    base: Pretrained, upto: int | None, notes: Notes
) -> tuple[dict[str, Any], list[Placed]]:
    """The settings with which the base ends where the code cuts it, and what is put on
    it."""
    settings = dict(base.settings)
    if upto is None or upto >= len(base.names) - 1:
        return settings, []
    bare = {"include_top": False, "pooling": None}
    plain = len(base.brick.names(base.brick.full(settings | bare)))
    said, values = None, {"name": base.brick.kind, "layer": base.names[upto]}
    pooled = settings.get("pooling") or "avg"
    settings |= bare
    above: list[Placed] = []
    if upto < plain - 1:
        said = _CUT
    for name in base.names[plain : upto + 1]:
        if "pool" in name:
            settings["pooling"] = pooled
        elif name.startswith("flatten"):
            above = [Placed("Flatten")]
        elif "dropout" not in name:
            said = _DENSE if above else _PART
    if said:
        notes.say(base.line, said, **values)
    return settings, above
