"""One brick looked at closely: its channels, large, a sheet at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from explain.maps import strength
from explain.opened import Opened, Place
from training.parcel import Arrays
from training.viewing import DONE, Told
from training.worker import tiles
from training.worker.answered import classes
from training.worker.bricks import place_of, told
from training.worker.given import last
from training.worker.viewer import Viewer

MOST_CHANNELS = 512
SIDE, LARGE = 64, 320  # points of a channel in the sheet, and of one alone


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """What `brick` (at its `time` in a Block; of a base its layer `inner`) gave. Of
    maps: `sheet`, its channels by `order`, and how strong each is; `large`, the one of
    number `channel`. Else its `values`, and the `names` of the classes they are of."""
    opened = viewer.run(ask)
    place = place_of(opened, ask)
    yield None
    x = viewer.given(ask, arrays)[:1]
    gave = last.at(opened, place, x)[0]
    yield None
    fields = told(opened, place)
    fields |= tiles.Facts(gave).to_json()
    if fields["kind"] != tiles.MAPS:
        values = gave.reshape(-1)[: tiles.MOST_UNITS].astype("float32")
        fields |= _names(opened, place, len(values))
        yield Told(DONE, fields, {"values": values, "tile": _whole(gave)})
        return
    order = tiles.order(gave, str(ask.get("order")))[:MOST_CHANNELS]
    one = int(ask.get("channel") or 0) % len(strength(gave))
    fields |= {"order": order.tolist(), "channel": one}
    yield Told(
        DONE,
        fields,
        {
            "sheet": tiles.of_channels(gave, order, SIDE),
            "strengths": tiles.strengths(gave)[order],
            "large": tiles.of_channels(gave, np.array([one]), LARGE),
        },
    )


def _names(opened: Opened, place: Place, count: int) -> dict[str, list[str]]:
    """What the units stand for, where they are the answer."""
    names = classes(opened) if place.layer is opened.taps[-1].layer else []
    return {"names": names} if len(names) == count else {}


def _whole(gave: np.ndarray) -> np.ndarray:
    if tiles.kind(gave) == tiles.STEPS:
        return tiles.of_steps(gave, LARGE)
    return tiles.of_units(gave)
