"""Every brick of the catalogue is whole: looks, words, samples, schema."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bricks.brick import FAMILIES
from bricks.catalog import catalog

BRICKS = list(catalog().values())
SETTINGS = [
    pytest.param(param, id=f"{brick.kind}-{param.name}")
    for brick in BRICKS
    for param in brick.params
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


OUT = {"whole": [-1, 10**9], "share": [-0.5, 1e30], "pair": [0, -3, (2, 10**6)]}


@pytest.mark.parametrize("param", SETTINGS)
def test_a_value_out_of_range_has_a_nearest_one_within(param):
    for value in OUT.get(param.kind, []):
        assert param.wrong(value) is not None
        assert param.wrong(param.nearest(value)) is None


@pytest.mark.parametrize("param", SETTINGS)
def test_a_setting_refuses_other_types(param):
    for value in [[], {}, float("nan"), float("inf"), 10**400]:
        assert not param.has_type(value)
    assert param.has_type("17") == (param.kind == "choice")


def test_bricks_need_the_standard_library_only():
    code = (
        "import sys; import bricks.recipes, bricks.walk, codegen.source\n"
        "print([m for m in ('numpy', 'keras', 'streamlit') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr
