"""Where in a picture a model looks: a heatmap by one of four methods, as it grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from explain.bases import last_map
from explain.heatmaps.heat import Heat, enlarged, shown
from explain.heatmaps.made import heats, last_convolution
from explain.heatmaps.methods import METHODS
from explain.opened import Opened, Place
from explain.unexplained import Unexplained
from training.parcel import Arrays
from training.viewing import DONE, FAILED, PROGRESS, Told
from training.worker import tiles
from training.worker.answered import classes
from training.worker.bricks import place_of, told
from training.worker.viewer import Viewer

BRIGHTEST = 0.98
"""Where each point has a heat of its own, the share of them that is below white."""
AT_LAYER = {method.name for method in METHODS if method.at_layer}


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """`heat`, a grey picture: white is what speaks most for class `target` (None: for
    the answer itself). Grad-CAM looks at `brick` (of a base at its layer `inner`), or
    at the last convolution, which `brick` then names. `score` is before softmax or
    sigmoid; `classes` all names."""
    opened = viewer.run(ask)
    yield None
    x = viewer.given(ask, arrays)[0]
    yield None
    try:
        yield from _heats(opened, ask, x)
    except Unexplained as error:
        yield Told(FAILED, {"classes": classes(opened)}, said=error.said)


def _heats(opened: Opened, ask: Mapping[str, Any], x: np.ndarray) -> Iterator[Told]:
    method = str(ask.get("method"))
    target = ask.get("target")
    fields: dict[str, Any] = {"method": method, "classes": classes(opened)}
    layer = None
    if method in AT_LAYER:
        place = _looked_at(opened, ask)
        layer = place.layer
        fields |= told(opened, place)
    last = None
    for heat in heats(method, opened.model, x, target, layer, opened.kept):
        last = heat
        yield Told(PROGRESS, _figures(fields, heat), _painted(heat, x))
    assert last is not None
    yield Told(DONE, _figures(fields, last), _painted(last, x))


def _looked_at(opened: Opened, ask: Mapping[str, Any]) -> Place:
    """The place that is asked for; of a base the last one before it pools."""
    if not ask.get("brick"):
        return opened.place_of(last_convolution(opened.model))
    place = place_of(opened, ask)
    within = last_map(place.layer) if place.inner is None else None
    return place if within is None else opened.place_of(within)


def _figures(fields: dict[str, Any], heat: Heat) -> dict[str, Any]:
    return {**fields, "score": heat.score, "share": heat.share}


def _painted(heat: Heat, x: np.ndarray) -> Arrays:
    height, width = x.shape[:2]
    values = shown(heat)
    if values.shape == x.shape[:2]:  # a few points outshine all others: they stand back
        values = np.minimum(values / max(np.quantile(values, BRIGHTEST), 1e-6), 1)
    whole = enlarged(values, height, width)
    found = {"heat": np.round(whole * 255).astype("uint8")[None, ..., None]}
    seen = tiles.seen(x[None])
    return found if seen is None else {**found, "seen": seen}
