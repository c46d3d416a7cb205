"""The health of a tower: whether it holds, how big it is, what training it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from bricks.bases import KINDS
from bricks.bases.network import Network, network
from bricks.brick import Brick, Container, Data, Label, Shape
from bricks.catalog import catalog, data_brick
from bricks.training import Training, optimizers
from bricks.training.part import Settings
from bricks.walk import FLOAT, Stage, every

SLOTS = {kind: part.slots({}) for kind, part in optimizers().items()}
"""Numbers that an optimizer with its defaults keeps for each weight."""

_PLAIN: Settings = {}
# What a .keras file holds beside numbers, in bytes; measured with Keras 3.15.
_FILE = 12_500
_LAYER = 2_450
_WEIGHED = 800  # more, where a layer has weights
_SLOT = 580  # more, for each number that the optimizer keeps


@dataclass(frozen=True)
class Tight:
    """A tower too big to be trained: the brick that takes most of the memory, and the
    largest batch size that would fit, None where no batch size does."""

    id: str
    batch_size: int | None


@dataclass(frozen=True)
class Health:
    """The figures of a tower; all but `problems` and weights are of one training.

    Of the `weights` some are `trained`; the others are `fixed`, such as those of a
    frozen base. `madds` is for one example; `disk` is the bytes of its .keras file with
    the optimizer's state, `memory` those to train it, `forward` those to answer one
    batch.
    """

    holds: bool
    problems: int
    weights: int
    trained: int
    fixed: int
    madds: int
    disk: int
    memory: int
    forward: int
    tight: Tight | None = None


def health(
    stages: Sequence[Stage], training: Training, room: int | None = None
) -> Health:
    """Sum up a walk; `room` is the bytes of memory that training may take."""
    problems = sum(stage.problem is not None for stage in every(stages))
    weights = sum(stage.weights for stage in stages)
    fixed = sum(stage.fixed for stage in stages)
    return Health(
        holds=problems == 0,
        problems=problems,
        weights=weights,
        trained=weights - fixed,
        fixed=fixed,
        madds=sum(stage.madds for stage in stages),
        disk=disk(stages, training.optimizer, training.optimizer_settings),
        memory=memory(stages, training),
        forward=FLOAT * weights + _peak(stages) * _batch(stages, training),
        tight=None if room is None else fits(stages, training, room),
    )


def memory(
    stages: Sequence[Stage], training: Training, batch_size: int | None = None
) -> int:
    """The bytes to train it, at its own batch size or another."""
    size = _batch(stages, training) if batch_size is None else batch_size
    slots = _slots(training)
    return sum(_taken(stage, slots, size) for stage in stages)


def _batch(stages: Sequence[Stage], training: Training) -> int:
    """How many examples are in one batch."""
    ground = stages[0].placed
    data = data_brick(ground.kind)
    if data is None or not training.whole:
        return training.batch_size
    return training.batch(data.split(data.full(ground.settings))[0])


def _slots(training: Training) -> int:
    """Numbers that the optimizer keeps for each weight that is trained."""
    return training.rule.slots(training.optimizer_settings)


def disk(stages: Sequence[Stage], optimizer: str, settings: Settings = _PLAIN) -> int:
    """The bytes of its .keras file, as training saves it."""
    slots = optimizers()[optimizer].slots(settings)
    trained = sum(stage.weights - stage.fixed for stage in stages)
    numbers = sum(stage.weights for stage in stages) + slots * trained
    layers = sum(map(_beside, leaves(stages)))
    kept = sum(map(_learning, leaves(stages)))
    return FLOAT * numbers + _FILE + layers + _SLOT * slots * kept


def _beside(stage: Stage) -> int:
    """Bytes of what a file says of a layer, or of all in a base, beside its numbers."""
    base = _base(stage)
    if base is None:
        return _LAYER + _WEIGHED * (stage.weights > 0)
    weighed = sum(layer.trained + layer.fixed > 0 for layer in base.layers)
    return _LAYER * len(base.names) + _WEIGHED * weighed


def _learning(stage: Stage) -> int:
    """How many layers of a stage have weights that are trained."""
    base = _base(stage)
    if base is None:
        return stage.weights > stage.fixed
    cut = base.cut(_settings(stage)["frozen"])
    return sum(layer.trained > 0 and layer.learns for layer in base.layers[cut:])


def _base(stage: Stage) -> Network | None:
    """The network of Keras that a base's brick stands for."""
    if stage.gives is None or stage.placed.kind not in KINDS:
        return None
    return network(stage.placed.kind, _settings(stage))


def _settings(stage: Stage) -> dict[str, Any]:
    brick = _brick(stage)
    return brick.full(stage.placed.settings) if brick else {}


def fits(stages: Sequence[Stage], training: Training, room: int) -> Tight | None:
    """None where training takes at most `room` bytes; else where it is tight."""
    if memory(stages, training) <= room:
        return None
    whole = _batch(stages, training)
    powers = (1 << n for n in reversed(range(whole.bit_length())))
    small = () if training.rule.whole else powers
    size = next((n for n in small if memory(stages, training, n) <= room), None)
    at, slots = whole if size else 1, _slots(training)

    def share(stage: Stage) -> int:
        return _taken(stage, slots, at)

    widest = max(leaves(stages), key=share, default=stages[0])
    return Tight(widest.placed.id, size)


def leaves(stages: Iterable[Stage]) -> list[Stage]:
    """The stages of all layers: of no container, and not of data and label."""
    layers = (stage for stage in every(stages) if not stage.inner)
    return [s for s in layers if not isinstance(_brick(s), Data | Label)]


def _brick(stage: Stage) -> Brick | None:
    return catalog().get(stage.placed.kind)


def _taken(stage: Stage, slots: int, batch_size: int) -> int:
    """Bytes of one brick: training keeps each weight, for one that it changes also its
    gradient and what the optimizer remembers, and for each example what the brick gave
    and its gradient; a base needs room besides while it is run through."""
    kept = stage.weights + (1 + slots) * (stage.weights - stage.fixed)
    return FLOAT * kept + (2 * stage.memory + stage.within) * batch_size


def _peak(stages: Iterable[Stage]) -> int:
    """Bytes for one example that a forward pass holds at its widest place."""
    return max((_held(stage) for stage in stages), default=0)


def _held(stage: Stage) -> int:
    """What a brick gets and gives; a container may hold what it gets for longer."""
    own = max(_bytes(stage.gets) + _bytes(stage.gives), stage.within)
    if not stage.inner:
        return own
    waiting = _bytes(stage.gets) if len(stage.inner) > 1 else 0
    tops = sum(_bytes(t[-1].gives if t else stage.floor) for t in stage.inner)
    times = _times(stage)
    inside, tops = max(map(_peak, stage.inner)) * times, tops * times
    return max(waiting + inside, tops + _bytes(stage.gives))


def _times(stage: Stage) -> int:
    """How often a container's towers run side by side for one example."""
    brick = _brick(stage)
    if not isinstance(brick, Container) or stage.gets is None:
        return 1
    times: Callable[..., int] = brick.times
    return times(stage.gets, brick.full(stage.placed.settings))


def _bytes(shape: Shape | None) -> int:
    return 0 if shape is None else prod(shape) * FLOAT
