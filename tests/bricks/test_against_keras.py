"""Keras is the oracle: shapes, weights and argument names of every brick."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bricks.brick import Brick, Shape
from bricks.catalog import catalog
from bricks.problem import Problem
from bricks.tower import Placed
from bricks.walk import step
from tests.towers import SHAPES, layers, settings_of

pytestmark = pytest.mark.keras


def one_at_a_time(brick: Brick) -> list[dict[str, Any]]:
    """The start settings, and each setting in turn at each of its samples."""
    start = dict(brick.start)
    rows = [start]
    for param in brick.params:
        rows += [start | {param.name: sample} for sample in param.samples()]
    return rows


TABLE = [
    pytest.param(brick.kind, row, shape, id=f"{brick.kind}-{shape}-{row}")
    for brick in layers()
    for row in one_at_a_time(brick)
    for shape in SHAPES
]


def keras_says(
    kind: str, row: dict[str, Any], shape: Shape
) -> tuple[Shape, int] | None:
    """Output shape and weights of the real layer; None where Keras refuses."""
    import keras

    keras.backend.clear_session()
    try:
        layer = getattr(keras.layers, kind)(**row)
        output = layer(keras.Input(shape))
    except (ValueError, TypeError):
        return None
    shape = tuple(output.shape[1:])
    return (shape, layer.count_params()) if min(shape, default=1) > 0 else None


def agrees(kind: str, row: dict[str, Any], shape: Shape) -> None:
    ours = step(Placed(kind, row), shape)
    theirs = keras_says(kind, row, shape)
    if ours.problem is None:
        assert theirs == (ours.gives, ours.weights)
    elif theirs is not None:
        assert ours.problem.strict, f"stricter than Keras without saying why: {ours}"


@pytest.mark.parametrize(("kind", "row", "shape"), TABLE)
def test_shape_and_weights_are_those_of_keras(kind, row, shape):
    agrees(kind, row, shape)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_settings_agree_with_keras(data):
    brick = data.draw(st.sampled_from(layers()))
    row = data.draw(settings_of(brick))
    shape = data.draw(st.sampled_from(SHAPES))
    agrees(brick.kind, row, shape)


@pytest.mark.parametrize("kind", [b.kind for b in layers()])
def test_settings_bear_keras_names_and_defaults(kind):
    import keras

    brick = catalog()[kind]
    layer = getattr(keras.layers, kind)
    signature = inspect.signature(layer.__init__).parameters
    for param in brick.params:
        assert param.name in signature
        theirs = signature[param.name].default
        if param.required:
            assert theirs is inspect.Parameter.empty
        else:
            assert theirs in (param.default, (param.default, param.default))


@pytest.mark.parametrize("kind", [b.kind for b in layers()])
def test_positional_settings_stand_in_keras_order(kind):
    import keras

    order = list(inspect.signature(getattr(keras.layers, kind).__init__).parameters)
    ours = [p.name for p in catalog()[kind].params if p.positional]
    assert order[1 : len(ours) + 1] == ours


def test_multiply_adds_are_the_weights_used_at_every_place():
    stage = step(Placed("Conv2D", {"filters": 8, "kernel_size": 3}), (10, 10, 4))
    assert stage.madds == 8 * 8 * 8 * 3 * 3 * 4
    stage = step(Placed("Dense", {"units": 5}), (7,))
    assert stage.madds == 35
    assert not isinstance(stage.gives, Problem)
