"""Keras is the oracle: shapes, weights, configs and runs of every brick."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bricks.brick import Shape, Words
from bricks.catalog import catalog
from bricks.param import Wrap, both
from bricks.tower import Placed
from bricks.tuples import Sides, sides
from bricks.walk import FLOAT, step
from tests.oracle import SHAPES, layer, one_at_a_time, says
from tests.towers import layers, settings_of

pytestmark = pytest.mark.keras
KINDS = [brick.kind for brick in layers()]


def disagreement(kind: str, row: dict[str, Any], shape: Shape) -> str | None:
    """What our figures and Keras' differ in, or None."""
    ours, theirs = step(Placed(kind, row), shape), says(kind, row, shape)
    if ours.problem is None:
        told = (ours.gives, ours.weights, ours.fixed)
        return None if theirs == told else f"{row} {shape}: {told} {theirs}"
    if theirs is None or ours.problem.strict:
        return None
    return f"{row} {shape}: stricter than Keras without saying why: {ours.problem}"


@pytest.mark.parametrize("kind", KINDS)
def test_shapes_and_weights_are_those_of_keras(kind):
    rows = one_at_a_time(catalog()[kind])
    found = [disagreement(kind, row, shape) for row, shape in product(rows, SHAPES)]
    assert [row for row in found if row] == []


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_settings_agree_with_keras(data):
    brick = data.draw(st.sampled_from(layers()))
    row = data.draw(settings_of(brick))
    shape = data.draw(st.sampled_from(SHAPES))
    assert disagreement(brick.kind, row, shape) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_brick_fits_somewhere(kind):
    stages = [step(Placed(kind, catalog()[kind].start), shape) for shape in SHAPES]
    assert any(stage.problem is None for stage in stages)


# What Keras calls otherwise: two of our values with one config.
SAME = {None: "linear", "uniform": "random_uniform"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_reaches_the_config_of_keras(kind):
    for param in catalog()[kind].params:
        found: dict[str, set[Any]] = {}
        for value in () if isinstance(param, Wrap) else param.samples():
            if config := _config(kind, param.name, value):
                found.setdefault(config, set()).add(_normal(param, value))
        assert [same for same in found.values() if len(same) > 1] == [], param.name


def _config(kind: str, name: str, value: Any) -> str | None:
    """What Keras keeps of a value; None where it wants others beside it."""
    row = _without_conflict({**catalog()[kind].start, name: value})
    try:
        return str(layer(kind, row).get_config()[name])
    except ValueError:
        assert name in ("groups", "output_padding", "dilation_rate")
        return None


def _without_conflict(row: dict[str, Any]) -> dict[str, Any]:
    """The row with what Keras wants to be given together."""
    twins = {"mean": "variance", "variance": "mean"}
    given = next((name for name in row if name in twins and row[name] is None), None)
    return row | {twins[given]: None} if given else _alike(row)


def _alike(row: dict[str, Any]) -> dict[str, Any]:
    if isinstance(row.get("mean"), tuple) or isinstance(row.get("variance"), tuple):
        return row | dict.fromkeys(("mean", "variance"), (1.0, 2.0, 3.0))
    return row


def _normal(param: Any, value: Any) -> Any:
    """One form for the ways to write a value."""
    if param.kind == "choice":
        return SAME.get(value, value)
    if param.name == "strides" and value is None:
        return both(2)  # the pool_size they start with
    if isinstance(param, Sides):
        return sides(value)
    return both(value) if param.kind == "pair" and value is not None else value


def example(shape: Shape) -> Any:
    """Three examples of a shape."""
    import numpy as np

    random = np.random.default_rng(0)
    if isinstance(shape, Words):
        return random.integers(0, shape.most, (3, *shape))
    return random.random((3, *shape), "float32")


def trained(made: Any, x: Any) -> Shape:
    """The shape of what a layer gives while training; its gradient is taken, too."""
    import tensorflow as tf

    x = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        if x.dtype.is_floating:
            tape.watch(x)
        y = made(x, training=True)
    tape.gradient(y, [x, *(weight.value for weight in made.trainable_weights)])
    return tuple(y.shape[1:])


# Keras lets the whole picture through where it does not train: see randomcrop.py.
UNTRUE = {"RandomCrop"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_layer_runs_and_gives_what_the_brick_says(kind):
    for row in one_at_a_time(catalog()[kind]):
        fitting = (s for s in SHAPES if step(Placed(kind, row), s).problem is None)
        shape = next(fitting, None)
        if shape is None:
            continue
        gives = step(Placed(kind, row), shape).gives
        made = layer(kind, row)
        assert trained(made, example(shape)) == gives, row
        if kind not in UNTRUE:
            assert tuple(made(example(shape), training=False).shape[1:]) == gives, row


def test_keras_random_crop_lets_whole_pictures_through():
    """Where this fails, Keras has been mended: the advice in RandomCrop can go."""
    made = layer("RandomCrop", {"height": 5, "width": 4})
    assert made(example((8, 8, 1)), training=False).shape == (3, 8, 8, 1)


# How often each weight is used for one example, by the profile of the layer.
PLACES = {
    "Dense": lambda gets, gives: 1,
    "Conv2D": lambda gets, gives: prod(gives[:2]),
    "SeparableConv2D": lambda gets, gives: prod(gives[:2]),
    "DepthwiseConv2D": lambda gets, gives: prod(gives[:2]),
    "Conv2DTranspose": lambda gets, gives: prod(gets[:2]),
    "Conv1D": lambda gets, gives: gives[0],
    "SimpleRNN": lambda gets, gives: gets[0],
    "LSTM": lambda gets, gives: gets[0],
    "GRU": lambda gets, gives: gets[0],
}


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_multiply_adds_are_the_weights_used_at_every_place(data):
    kind = data.draw(st.sampled_from(list(PLACES)))
    row = data.draw(settings_of(catalog()[kind])) | {"use_bias": False}
    for shape in SHAPES:
        stage = step(Placed(kind, row), shape)
        if stage.gives is not None:
            places = PLACES[kind](shape, stage.gives)
            assert stage.madds == stage.weights * places


@pytest.mark.parametrize("kind", KINDS)
def test_memory_is_what_the_layer_gives(kind):
    for shape in SHAPES:
        stage = step(Placed(kind, catalog()[kind].start), shape)
        theirs = says(kind, catalog()[kind].start, shape)
        if stage.gives is not None and theirs is not None:
            assert stage.memory == prod(theirs[0]) * FLOAT
