"""Keeps over the epochs what weights, activations and gradients are like."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import keras
import numpy as np

from bricks.project import Project
from explain import histograms
from explain.bases import layers_in
from explain.opened import Place
from explain.rewired import every
from explain.snapshot import Snapshots
from explain.taps import Tap, printed
from storage import files

EXAMPLES = 32
MOST_MADDS = 4_000_000_000
"""Of one look, forward and back: about a second of two cores. Large models are looked
at with fewer examples, so that Stop is heard."""
FREE_SECONDS, SHARE = 1.0, 0.03
"""All looks together may take so long, and beyond that such a share of the training."""
MOST_BRICKS = 200
MOST_INNER = 24
"""Layers of a base that learns, evenly from the first to the last of them."""

log = logging.getLogger(__name__)


class Histograms(keras.callbacks.Callback):
    """Looks before the training and after epochs, seldom where it costs much.

    `x`, `y` are examples to validate with, as the model gets them; `madds` are the
    multiply-adds of one. Where not the `whole` model is fitted but its head,
    `features()` are those of the examples. The curves of a run are the same with it
    and without.
    """

    def __init__(
        self,
        path: Path,
        places: Sequence[Place],
        x: np.ndarray,
        y: np.ndarray,
        madds: int,
        begun: int = 0,
        whole: keras.Model | None = None,
        features: Callable[[], np.ndarray] | None = None,
    ) -> None:
        super().__init__()
        self.path = path
        self.places = _some(places, MOST_BRICKS)
        self.few = max(1, min(EXAMPLES, MOST_MADDS // max(1, 3 * madds)))
        self.x, self.y = x[:EXAMPLES], y[:EXAMPLES]
        self.whole, self.features = whole, features
        self.begun = begun
        self.spent, self.last, self.taken, self.epoch = 0.0, 0.0, -1, begun
        self.began = perf_counter()
        bricks = [(place.tap.brick, place.tap.time) for place in self.places]
        inner = [_number(place) for place in self.places]
        known = histograms.read(self.path) if begun else None
        fits = known and (known.bricks, known.inner) == (bricks, inner)
        self.kept = known if known and fits else histograms.empty(bricks, inner)

    def on_train_begin(self, logs=None):
        """The first time, or again with the next step of a training."""
        self.snapshots = self._looking()
        if not self.epoch:
            self.began = perf_counter()
            self._take(0)

    def _looking(self) -> Snapshots:
        """What looks at those layers that the fitted model has."""
        layers = {id(layer) for layer in every(self.model)}
        self.there = [id(place.layer) in layers for place in self.places]
        places = [place for place, there in zip(self.places, self.there) if there]
        x, y = self.x[: self.few], self.y[: self.few]
        if self.features and self.model is not self.whole:
            x, y = self.features()[:EXAMPLES], self.y
        return Snapshots(self.model, places, x, y)

    def on_epoch_end(self, epoch, logs=None):
        self.epoch = epoch + 1
        due = self.epoch % histograms.stride(self.epoch) == 0
        if due and self._affordable():
            self._take(self.epoch)

    def on_train_end(self, logs=None):
        if self.taken != self.epoch:
            self._take(self.epoch)  # what came of it, whatever it costs

    def _affordable(self) -> bool:
        left = FREE_SECONDS + SHARE * (perf_counter() - self.began) - self.spent
        return left > self.last

    def _take(self, epoch: int) -> None:
        began = perf_counter()
        taken = iter(self.snapshots.take())
        rows = [next(taken) if there else _NOTHING for there in self.there]
        self.kept = self.kept.added(epoch, rows)
        try:
            files.write(self.path, self.kept.to_bytes())
        except OSError:  # a full disk, say: a side figure ends no training
            log.exception("Histograms can't be kept.")
        self.taken = epoch
        self.last = perf_counter() - began
        self.spent += self.last


_NOTHING = [histograms.bars() for _ in histograms.KINDS]
"""The bars of a brick that is not part of what is fitted now."""


def places(project: Project, taps: Sequence[Tap]) -> list[Place]:
    """Every brick; before a base those of its layers that are to learn and have
    kernels, or a few of them."""
    padlocks = {
        placed.id: placed.settings.get("frozen", True)
        for placed in printed(project.tower.bricks)
    }
    found = []
    for tap in taps:
        found += _some(_learning(tap, padlocks.get(tap.brick, True)), MOST_INNER)
        found.append(Place(tap, tap.layer))
    return found


def _learning(tap: Tap, frozen: Any) -> list[Place]:
    """The layers of a base that its padlock leaves open; none of another brick."""
    inner = layers_in(tap.layer)
    first = {True: len(inner), False: 0}[frozen] if isinstance(frozen, bool) else frozen
    return [
        Place(tap, layer, n)
        for n, layer in enumerate(inner)
        if n >= first and any(len(weight.shape) > 1 for weight in layer.weights)
    ]


def _number(place: Place) -> int:
    return histograms.BRICK if place.inner is None else place.inner


def _some(found: Sequence[Place], most: int) -> list[Place]:
    """All of them, or so many evenly from the ground up."""
    if len(found) <= most:
        return list(found)
    chosen = np.linspace(0, len(found) - 1, most).round().astype(int)
    return [found[n] for n in chosen]
