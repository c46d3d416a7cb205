"""Running a training some seconds each way, in turns with the usual way."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, replace
from math import ceil
from statistics import median, quantiles
from time import perf_counter
from types import ModuleType
from typing import Any

import keras

from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from codegen import live
from codegen.source import script
from training import weights
from training.messages import Own
from training.speed import Timed, Way, together, tried
from training.worker.about import device
from training.worker.callbacks import NoBar
from training.worker.finder import LARGEST, few, prepared
from training.worker.prepared import bring
from training.worker.weights import ready

SECONDS = 0.3
"""How long one turn takes, about: short ones meet the same neighbours."""
ROUNDS, LEAST_ROUNDS = 13, 4
ENOUGH = 9.0
"""Seconds for one way, where that has had its least rounds."""
LONGEST = 90.0
"""Seconds after which no further way is begun."""
HOPELESS = 0.8
"""Times as fast as the usual way, after the least rounds."""
FEWEST = 6
"""Goes of batches in a turn."""
LONGEST_GO = 0.5
"""Seconds: more batches in one go would keep a Stop waiting."""

Tell = Callable[[dict[str, Any]], None]


class Clock(keras.callbacks.Callback):
    """Batches a second, from the end of the first go to the end of the last."""

    def __init__(self) -> None:
        super().__init__()
        self.goes: list[float] = []
        self.batches = self.first = self.last = 0

    def on_epoch_begin(self, epoch, logs=None):
        self.last = 0

    def on_train_batch_end(self, batch, logs=None):
        self.goes.append(perf_counter())
        self.batches += batch + 1 - self.last
        self.first = self.first or self.batches
        self.last = batch + 1

    @property
    def rate(self) -> float:
        spent = self.goes[-1] - self.goes[0]
        return (self.batches - self.first) / max(spent, 1e-9)


class Running:
    """A compiled model and what it is to be fitted to, ready to run for a while."""

    def __init__(self, project: Project, way: Way, data: Any) -> None:
        told = script(replace(project, training=way.of(project.training)))
        self.script: ModuleType = live.module(told)
        learned, *others = data
        self.data = (few(self.script, learned, project.training.whole), *others)
        keras.utils.set_random_seed(0)
        self.model, args, words = self._compiled(self.script.build_model())
        self.given: tuple[tuple[Any, ...], dict[str, Any]] = args, words

    def _compiled(
        self, model: keras.Model
    ) -> tuple[keras.Model, tuple[Any, ...], dict[str, Any]]:
        """What the script's own `train` compiles and would fit: the model, or its head
        on features; of two steps the second, which takes longer."""
        found: list[Any] = []
        begun = getattr(self.script, "FROZEN_EPOCHS", 0)
        fit = keras.Model.fit
        keras.Model.fit = lambda fitted, *args, **words: found.append(
            (fitted, args, words)
        )
        try:
            later = begun if begun < self.script.EPOCHS else 0
            self.script.train(model, self.data, initial_epoch=later)
        finally:
            keras.Model.fit = fit
        return found[0]

    def rate(self, batches: int) -> float:
        """Batches a second, over at least so many."""
        args, words = self.given
        size, (x, _) = self.size, self.data[0]
        count = min(len(x), batches * size)
        count = max(min(len(x), size), count - count % size)  # each batch is a full one
        if isinstance(args[0], keras.utils.PyDataset):
            fed = args[0]
            args = (type(fed)(fed.x[:count], fed.y[:count]),)
        else:
            args = tuple(part[:count] for part in args)
        clock = Clock()
        own: dict[str, Any] = {"validation_data": None, "initial_epoch": 0}
        own["callbacks"] = [clock, NoBar()]
        epochs = ceil(batches * size / count)
        self.model.fit(*args, **{**words, **own, "epochs": epochs})
        return clock.rate

    @property
    def size(self) -> int:
        """Examples in a batch."""
        told = getattr(self.script, "BATCH_SIZE", 32)
        given: int = self.given[1].get("batch_size") or told
        return max(1, min(len(self.data[0][0]), given))


def ways(ask: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """How fast each way is; `tell` hears how far it is."""
    tell({})
    own = Own(**ask["own"]) if ask["own"] else None
    bring(own, lambda _done, _of: None)
    keras.backend.clear_session()
    project = Project.from_json(ask["project"], MOST_SAVED)
    with ready(weights.files(project.tower)):
        return _timed(project, _data(project), tell)


def _data(project: Project) -> Any:
    told = script(project)
    learned, *others = prepared.data(live.module(told), told)
    if project.training.whole:
        learned = tuple(part[:LARGEST] for part in learned)
    return (learned, *others)


def _timed(project: Project, data: Any, tell: Tell) -> dict[str, Any]:
    began, usual = perf_counter(), Running(project, Way(), data)
    steps = usual.model.steps_per_execution
    usual.rate(FEWEST * steps)  # the first time Keras traces
    speed = usual.rate(FEWEST * steps)
    found = [Timed(Way(), 1.0, 1.0, 1.0, speed * usual.size)]
    on = device()
    epoch = max(1, len(data[0][0]) // usual.size)
    asked = [*tried(usual.model.jit_compile, steps, epoch, on != "CPU")]
    tell(_told(found, on))
    for way in _in_turn(asked, found):
        short = way.steps <= max(steps, speed * LONGEST_GO)
        if short and perf_counter() < began + LONGEST:
            found.append(_against(usual, project, way, data, speed))
            tell(_told(found, on))
    return _told(found, on)


def _in_turn(asked: list[Way], found: list[Timed]) -> Any:
    """Each by itself, then those together that were better."""
    yield from asked
    yield from together(found[1:])


def _against(
    usual: Running, project: Project, way: Way, data: Any, speed: float
) -> Timed:
    """This way and the usual one in turns."""
    other = Running(project, way, data)
    most = max(one.model.steps_per_execution for one in (usual, other))
    batches = max(FEWEST * most, int(SECONDS * speed))
    other.rate(2 * most)  # Keras traces, and XLA compiles
    ratios = _ratios(usual, other, batches)
    low, middle, high = quantiles(ratios, n=4)
    del other
    gc.collect()
    figures = (middle, low, high, speed * middle * usual.size)
    return Timed(way, *(float(f"{figure:.4g}") for figure in figures))


def _ratios(usual: Running, other: Running, batches: int) -> list[float]:
    """How many times as fast the other is, turn by turn."""
    began, ratios = perf_counter(), list[float]()
    for number in range(ROUNDS):
        over = perf_counter() > began + ENOUGH or median(ratios or [1.0]) < HOPELESS
        if number >= LEAST_ROUNDS and over:
            break
        ratios.append(1 / usual.rate(batches) * other.rate(batches))
    return ratios


def _told(found: list[Timed], on: str) -> dict[str, Any]:
    rows = [{"way": astuple(one.way), "figures": astuple(one)[1:]} for one in found]
    return {"timed": rows, "device": on}


def written(found: Mapping[str, Any]) -> bytes:
    """As it is put down for the page."""
    return json.dumps(found).encode()
