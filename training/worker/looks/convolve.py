"""How a convolution makes one number of its map: patch times kernel, summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from explain.convolution import EDGES, Sum, by_hand, summed
from explain.maps import pictured
from explain.unexplained import Unexplained
from training.parcel import Arrays
from training.viewing import DONE, FAILED, Told
from training.worker.bricks import place_of
from training.worker.given import got, last
from training.worker.viewer import Viewer

MOST_CHANNELS = 64  # whose shares of the sum are told


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """The number at (`row`, `column`, `channel`) of `brick`'s map; None is the place of
    the strongest answer. `below`, what the brick gets in its channel `of`, and `above`,
    what it gives, as pictures; `patch`, `kernel`, `products` of that channel. With
    `edges` a lecture's kernel goes over the picture itself instead."""
    opened = viewer.run(ask)
    yield None
    x = viewer.given(ask, arrays)[:1]
    yield None
    try:
        if ask.get("edges") in EDGES:
            yield _by_hand(x[0], np.array(EDGES[ask["edges"]], "float32"), ask)
            return
        place = place_of(opened, ask)
        below = got(opened, place, x)[0]
        yield None
        above = last.at(opened, place, x)[0]
        channel = int(ask.get("channel") or 0) % above.shape[-1]
        row, column = _place(above[..., channel], ask)
        found = summed(place.layer, below, row, column, channel)
        yield _told(found, below, above[..., channel], (row, column, channel), ask)
    except Unexplained as error:
        yield Told(FAILED, said=error.said)


def _place(above: np.ndarray, ask: Mapping[str, Any]) -> tuple[int, int]:
    """The place that is asked for; where none is, that of the strongest answer."""
    if ask.get("row") is None or ask.get("column") is None:
        down, across = np.unravel_index(int(np.argmax(above)), above.shape)
        return int(down), int(across)
    height, width = above.shape
    row, column = int(ask["row"]), int(ask["column"])
    return min(max(row, 0), height - 1), min(max(column, 0), width - 1)


def _by_hand(x: np.ndarray, kernel: np.ndarray, ask: Mapping[str, Any]) -> Told:
    """A lecture's kernel on the picture, its colours taken together."""
    grey = x.mean(axis=-1).astype("float32") if x.ndim == 3 else np.atleast_2d(x)
    above = by_hand(grey, kernel)
    row, column = _place(above, ask)
    side = kernel.shape[0]
    patch = grey[row : row + side, column : column + side]
    total = float(above[row, column])
    found = Sum(
        patch=patch[..., None],
        kernel=kernel[..., None],
        products=(patch * kernel)[..., None],
        inside=np.ones(kernel.shape, bool),
        rows=tuple(range(row, row + side)),
        columns=tuple(range(column, column + side)),
        channels=(0, 1),
        total=total,
        bias=0.0,
        activation="linear",
        value=total,
    )
    return _told(found, grey[..., None], above, (row, column, 0), ask)


def _told(
    found: Sum,
    below: np.ndarray,
    above: np.ndarray,
    place: tuple[int, int, int],
    ask: Mapping[str, Any],
) -> Told:
    shares = found.products.sum(axis=(0, 1))
    first, last = found.channels
    wanted = ask.get("of")
    inner = int(np.abs(shares).argmax()) if wanted is None else int(wanted) - first
    inner = min(max(inner, 0), len(shares) - 1)
    row, column, channel = place
    fields = {
        "row": row,
        "column": column,
        "channel": channel,
        "of": first + inner,
        "channels": [first, last],
        "rows": list(found.rows),
        "columns": list(found.columns),
        "below_shape": list(below.shape),
        "above_shape": list(above.shape),
        "total": found.total,
        "bias": found.bias,
        "activation": found.activation,
        "value": found.value,
    }
    seen = below[..., first + inner]
    return Told(
        DONE,
        fields,
        {
            "below": pictured(seen[..., None])[..., None],
            "above": pictured(above[..., None])[..., None],
            "patch": found.patch[..., inner],
            "kernel": found.kernel[..., inner],
            "products": found.products[..., inner],
            "inside": found.inside.astype("int32"),
            "shares": shares[:MOST_CHANNELS].astype("float32"),
            "span": np.array([seen.min(), seen.max()], "float32"),
        },
    )
