"""What a label brick asks of the top of a tower, where code puts it into the loss."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from bricks.catalog import data_brick
from bricks.tower import Placed, Tower
from bricks.walk import label_brick, walk
from bricks.words import N_, size
from codegen.read.ground import example
from codegen.read.notes import Notes
from codegen.read.values import Made, Model


def finished(
    bricks: list[Placed], data: Placed, model: Model, notes: Notes
) -> list[Placed]:
    """The bricks with the function and the shape that the label brick takes."""
    bricks = _with_function(bricks, model, notes)
    brick = data_brick(data.kind)
    given = example(brick, dict(data.settings)) if brick else None
    if given is None or not label_brick(data).itself:
        return bricks
    gives = walk(Tower(data, tuple(bricks)))[-2].gives
    if gives is None or gives == given or prod(gives) != prod(given):
        return bricks
    said = N_("A Reshape was put on top, so that it gives {size} as {name} does.")
    notes.say(None, said, size=size(given), name=data.kind)
    below = bricks[:-1] if bricks[-1].kind == "Reshape" else bricks
    return [*below, Placed("Reshape", {"target_shape": given})]


def _with_function(bricks: list[Placed], model: Model, notes: Notes) -> list[Placed]:
    """A loss "from logits" brings its own function; here the last brick has it."""
    loss = (model.compiled or {}).get("loss")
    if not isinstance(loss, Made) or loss.named.get("from_logits") is not True:
        return bricks
    *below, last = bricks
    word = "sigmoid" if loss.kind.startswith("Binary") else "softmax"
    if last.kind != "Dense" or "activation" in last.settings:
        return bricks
    said = N_("The last brick got {name}, which the code leaves to its loss.")
    notes.say(loss.line, said, name=word)
    return [*below, replace(last, settings={**last.settings, "activation": word})]
