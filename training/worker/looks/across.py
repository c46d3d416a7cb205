"""One channel on several pictures: what it answers to, and what not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from explain.maps import channels, strength
from explain.opened import Opened
from training.parcel import Arrays
from training.viewing import DONE, Told
from training.worker import tiles
from training.worker.answered import classes
from training.worker.bricks import place_of
from training.worker.given import gave
from training.worker.viewer import Viewer

MOST = 10  # pictures
SIDE = 64


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """Test pictures, one of each class, or the first ones: `seen`; what `channel` of
    `brick` made of each: `maps`, in greys that are the same for all; `at`: their
    numbers, `names`: their classes, `strengths`: shares of the strongest."""
    opened = viewer.run(ask)
    place = place_of(opened, ask)
    x, y = viewer.examples(ask)
    yield None
    at, names = _of_each_class(opened, np.asarray(y), len(x))
    some = viewer.given({**ask, "given": {"test": at}}, {})
    yield None
    channel = int(ask.get("channel") or 0)
    maps = np.stack([channels(one)[channel] for one in gave(opened, [place], some)[0]])
    strong = np.array([strength(one[..., None])[0] for one in maps])
    found = {"maps": _alike(maps), "strengths": strong / max(strong.max(), 1e-12)}
    seen = tiles.seen(some)
    if seen is not None:
        found["seen"] = seen
    yield Told(DONE, {"at": at, "names": names}, found)


def _of_each_class(opened: Opened, y: np.ndarray, many: int) -> tuple[list[int], Any]:
    names = classes(opened)
    if not names or (y.ndim > 1 and y.shape[1] > 1):
        return list(range(min(MOST, many))), []
    labels = y.reshape(-1)
    found = [np.flatnonzero(labels == n)[:1] for n in range(len(names))]
    kept = [(int(at[0]), names[n]) for n, at in enumerate(found) if len(at)][:MOST]
    return [at for at, _ in kept], [name for _, name in kept]


def _alike(maps: np.ndarray) -> np.ndarray:
    """Maps (n, height, width) as pictures of one scale, to be compared."""
    side_by_side = maps.reshape(1, -1, maps.shape[-1])
    points = tiles.of_channels(np.moveaxis(side_by_side, 0, -1), np.array([0]), 1 << 20)
    return tiles.shrunk(points.reshape(maps.shape), SIDE)[..., None]
