"""Which units fire over many examples, and how the numbers of every brick lay over the
epochs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from explain import histograms
from explain.firing import Firing, firing, rectifies
from explain.histograms import Histograms
from explain.opened import Opened, Place
from explain.pace import Pace
from training import runs
from training.parcel import Arrays
from training.viewing import DONE, Told
from training.worker.bricks import told as told_of
from training.worker.given import gave
from training.worker.viewer import Viewer
from uploads.errors import UploadError

FEWEST, MOST = 8, 256  # examples
MOST_NUMBERS = 400_000_000
"""Of all bricks and examples together; larger towers see fewer examples."""
AT_ONCE, MOST_AT_ONCE = 16, 16_000_000
"""Examples that go through the tower together, and their numbers, at most."""


def look(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    """`bricks`: how often the units of each, and of the ends of a base's blocks, fire
    over `examples` of the test, and how many never do (`dead`, behind a relu only).
    `epochs` and `bars`, those that the run kept: rows of 30 shares of the highest bar,
    for each epoch, place of `kept` and kind (weights, activations, gradients); `low`,
    `high`, `mean`, `zeros` alike."""
    opened = viewer.run(ask)
    seen = [_Seen(opened, place) for place in opened.overview]
    said = None
    yield None
    try:
        yield from _fire(viewer, opened, ask, seen)
    except UploadError as error:  # the data are gone; what the run kept is there still
        said = error.said
    told = [one.to_json() for one in seen if one.count]
    fields: dict[str, Any] = {"bricks": told, "examples": seen[0].count if seen else 0}
    kept = histograms.read(Path(ask["folder"]) / runs.HISTOGRAMS)
    if kept is None or not len(kept.epochs):
        yield Told(DONE, fields, said=said)
        return
    fields |= {"epochs": kept.epochs.tolist(), "kept": _kept(opened, kept)}
    yield Told(DONE, fields, _bars(kept), said)


def _fire(
    viewer: Viewer, opened: Opened, ask: Mapping[str, Any], seen: list[_Seen]
) -> Iterator[None]:
    """Have the bricks see some of the test, a few examples after another."""
    there, each = len(viewer.examples(ask)[0]), _numbers(opened)
    few = min(there, MOST, max(FEWEST, MOST_NUMBERS // each))
    pace = Pace(min(AT_ONCE, MOST_AT_ONCE // each))
    done = 0
    while done < few:
        numbers = list(range(done, min(few, done + pace.size)))
        some = viewer.given({**ask, "given": {"test": numbers}}, {})
        with pace.timed(len(numbers)):
            for one, made in zip(
                seen, gave(opened, opened.overview, some), strict=True
            ):
                one.add(made)
        done += len(numbers)
        yield None


class _Seen:
    """What the units of one place did, a few examples after another."""

    def __init__(self, opened: Opened, place: Place) -> None:
        self.layer = place.layer
        self.place = told_of(opened, place)
        self.firing: Firing | None = None
        self.shape: list[int] = []

    @property
    def count(self) -> int:
        return self.firing.count if self.firing else 0

    def add(self, made: np.ndarray) -> None:
        new = firing(made)
        self.firing = self.firing.joined(new) if self.firing else new
        self.shape = list(made.shape[1:])

    def to_json(self) -> dict[str, Any]:
        assert self.firing is not None
        relu = rectifies(self.layer)
        return {
            **self.place,
            "shape": self.shape,
            "units": len(self.firing.rate),
            "rate": float(self.firing.rate.mean()),
            "relu": relu,
            "dead": int(self.firing.dead.sum()) if relu else 0,
        }


def _kept(opened: Opened, kept: Histograms) -> list[tuple[Any, ...]]:
    """Brick, time in a Block, and of a base's layer its number and its name."""
    names = opened.names
    found: list[tuple[Any, ...]] = []
    for (brick, time), inner in zip(kept.bricks, kept.inner, strict=True):
        within = names.get(brick, ())
        named = (inner, within[inner]) if 0 <= inner < len(within) else ()
        found.append((brick, time, *named))
    return found


def _numbers(opened: Opened) -> int:
    """That all of them give for one example."""
    shapes = [place.layer.output.shape[1:] for place in opened.overview]
    return max(1, sum(int(np.prod([n or 1 for n in shape])) for shape in shapes))


def _bars(kept: Histograms) -> Arrays:
    """Shares (epochs * bricks * kinds, bins) from 0 to 255, the figures (rows,)."""
    counts = kept.counts.reshape(-1, kept.counts.shape[-1]).astype("float32")
    highest = np.maximum(counts.max(axis=1, keepdims=True), 1)
    bars = np.round(255 * counts / highest).astype("uint8")
    figures = {
        name: getattr(kept, name).reshape(-1).astype("float32")
        for name in ("low", "high", "mean", "zeros")
    }
    return {"bars": bars, **figures}
