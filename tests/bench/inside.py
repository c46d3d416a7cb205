"""How long it takes to look inside: one pass for all layers against one a layer.

python -m tests.bench.inside [deep-cnn] [vgg16] [patterns] [histograms]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import keras
import numpy as np

from bricks.recipes import recipe
from bricks.walk import walk
from codegen.source import script
from explain.filters import patterns
from explain.gradients import gradient
from explain.heatmaps.made import heats, last_convolution
from explain.heatmaps.methods import METHODS
from explain.maps import pictured
from explain.opened import Opened, opened
from explain.probe import forward, probe
from explain.scores import Scored
from explain.snapshot import Snapshots
from tests.bench.clock import seconds
from training.worker.histograms import EXAMPLES, MOST_MADDS

OVERVIEW = 56  # the longest side of a map in the overview of all bricks


def tower(name: str) -> Opened:
    """A recipe's tower with random weights."""
    keras.utils.set_random_seed(1)
    project = recipe(name)
    return opened(project, script(project))


def example(model: keras.Model, count: int = 1) -> np.ndarray:
    """Points from 0 to 1."""
    chance = np.random.default_rng(0)
    return chance.random((count, *model.input_shape[1:]), "float32")


def as_in_the_book(model: keras.Model, layers: list, x: np.ndarray) -> list:
    """A model for each layer, and a prediction with each."""
    models = [keras.Model(model.inputs, layer.output) for layer in layers]
    return [one.predict(x, verbose=0) for one in models]


def say(name: str, spent: float) -> None:
    """A row of the table."""
    print(f"{name:<58}{spent * 1e3:>10,.0f} ms", flush=True)


def looking(name: str, times: int) -> None:
    """Feature maps of all bricks, and heatmaps, for one example."""
    open_ = tower(name)
    model, layers = open_.model, [tap.layer for tap in open_.taps]
    x = example(model)
    print(f"{name}: {len(layers)} layers, {model.count_params():,} weights")
    made = probe(model, layers)
    say(
        "a model that gives every layer, made", seconds(lambda: probe(model, layers), 3)
    )
    say("every layer: one call of it", seconds(lambda: forward(made, x), times))
    graph = lambda: made.predict_on_batch(x)  # noqa: E731 - timed as it stands
    say("every layer: its predict_on_batch", seconds(graph, times))
    again = [keras.Model(model.inputs, layer.output) for layer in layers]
    warm = lambda: [one.predict(x, verbose=0) for one in again]  # noqa: E731
    say(
        "layer by layer: predict, as the book does",
        seconds(lambda: as_in_the_book(model, layers, x), 1),
    )
    say("layer by layer: predict, the models kept", seconds(warm, min(3, times)))
    found = forward(made, x)
    say(
        "their pictures, all channels, for an overview",
        seconds(lambda: painted(found), times),
    )
    heat(model, x, times)


def painted(found: list[np.ndarray]) -> list[np.ndarray]:
    """As the overview of all bricks needs them."""
    return [pictured(one[0], OVERVIEW) for one in found]


def heat(model: keras.Model, x: np.ndarray, times: int) -> None:
    """Each method, and Grad-CAM against a forward and a backward pass."""
    scored = Scored(model)

    def both() -> object:
        return gradient(lambda x: (scored.numbers(x, None)[0][0], []), x)

    say("a forward and a backward pass", seconds(both, times))
    layer = last_convolution(model)
    for method in METHODS:
        work = every(lambda name=method.name: heats(name, model, x[0], None, layer))
        say(method.title, seconds(work, times if method.at_layer else 1))


def every(made: Callable[[], Iterator]) -> Callable[[], object]:
    """All steps of it."""
    return lambda: [None for _ in made()]


def climbing(name: str, count: int = 64) -> None:
    """Patterns of the highest convolution, and how long one step of them is."""
    model = tower(name).model
    layer = last_convolution(model)
    filters = range(min(count, layer.output.shape[-1]))
    steps = sum(1 for _ in patterns(model, layer, filters, steps=2)) * 15
    spent = seconds(every(lambda: patterns(model, layer, filters, steps=2)), 1) * 15
    say(f"{name}: {len(filters)} patterns of {layer.name}, 30 steps", spent)
    say(f"{name}: one step of a batch", spent / steps)


def histograms(name: str) -> None:
    """One look of the callback, and how many examples it takes."""
    open_ = tower(name)
    open_.model.compile("sgd", "sparse_categorical_crossentropy")
    madds = sum(stage.madds for stage in walk(open_.project.tower))
    few = max(1, min(EXAMPLES, MOST_MADDS // (3 * madds)))
    taken = Snapshots(open_.model, open_.taps, example(open_.model, few), np.zeros(few))
    say(f"{name}: histograms of all bricks, {few} examples", seconds(taken.take, 3))


WORK: dict[str, Callable[[], None]] = {
    "deep-cnn": lambda: looking("mnist-deep-cnn", 15),
    "vgg16": lambda: looking("vgg16", 3),
    "patterns": lambda: [climbing(name) for name in ("mnist-deep-cnn", "vgg16")],
    "histograms": lambda: [
        histograms(name) for name in ("digits-cnn", "mnist-deep-cnn", "vgg16")
    ],
}


def main() -> None:
    for name in sys.argv[1:] or WORK:
        WORK[name]()


if __name__ == "__main__":
    main()
