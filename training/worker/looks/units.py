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
from explain.opened import Opened
from explain.pace import Pace
from explain.taps import Tap
from training import runs
from training.parcel import Arrays
from training.viewing import DONE, Told
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
    """`bricks`: how often the units of each fire over `examples` of the test, and how
    many never do (`dead`, behind a relu only). `epochs` and `bars`, those that the run
    kept: rows of 30 shares of the highest bar, for each epoch, brick of `kept` and kind
    (weights, activations, gradients); `low`, `high`, `mean`, `zeros` alike."""
    opened = viewer.run(ask)
    seen = [_Seen(tap) for tap in opened.taps]
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
    fields |= {"epochs": kept.epochs.tolist(), "kept": kept.bricks}
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
            for one, made in zip(seen, gave(opened, opened.taps, some), strict=True):
                one.add(made)
        done += len(numbers)
        yield None


class _Seen:
    """What the units of one brick did, a few examples after another."""

    def __init__(self, tap: Tap) -> None:
        self.tap = tap
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
        relu = rectifies(self.tap.layer)
        return {
            "brick": self.tap.brick,
            "time": self.tap.time,
            "shape": self.shape,
            "units": len(self.firing.rate),
            "rate": float(self.firing.rate.mean()),
            "relu": relu,
            "dead": int(self.firing.dead.sum()) if relu else 0,
        }


def _numbers(opened: Opened) -> int:
    """That all bricks give for one example."""
    shapes = [tap.layer.output.shape[1:] for tap in opened.taps]
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
