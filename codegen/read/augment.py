"""What an ImageDataGenerator does to pictures, as augmentation bricks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bricks.catalog import catalog
from bricks.tower import Placed
from bricks.words import N_
from codegen.read.notes import Notes
from codegen.read.prepared import is_known
from codegen.read.setting import NOTHING, setting
from codegen.read.values import Made

# Arguments that a data brick does anyway, or that say only how gaps are filled.
_SILENT = ("rescale", "fill_mode", "cval", "data_format", "validation_split", "dtype")


def augmentation(generators: list[Made], notes: Notes) -> list[Placed]:
    """The bricks of the first generator that changes pictures."""
    for made in generators:
        bricks = [*_bricks(made.named)]
        if bricks:
            fitting = (_fitting(brick, made, notes) for brick in bricks)
            return [brick for brick in fitting if brick]
    return []


def _bricks(named: Any) -> Iterator[Placed]:
    """A brick for each change, in Keras' terms of today."""
    across, down = named.get("horizontal_flip"), named.get("vertical_flip")
    if across or down:
        both = {"mode": "horizontal_and_vertical"}
        one = {"mode": "horizontal" if across else "vertical"}
        yield Placed("RandomFlip", both if across and down else one)
    turn = named.get("rotation_range")
    if _above_zero(turn):
        yield Placed("RandomRotation", {"factor": round(turn / 360, 4)})
    high, wide = named.get("height_shift_range", 0), named.get("width_shift_range", 0)
    if _above_zero(high) or _above_zero(wide):
        yield Placed("RandomTranslation", {"height_factor": high, "width_factor": wide})
    if _above_zero(named.get("zoom_range")):
        yield Placed("RandomZoom", {"height_factor": named["zoom_range"]})


def _above_zero(value: Any) -> bool:
    return isinstance(value, int | float) and value > 0


def _fitting(placed: Placed, made: Made, notes: Notes) -> Placed | None:
    """The brick as the catalogue has it; None and a note where it has none."""
    brick = catalog().get(placed.kind)
    known = brick.by_name if brick else {}
    values = {
        name: setting(known[name], value) if name in known else NOTHING
        for name, value in placed.settings.items()
    }
    if brick is None or NOTHING in values.values():
        said = N_("There is no brick for {name}; it is left out.")
        notes.say(made.line, said, name=placed.kind)
        return None
    given = {k: v for k, v in values.items() if v != brick.defaults.get(k, NOTHING)}
    return Placed(placed.kind, given)


def unread(generators: list[Made], notes: Notes) -> None:
    """Note the changes of pictures that no brick makes."""
    known = [
        "horizontal_flip",
        "vertical_flip",
        "rotation_range",
        "height_shift_range",
        "width_shift_range",
        "zoom_range",
    ]
    for made in generators:
        for name, value in made.named.items():
            if name not in known and name not in _SILENT and value:
                if name == "preprocessing_function" and is_known(value):
                    continue
                said = N_("There is no brick for {name}; it is left out.")
                notes.say(made.line, said, name=name)
