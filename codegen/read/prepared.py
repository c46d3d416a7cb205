"""What code does to pictures for a base: a base brick does that by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bricks.brick import Base
from bricks.catalog import catalog
from bricks.tower import Placed
from bricks.words import N_
from codegen.read.applications import base_brick, mode
from codegen.read.notes import Notes
from codegen.read.values import Function, Made, Name

PREPARE = "preprocess_input"
_AROUND = ("augmentation",)  # families that may stand between it and the base
_SIZED = ("Resizing", "RandomCrop", "RepeatChannels")
_CLOSE = 0.02
_POINTS = {"scale": 255.0}  # from 0 to 1 they become those from 0 to 255


def preparing(value: Any) -> str | None:
    """The module of Keras' `preprocess_input`, where this is it; else None."""
    if not isinstance(value, Name) or value.last != PREPARE:
        return None
    return module_of(value.path)


def module_of(path: str) -> str:
    """The module in the dotted name of a function.

    >>> module_of("keras.applications.vgg16.preprocess_input")
    'vgg16'
    """
    return path.split(".")[-2] if path.count(".") else ""


def placed(layer: Made) -> Placed:
    """What stands for `preprocess_input` until the base on it is known."""
    return Placed(PREPARE, {"module": module_of(layer.path), "line": layer.line})


def printed_alone(bricks: Iterable[Placed]) -> list[Placed]:
    """The bricks of a script of ours, in which the function of a base brings points
    from 0 to 1 into its form: what stands there is no brick."""
    found: list[Placed] = []
    for brick in bricks:
        inner = tuple(tuple(printed_alone(tower)) for tower in brick.inner)
        if base_brick(brick.kind):
            while found and found[-1].kind == PREPARE:
                found.pop()
            if found and found[-1].settings == _POINTS:
                found.pop()
        found.append(replace(brick, inner=inner) if inner else brick)
    return found


def without_preparing(bricks: Iterable[Placed], notes: Notes) -> list[Placed]:
    """The bricks without what only serves a base."""
    row = [
        replace(b, inner=tuple(tuple(without_preparing(t, notes)) for t in b.inner))
        if b.inner
        else b
        for b in bricks
    ]
    for base in [brick for brick in row if base_brick(brick.kind)]:
        row = _below(row, next(n for n, b in enumerate(row) if b is base), notes)
    for brick in (b for b in row if b.kind == PREPARE):
        said = N_(
            "What {name} does to a layer's numbers can't be read; it is left out."
        )
        notes.say(brick.settings["line"], said, name=PREPARE)
    return [brick for brick in row if brick.kind != PREPARE]


def _below(row: list[Placed], at: int, notes: Notes) -> list[Placed]:
    """The row without what prepares pictures for the base at this place."""
    base = base_brick(row[at].kind)
    assert base is not None
    first = at
    while first and _passes(row[first - 1]):
        first -= 1
    between = row[first:at]
    marks = [b for b in between if b.kind == PREPARE]
    for mark in marks:
        _check_module(base, mark.settings["module"], mark.settings["line"], notes)
    kept = [b for b in between if b.kind != PREPARE]
    scales = [b for b in kept if b.kind == "Rescaling"]
    if marks or _prepares(base, scales):
        kept = [b for b in kept if b.kind != "Rescaling"]
        if scales and not marks:
            said = N_(
                "The Rescaling is left out: {name} takes points from 0 to 1 and "
                "brings them into its own form."
            )
            notes.say(None, said, name=base.kind)
    elif scales:
        said = N_(
            "The Rescaling below {name} is kept, but the base takes points from 0 to "
            "1 and brings them into its own form; look whether it should go."
        )
        notes.say(None, said, name=base.kind)
    return [*row[:first], *kept, *row[at:]]


def _passes(placed: Placed) -> bool:
    if placed.kind in (PREPARE, "Rescaling", *_SIZED):
        return True
    brick = catalog().get(placed.kind)
    return brick is not None and brick.family in _AROUND


def _prepares(base: Base, scales: list[Placed]) -> bool:
    """Whether Rescalings give what the base would get by its own preprocessing: from
    -1 to 1 for those that were trained so, from 0 to 255 or 0 to 1 for others."""
    if not scales:
        return False
    scale, offset = 1.0, 0.0
    for brick in scales:
        by, more = brick.settings.get("scale", 1), brick.settings.get("offset", 0)
        if not all(isinstance(n, int | float) for n in (by, more)):
            return False
        scale, offset = scale * by, offset * by + more
    if _near(offset, 0):
        return any(_near(scale * n, 1) for n in (1, 255, 1 / 255))
    tf = mode(base.module) == "tf" and _near(offset, -1)
    return tf and any(_near(scale * n, 2) for n in (1, 255))


def _near(one: float, other: float) -> bool:
    return abs(one - other) < _CLOSE


def _check_module(base: Base, module: str, line: int | None, notes: Notes) -> None:
    """Note the preprocessing of another family of networks."""
    if module and mode(module) != mode(base.module):
        said = N_(
            "{name} is given to the {module} preprocessing in the code; here it gets "
            "its points in its own form."
        )
        notes.say(line, said, name=base.kind, module=module)


def check_generators(
    generators: Iterable[Made], bricks: Iterable[Placed], notes: Notes
) -> None:
    """Note generators that give a base other numbers than it was trained on."""
    inside = (placed for brick in bricks for placed in brick)
    base = next((b for b in map(base_brick, (p.kind for p in inside)) if b), None)
    for made in generators:
        function = made.named.get("preprocessing_function")
        if base is None or made.named.get("rescale") is function is None:
            continue
        module = preparing(function)
        if module is not None:
            _check_module(base, module, made.line, notes)
        elif function is None and not base.scales:
            said = N_(
                "The code gives {name} points from 0 to 1; here it gets them in the "
                "form that it was trained on."
            )
            notes.say(made.line, said, name=base.kind)
        return  # the others are for validation


def is_known(value: Any) -> bool:
    """Whether a function is one that a base does by itself: Keras' `preprocess_input`,
    the code's own of that name, or a lambda that only calls one."""
    if not isinstance(value, Function):
        return preparing(value) is not None
    body = value.node.body
    if isinstance(body, ast.Call):
        return PREPARE in (getattr(body.func, "attr", ""), getattr(body.func, "id", ""))
    return value.name == PREPARE
