"""All of explain's maths on one model with known weights, told as JSON: the same on
every backend. Run as a program for another one than TensorFlow."""

from __future__ import annotations

import json
from typing import Any

import keras
import numpy as np

from explain.convolution import summed
from explain.filters import kernel_pictures, patterns
from explain.heatmaps.made import heats
from explain.heatmaps.methods import METHODS
from explain.probe import outputs
from explain.snapshot import Snapshots
from explain.taps import Tap
from tests.explain.models import nested, pictures


def known() -> keras.Model:
    """A base with a shortcut inside a Sequential, its weights from NumPy's chance."""
    model = nested()
    chance = np.random.default_rng(8)
    model.set_weights(
        [chance.normal(0, 0.3, weight.shape) for weight in model.get_weights()]
    )
    return model


def everything() -> dict[str, Any]:
    """Numbers by name."""
    model, x = known(), pictures()
    low = model.get_layer("base").get_layer("in_base")
    answer = model.get_layer("answer")
    found = {
        f"output {n}": each for n, each in enumerate(outputs(model, [low, answer], x))
    }
    for method in METHODS:
        *_, heat = heats(method.name, model, x[0], 1, low)
        found[method.name] = heat.values
    *_, made = patterns(model, low, [0, 2], steps=4)
    found["patterns"] = made.answers
    found["kernels"] = kernel_pictures(low)
    found["sum"] = np.array([summed(low, x[0] * 0.5, 3, 4, 2).value])
    found["place"] = outputs(model, [low], x)[0][0, 3:4, 4, 2]
    model.compile("sgd", "sparse_categorical_crossentropy")
    taps = [Tap("low", 0, low), Tap("answer", 0, answer)]
    taken = Snapshots(model, taps, x, np.array([0, 1, 1])).take()
    found["bars"] = np.array([[bar.mean for bar in row] for row in taken])
    return {name: np.asarray(each, "float64").tolist() for name, each in found.items()}


if __name__ == "__main__":
    print(json.dumps(everything()))
