"""Every brick of the catalogue is whole: looks, words, samples, schema."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

from bricks.bound import Bound
from bricks.brick import FAMILIES
from bricks.catalog import catalog
from bricks.param import OneOf

BRICKS = list(catalog().values())
SETTINGS = [
    pytest.param(param, id=f"{brick.kind}-{param.name}")
    for brick in BRICKS
    for param in brick.params
    if not isinstance(param, Bound)  # its data set gives it: see test_bound.py
]


@pytest.mark.parametrize("brick", BRICKS, ids=lambda brick: brick.kind)
def test_a_brick_has_words_and_looks(brick):
    assert brick.family in FAMILIES
    assert brick.said
    assert brick.about.endswith(".")
    assert {brick.looks.left, brick.looks.right} - {None} <= set(brick.by_name)
    assert {p.name for p in brick.params if p.required} <= set(brick.start)


@pytest.mark.parametrize("param", SETTINGS)
def test_a_setting_allows_its_samples_and_its_default(param):
    allowed = [*param.samples(), *([] if param.required else [param.default])]
    for value in allowed:
        assert param.has_type(value)
        assert param.wrong(value) is None
        assert param.nearest(value) == value
    assert param.help.endswith(".")


OUT = {
    "whole": [-9, 10**12],
    "share": [-0.5, 1e30],
    "real": [-1e30, 1e30],
    "pair": [-1, -3, (2, 10**6)],
    "sizes": [(1, -2), (10**9,), (1, 2, 3, 4, 5)],
    "sides": [-1, (2, 10**6), ((0, -1), (0, 10**6))],
    "range": [(-1e30, 1e30), (0.5, 0.2)],
    "padlock": [-1, 0, 1, 10**6],
    "penalty": [("l3", 0.1), ("l1", -1.0), ("l2", 1e30)],
}


@pytest.mark.parametrize("param", SETTINGS)
def test_a_value_out_of_range_has_a_nearest_one_within(param):
    for value in OUT.get(param.kind, []):
        assert param.wrong(value) is not None
        assert param.wrong(param.nearest(value)) is None


@pytest.mark.parametrize("param", SETTINGS)
def test_a_setting_refuses_other_types(param):
    for value in [[], {}, float("nan"), float("inf"), 10**400]:
        assert not param.has_type(value)
    words = param.kind == "choice" and not isinstance(param, OneOf)
    words = words or (param.kind == "sealed" and param.name == "title")
    assert param.has_type("17") == words


@pytest.mark.parametrize("param", SETTINGS)
def test_a_value_comes_back_from_json(param):
    for value in param.samples():
        assert param.read(json.loads(json.dumps(value))) == value


@pytest.mark.parametrize("param", SETTINGS)
def test_the_schema_of_a_setting_takes_its_samples(param):
    check = Draft202012Validator(param.schema())
    for value in param.samples():
        assert check.is_valid(json.loads(json.dumps(value)))
    for value in OUT.get(param.kind, []):
        rises = param.kind == "range" and param.within(*value)  # no schema can say it
        assert rises or not check.is_valid(json.loads(json.dumps(value)))


WRITTEN = [
    ("Conv2D", "kernel_regularizer", ("l2", 0.001), "keras.regularizers.L2(0.001)"),
    ("Conv2D", "kernel_regularizer", None, None),
    ("Rescaling", "scale", 1 / 255, "1 / 255"),
    ("Rescaling", "scale", 0.1, None),
    ("Normalization", "variance", (0.5, 1 / 255), "(0.5, 1 / 255)"),
    ("LSTM", "units", 64, None),
]


@pytest.mark.parametrize(("kind", "name", "value", "source"), WRITTEN)
def test_a_value_is_written_as_a_person_would(kind, name, value, source):
    assert catalog()[kind].by_name[name].written(value) == source


def test_bricks_need_the_standard_library_only():
    code = (
        "import sys; import bricks.recipes, bricks.walk, codegen.source\n"
        "print([m for m in ('numpy', 'keras', 'streamlit') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr
