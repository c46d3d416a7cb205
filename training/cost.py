"""What an epoch is made of, as counts that take time: the same on every machine.

How long one of each takes is measured by a calibration; found by fitting sixty towers
on a CPU: with these counts nine in ten are foretold within 30 %.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil, prod
from operator import mul
from typing import Any

from bricks.bases import KINDS
from bricks.bases.network import network
from bricks.brick import Base, Brick, Data, Label
from bricks.catalog import catalog
from bricks.health import SLOTS
from bricks.training import Training
from bricks.walk import FLOAT, Stage
from codegen import frozen

Counts = dict[str, float]

WINDOW = 10  # a convolution takes as long to begin as so many plain layers
THIN = 4  # and fewer channels than these take it as long as these
NO_GRADIENT = 2 / 3  # of the work is left where nothing below wants a gradient
FACTORS = {"Conv1D": 1.5, "Conv2DTranspose": 2.0, "Conv1DTranspose": 3.0}
LARGEST_WINDOW = 49  # of a base's convolution that looks at each channel by itself
GATES = {"LSTM": 1.0, "GRU": 0.9, "SimpleRNN": 0.5}  # of a step's time
MOST_STEPS = 16
GO = 1_000_000_000  # multiply-adds: so many batches go into TensorFlow at once


def batches(examples: int, batch_size: int) -> int:
    """How many batches the examples make.

    >>> batches(1077, 32)
    34
    """
    return ceil(examples / batch_size)


def batches_a_go(stages: Sequence[Stage], training: Training, examples: int) -> int:
    """How many batches the printed script has Keras run in one go."""
    high = frozen.reached(stages, shut=training.frozen_epochs > 0)
    fitted = stages[high + 1 :] if high else stages
    madds = sum(stage.madds + 2 * stage.trained_madds for stage in fitted)
    batch = training.batch(examples)
    each = max(1, madds * batch)
    return max(1, min(MOST_STEPS, GO // each, examples // batch))


def learning(
    stages: Sequence[Stage], training: Training, examples: int, go: int
) -> Counts:
    """The counts of one pass over the examples in which the weights change."""
    weights = sum(stage.weights - stage.fixed for stage in stages)
    found = _passing(stages, training, examples, go, backward=True)
    moved = 3 + 2 * SLOTS[training.optimizer]  # numbers read or written for a weight
    found["weights"] = found["batch"] * weights * moved
    return found


def answering(
    stages: Sequence[Stage], training: Training, examples: int, go: int
) -> Counts:
    """The counts of one pass in which the tower only answers."""
    return _passing(stages, training, examples, go, backward=False)


def apart(
    stages: Sequence[Stage], training: Training
) -> tuple[Sequence[Stage], Sequence[Stage]]:
    """The bricks whose features are worked out once, and those that an epoch runs; of
    two steps the second counts, which takes longer."""
    high = 0 if training.frozen_epochs else frozen.reached(stages)
    return (stages[1 : high + 1], stages[high + 1 :]) if high else ((), stages)


def _passing(
    stages: Sequence[Stage],
    training: Training,
    examples: int,
    go: int,
    backward: bool,
) -> Counts:
    found: Counts = defaultdict(float)
    steps = batches(examples, training.batch(examples))
    weighed = not backward
    for stage, times in _layers(stages):
        for name, count in _of_a_batch(stage).items():
            found[name] += count * times * steps
        for name, count in _of_an_example(stage, weighed, backward).items():
            found[name] += count * times * examples
        weighed = weighed or stage.weights > 0
    return {**found, "pass": 1, "go": ceil(steps / go), "batch": steps}


def _layers(
    stages: Sequence[Stage], times: float = 1.0
) -> Iterator[tuple[Stage, float]]:
    """Every layer, and how often it runs for one example."""
    for stage in stages:
        brick = catalog().get(stage.placed.kind)
        if stage.gives is None or isinstance(brick, Data | Label):
            continue
        inner = [part for tower in stage.inner for part in tower]
        if inner:
            yield from _layers(inner, times * _rounds(stage, inner))
        else:
            yield stage, times


def _rounds(stage: Stage, inner: Sequence[Stage]) -> float:
    """How often a container runs what is inside, by the work that it is said to do."""
    once = sum(part.madds for part in inner)
    if once:
        return stage.madds / once
    return stage.memory / max(1, sum(part.memory for part in inner))


def _of_a_batch(stage: Stage) -> dict[str, float]:
    """What takes its time once for each batch, however large that is."""
    kind = stage.placed.kind
    window = _family(kind) == "convolution" and stage.madds > 0
    found: dict[str, float] = {"layer": 1 + WINDOW * window}
    if frozen.is_base(stage):
        return {"layer": _inside(stage) * (1 + WINDOW / 3)}  # a third are convolutions
    if kind in GATES and stage.gets:
        found["step"] = stage.gets[0] * GATES[kind] * _ways(stage)
    return found


def _inside(stage: Stage) -> int:
    """How many layers a base has."""
    brick = catalog()[stage.placed.kind]
    assert isinstance(brick, Base)
    return len(brick.names(_settings(stage)))


def _settings(stage: Stage) -> dict[str, Any]:
    return catalog()[stage.placed.kind].full(stage.placed.settings)


def _of_an_example(stage: Stage, weighed: bool, backward: bool) -> dict[str, float]:
    """What takes its time for each example; no gradient goes below the lowest layer
    with weights, so that there is less to do while nothing was `weighed` yet."""
    kind, gets, gives = stage.placed.kind, stage.gets or (), stage.gives or ()
    if frozen.is_base(stage):
        return _of_a_base(stage, backward)
    if _family(kind) == "convolution":
        return _convolved(stage, NO_GRADIENT if backward and not weighed else 1.0)
    if kind in GATES:
        steps = FLOAT * gets[0] * gives[-1] * GATES[kind]
        return {"recurrent": stage.madds, "recurrent_bytes": steps}
    if _family(kind) == "pooling":
        return {"pooled": FLOAT * prod(gets)}
    if _family(kind) == "augmentation":
        return {"augmented": stage.memory * backward}
    if kind.endswith("Normalization") and kind != "Normalization":
        return {"normalized": stage.memory}
    if _family(kind) == "regularization":
        return {"dropped": stage.memory * backward}
    plain = 0 if kind in ("Flatten", "Reshape", "Dense") else stage.memory
    return {"dense": stage.madds, "plain": plain} if stage.madds else {"plain": plain}


def _of_a_base(stage: Stage, backward: bool) -> Counts:
    """What the layers of a base take; going forward is a third of learning."""
    kind, settings = stage.placed.kind, _settings(stage)
    share = 1 / 3 if backward else 1.0
    if kind not in KINDS or not stage.gets:
        back = 2 * stage.trained_madds if backward else 0
        return {"convolved": share * (stage.madds + back)}
    base, found = network(kind, settings), defaultdict[str, float](float)
    places = [*map(mul, *(base.sides(side) for side in stage.gets[:2]))]
    cut = base.cut(settings["frozen"])
    for number, layer in enumerate(base.layers):
        learned = 1.0 if number >= cut else share
        moved = learned * FLOAT * layer.channels * places[layer.size]
        work = learned * layer.madds * places[layer.size]
        if layer.madds > LARGEST_WINDOW * layer.channels:
            found["convolved"] += work
            found["convolved_bytes"] += moved
        elif layer.madds > layer.channels:
            found["depthwise"] += work
        else:
            found["plain"] += moved
    return found


def _convolved(stage: Stage, share: float) -> dict[str, float]:
    """A convolution's multiply-adds, and the bytes that it reads and writes."""
    kind, gets, gives = stage.placed.kind, stage.gets or (1,), stage.gives or (1,)
    moved = FLOAT * (prod(gives) + prod(gets) * (share == 1.0))
    if not stage.madds:
        return {"plain": moved}  # such as ZeroPadding2D
    if kind == "DepthwiseConv2D":
        return {"depthwise": stage.madds}
    if kind == "SeparableConv2D":
        across = prod(gives) * gets[-1]
        return {
            "depthwise": stage.madds - across,
            "convolved": across,
            "convolved_bytes": moved + FLOAT * prod(gets),
        }
    factor = FACTORS.get(kind, 1.0)
    thick = max(gets[-1], THIN) / gets[-1]
    return {
        "convolved": stage.madds * share * factor * thick,
        "convolved_bytes": moved * factor,
    }


def _ways(stage: Stage) -> int:
    """2 where a recurrent layer goes along its sequence in both directions."""
    settings: dict[str, Any] = {**stage.placed.settings}
    return 2 if settings.get("bidirectional") else 1


def _family(kind: str) -> str:
    brick: Brick | None = catalog().get(kind)
    return brick.family if brick else ""
