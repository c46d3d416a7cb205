"""The walk: problems as data, and repairs that repair."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from bricks import edit
from bricks.health import health
from bricks.recipes import recipe, recipe_names
from bricks.tower import GROUND, TOP, Placed
from bricks.walk import step, walk
from tests.towers import tower, towers

WEIGHTS = {
    "mnist-mlp": 335_114,
    "mnist-cnn": 217_194,
    "mnist-deep-cnn": 329_962,
    "book-mnist-convnet": 93_322,
}


@pytest.mark.parametrize(("name", "weights"), WEIGHTS.items())
def test_recipe_has_the_weights_of_its_source(name, weights):
    figures = health(walk(recipe(name).tower), recipe(name).training)
    assert (figures.holds, figures.weights) == (True, weights)


@pytest.mark.parametrize("name", recipe_names())
def test_every_recipe_holds(name):
    assert [s.problem for s in walk(recipe(name).tower) if s.problem] == []


MISFITS = {
    "Dense on a map": [("Dense", {"units": 10, "activation": "softmax"})],
    "convolution on a vector": [
        ("Flatten", {}),
        ("Conv2D", {"filters": 3, "kernel_size": 3}),
        ("Dense", {"units": 10, "activation": "softmax"}),
    ],
    "pooling larger than the map": [("MaxPooling2D", {"pool_size": 40})],
    "kernel larger than the map": [("Conv2D", {"filters": 3, "kernel_size": (29, 3)})],
    "strides and dilation": [
        ("Conv2D", {"filters": 3, "kernel_size": 3, "strides": 2, "dilation_rate": 2})
    ],
    "dilation larger than the map": [
        ("Conv2D", {"filters": 3, "kernel_size": 9, "dilation_rate": 4})
    ],
    "relu under a softmax of another size": [
        ("Flatten", {}),
        ("Dense", {"units": 128, "activation": "relu"}),
        ("Activation", {"activation": "softmax"}),
    ],
    "nothing": [],
    "too few units": [
        ("Flatten", {}),
        ("Dense", {"units": 7, "activation": "softmax"}),
    ],
    "wrong activation": [
        ("Flatten", {}),
        ("Dense", {"units": 10, "activation": "relu"}),
    ],
    "no activation": [("Flatten", {}), ("Dense", {"units": 10})],
    "wrong Activation brick": [
        ("Flatten", {}),
        ("Dense", {"units": 10}),
        ("Activation", {"activation": "sigmoid"}),
    ],
    "Dropout on the answer": [
        ("Flatten", {}),
        ("Dense", {"units": 10, "activation": "softmax"}),
        ("Dropout", {"rate": 0.5}),
    ],
    "normalized answer": [
        ("Flatten", {}),
        ("Dense", {"units": 10, "activation": "softmax"}),
        ("BatchNormalization", {}),
    ],
    "a setting out of range": [("Flatten", {}), ("Dense", {"units": -1})],
    "a setting missing": [("Flatten", {}), ("Dense", {})],
    "an unknown brick": [("Teleport", {"to": "moon"})],
}


@pytest.mark.parametrize("bricks", MISFITS.values(), ids=MISFITS.keys())
def test_repairs_lead_to_a_tower_that_holds(bricks):
    now = tower(*bricks)
    for _ in range(6):
        bad = next((s for s in walk(now) if s.problem), None)
        if bad is None:
            return
        assert bad.problem.repair, bad.problem
        now = edit.repaired(now, bad.placed.id, bad.problem.repair)
    pytest.fail(f"still not mended: {[str(s.problem) for s in walk(now) if s.problem]}")


def test_dense_on_a_map_says_what_it_needs_got_and_what_to_do():
    problem = walk(tower(("Dense", {"units": 10})))[1].problem
    assert str(problem.needs) == "a vector: one row of numbers"
    assert str(problem.got) == "a map of 28×28×1"
    assert "Flatten" in str(problem.do)
    assert problem.strict


def test_what_stands_on_a_misfit_is_not_blamed():
    stages = walk(tower(("Dense", {"units": 10}), ("Dense", {"units": 10})))
    assert [bool(s.problem) for s in stages] == [False, True, False, False]


def test_pooling_larger_than_the_map_names_both_sizes():
    problem = step(Placed("MaxPooling2D", {"pool_size": 4}), (3, 3, 8)).problem
    assert "4×4" in str(problem.needs)
    assert "3×3×8" in str(problem.got)


@given(towers)
def test_any_tower_walks_from_ground_to_top(any_tower):
    stages = walk(any_tower)
    assert [s.placed.id for s in stages[:1]] == [GROUND]
    assert stages[-1].placed.id == TOP
    assert len(stages) == len(any_tower.bricks) + 2
    for below, above in pairwise(stages):
        assert above.gets == below.gives
