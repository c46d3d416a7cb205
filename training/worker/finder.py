"""The learning-rate range test: a tower learns while its rate grows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from time import monotonic
from types import ModuleType
from typing import Any

import keras

from codegen import live
from training import finder, weights
from training.messages import Own
from training.worker.callbacks import NoBar
from training.worker.prepared import Prepared, bring
from training.worker.weights import ready

SECONDS = 8.0
"""How long it may learn, where a batch takes long."""
FEWEST, MOST = 60, 150
"""Batches over which the rate grows."""
TOLD_SECONDS = 0.5
LARGEST = 4_096
"""Examples, where a training takes all of them as one batch."""
FEATURES = 512
"""Examples, where a base must first work their features out."""

prepared = Prepared()
"""The data that the last ask needed."""


class Enough(Exception):
    """The loss has run away, or the highest rate is reached."""


class Growing(keras.callbacks.Callback):
    """Sets the rate for each batch, and notes the loss of that batch alone."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        super().__init__()
        self.tell = tell
        self.rates: list[float] = []
        self.losses: list[float] = []
        self.told = self.began = 0.0
        self.warm = 0

    def on_train_batch_begin(self, batch, logs=None):
        if self.rates:
            self.model.optimizer.learning_rate = self.rates[len(self.losses)]

    def on_train_batch_end(self, batch, logs=None):
        self.model.reset_metrics()  # or the loss would be the mean since the beginning
        if not self.rates:
            self._warmed_up()
            return
        self.losses.append(float(logs["loss"]))
        over = len(self.losses) == len(self.rates)
        if over or finder.runs_away(self.losses):
            raise Enough
        if monotonic() > self.told + TOLD_SECONDS:
            self.told = monotonic()
            self.tell(self.found())

    def found(self) -> dict[str, Any]:
        """What is known by now."""
        done = self.rates[: len(self.losses)]
        return {"rates": done, "losses": self.losses, "of": len(self.rates)}

    def _warmed_up(self) -> None:
        """After some batches: how many more there is time for."""
        self.warm += 1
        if self.warm == 1:
            self.began = monotonic()  # the first, in which Keras traces, does not count
        if self.warm == finder.FIRST:
            each = (monotonic() - self.began) / (finder.FIRST - 1)
            count = int(SECONDS / max(each, 1e-6))
            self.rates = finder.rates(min(MOST, max(FEWEST, count)))


def rates(
    ask: Mapping[str, Any], tell: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """The rates and the loss at each; `tell` hears how far it is."""
    tell({})
    own = Own(**ask["own"]) if ask["own"] else None
    bring(own, lambda _done, _of: None)
    keras.backend.clear_session()
    script = live.module(ask["script"])
    keras.utils.set_random_seed(script.SEED)
    learned, validated, test = prepared.data(script, ask["script"])
    growing = Growing(tell)
    learned = few(script, learned, ask["whole"])
    data = learned, _first(validated, 1), test
    try:
        with ready(weights.of_json(ask.get("weights", ()))):
            model = script.build_model()
        script.train(model, data, [growing, NoBar()])
    except Enough:
        return _finite(growing.found())
    return _finite(growing.found())


def few(script: ModuleType, learned: tuple[Any, Any], whole: bool) -> tuple[Any, Any]:
    """As many of the examples as there is time for."""
    if hasattr(script, "extract_features"):
        script.told = lambda _done, _of: None  # type: ignore[attr-defined]
        return _first(learned, FEATURES)
    return _first(learned, LARGEST) if whole else learned


def _first(pair: tuple[Any, Any], most: int) -> tuple[Any, Any]:
    return pair[0][:most], pair[1][:most]


def _finite(found: dict[str, Any]) -> dict[str, Any]:
    """Without a last loss that is no number, which JSON does not know."""
    known = [loss for loss in found["losses"] if abs(loss) < float("inf")]
    return {**found, "rates": found["rates"][: len(known)], "losses": known}


def written(found: Mapping[str, Any]) -> bytes:
    """As it is put down for the page."""
    return json.dumps(found).encode()
