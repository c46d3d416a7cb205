"""How branches come together again: the shape rules of Keras' merging layers."""

from __future__ import annotations

from bricks.brick import Shape
from bricks.problem import Problem, Put, Repair
from bricks.tower import Placed, floor
from bricks.words import N_, Text, size

LAYERS = {
    "concatenate": "Concatenate",
    "add": "Add",
    "multiply": "Multiply",
    "average": "Average",
    "maximum": "Maximum",
}  # the setting `merge` -> Keras' layer


def alike(placed: Placed, each: tuple[Shape, ...]) -> Problem | None:
    """What keeps branches from being merged number by number, or None."""
    if len(set(each)) <= 1:
        return None
    return Problem(
        needs=Text(N_("the same shape from every branch")),
        got=_several(each),
        do=Text(N_("Make them alike: the same filters or units, strides and padding.")),
        repair=_projection(placed, each),
    )


def beside(each: tuple[Shape, ...]) -> Problem | None:
    """What keeps branches from standing beside each other, or None."""
    if len({shape[:-1] for shape in each}) <= 1:
        return None
    return Problem(
        needs=Text(N_("branches that agree in all but the last number")),
        got=_several(each),
        do=Text(N_("Give every branch the same strides, and padding same.")),
    )


def _several(each: tuple[Shape, ...]) -> Text:
    seen = list(dict.fromkeys(size(shape) for shape in each))
    return Text("{shapes}", {"shapes": ", ".join(seen)})


def _projection(placed: Placed, each: tuple[Shape, ...]) -> Repair | None:
    """A 1x1 Conv2D, or a Dense, on each branch that differs from the first.

    Source: K. He et al., Deep Residual Learning (2016), section 3.3, shortcut B.
    """
    wanted = each[0]
    puts = []
    for n, shape in enumerate(each):
        settings = _bridging(shape, wanted)
        if shape != wanted and settings is None:
            return None
        if shape != wanted and settings is not None:
            kind = "Conv2D" if len(wanted) == 3 else "Dense"
            puts.append(Put(kind, settings, after=_end(placed, n)))
    kinds = Text(N_("Put a {kind} there"), {"kind": puts[0].kind})
    if len(wanted) == 3:
        kinds = Text(
            N_("Put a 1×1 Conv2D with {filters} filters there"),
            {"filters": wanted[-1]},
        )
    return Repair(kinds, tuple(puts))


def _bridging(shape: Shape, wanted: Shape) -> dict[str, object] | None:
    """The settings of a projection from one shape to another; None where none is."""
    if len(shape) != len(wanted) or len(wanted) not in (1, 3):
        return None
    if len(wanted) == 1:
        return {"units": wanted[0]}
    down, right = (-(-a // b) for a, b in zip(shape[:2], wanted[:2], strict=True))
    reached = tuple(-(-a // s) for a, s in zip(shape[:2], (down, right), strict=True))
    if reached != wanted[:2]:
        return None
    settings: dict[str, object] = {"filters": wanted[2], "kernel_size": 1}
    if (down, right) != (1, 1):
        settings["strides"] = down if down == right else (down, right)
    return settings


def _end(placed: Placed, inner: int) -> str:
    """The id of the last brick of an inner tower, or of its floor."""
    bricks = placed.inner[inner]
    return bricks[-1].id if bricks else floor(placed.id, inner)
