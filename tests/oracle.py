"""Keras as the oracle: the real layer of a brick, and what it makes of a shape."""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any

from bricks.brick import Brick, Shape, Words
from bricks.catalog import catalog
from bricks.param import Wrap

MAP, SEQUENCE, VECTOR, WORDS = (13, 9, 3), (8, 6), (12,), Words(6, 40)
ODD = [(6, 7, 8), (5, 4, 1), (1, 1, 2), (1, 2), (1,), (2, 5, 4, 3)]
SHAPES: list[Shape] = [MAP, SEQUENCE, VECTOR, WORDS, *ODD]


def one_at_a_time(brick: Brick) -> list[dict[str, Any]]:
    """The start settings, and each setting in turn at each of its samples."""
    start = dict(brick.start)
    rows = [start]
    for param in brick.params:
        rows += [start | {param.name: sample} for sample in param.samples()]
    return rows


def layer(kind: str, row: dict[str, Any]) -> Any:
    """The layer that the printed code makes of these settings."""
    import keras

    brick = catalog()[kind]
    name, *always = brick.prints or (kind,)
    params = brick.by_name
    wraps = [p for p in params.values() if isinstance(p, Wrap) and row.get(p.name)]
    values = {
        name: _value(params[name].written(value), value)
        for name, value in row.items()
        if not isinstance(params[name], Wrap)
    }
    made = _value(f"partial(keras.layers.{name}, {', '.join(always)})", None)(**values)
    for wrap in wraps:
        made = getattr(keras.layers, wrap.layer)(made)
    return made


def _value(written: str | None, value: Any) -> Any:
    import keras

    known = {"keras": keras, "partial": partial}
    return value if written is None else eval(written, known)  # noqa: S307


def says(kind: str, row: dict[str, Any], shape: Shape) -> tuple[Shape, int, int] | None:
    """Output shape and weights of the real layer, and those of them that are not
    trained; None where Keras refuses.

    No weight gets a value, which would take most of the time.
    """
    import keras

    with keras.StatelessScope(initialize_variables=False):
        try:
            made = layer(kind, row)
            output = made(keras.KerasTensor((None, *shape)))
        except (ValueError, TypeError, IndexError):
            return None
        weights, fixed = count(made.weights), count(made.non_trainable_weights)
    shape = tuple(output.shape[1:])
    return (shape, weights, fixed) if min(shape, default=1) > 0 else None


def count(weights: list[Any]) -> int:
    """How many numbers these weights of Keras are."""
    return sum(prod(weight.shape) for weight in weights)
