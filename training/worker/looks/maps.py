"""What every brick of a tower made of one example, in one forward pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from explain.bases import is_map, layers_in
from explain.convolution import convolves
from explain.opened import Opened, Place
from training.parcel import Arrays
from training.viewing import DONE, Told
from training.worker import answered, tiles
from training.worker.bricks import told
from training.worker.given import last
from training.worker.viewer import Viewer

MOST_CHANNELS = 24  # of a brick, beside it; a narrow page asks for fewer
SIDE = 48  # points of a channel beside its brick, at most


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """`bricks`: what each gave, in numbers, from the ground up; `tiles<n>`: the n-th
    one's first channels, or strongest ones by `order`; `seen`: the picture itself,
    and `rebuilt` what an autoencoder gave back;
    `bases`: what layers each base has, and of those in `open` `insides`, `inside<n>`,
    the same of the ends of its blocks;
    `answer` and `example`: see `training.worker.answered`."""
    opened = viewer.run(ask)
    yield None
    x = viewer.given(ask, arrays)[:1]
    yield None
    gave = [one[0] for one in last.by(opened, x)]
    yield None
    by = str(ask.get("order"))
    most = min(MOST_CHANNELS, max(1, int(ask.get("most") or MOST_CHANNELS)))
    found: dict[str, Any] = {}
    rows: dict[str, list[dict[str, Any]]] = {"tiles": [], "inside": []}
    wanted = ask.get("open") or ()
    for place, one in zip(opened.overview, gave, strict=True):
        if place.inner is not None and place.tap.brick not in wanted:
            continue
        order = tiles.order(one, by)[:most]
        name = "tiles" if place.inner is None else "inside"
        found[f"{name}{len(rows[name])}"] = _tiles(one, order)
        rows[name].append(_row(opened, place, one, order))
        yield None
    seen = tiles.seen(x)
    if seen is not None:
        found["seen"] = seen
    if seen is not None and gave[-1].shape == x.shape[1:]:
        found["rebuilt"] = tiles.seen(gave[-1][None].clip(0, tiles.white(x)))
    fields = {
        "bricks": rows["tiles"],
        "insides": rows["inside"],
        "bases": _bases(opened),
        "answer": answered.answer(opened, gave[-1]),
        "example": answered.example(viewer, opened, ask, arrays),
        "input": tiles.Facts(x[0].astype("float32")).to_json(),
    }
    yield Told(DONE, fields, found)


def _row(
    opened: Opened, place: Place, gave: np.ndarray, order: np.ndarray
) -> dict[str, Any]:
    facts = tiles.Facts(gave).to_json()
    if facts["kind"] == tiles.MAPS:
        facts["order"] = order.tolist()
    return {**told(opened, place), **facts}


def _bases(opened: Opened) -> dict[str, dict[str, Any]]:
    """Of each base the names of its layers in Keras' order; the numbers of those that
    give maps, and of those whose sums can be shown."""
    found = {}
    for tap in opened.taps:
        layers = layers_in(tap.layer)
        if layers:
            found[tap.brick] = {
                "names": opened.names[tap.brick],
                "maps": [n for n, one in enumerate(layers) if is_map(one)],
                "convolves": [n for n, one in enumerate(layers) if convolves(one)],
            }
    return found


def _tiles(gave: np.ndarray, order: np.ndarray) -> np.ndarray:
    if tiles.kind(gave) == tiles.UNITS:
        return tiles.of_units(gave)
    if tiles.kind(gave) == tiles.STEPS:
        return tiles.of_steps(gave, 2 * SIDE)
    return tiles.of_channels(gave, order, SIDE)
