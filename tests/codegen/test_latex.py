"""The table for a paper: a line for each brick, nothing that LaTeX would trip on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bricks.recipes import recipe, recipe_names
from bricks.tower import Placed
from bricks.walk import every, walk
from codegen.latex import table
from tests.training.workshop import digits


def rows(text):
    body = text.split(r"\midrule")[1]
    return [line.strip() for line in body.strip().splitlines()]


@pytest.mark.parametrize("name", recipe_names())
def test_every_brick_has_a_line_of_four_cells(name):
    project = recipe(name)
    found = rows(table(project))
    bricks = [row for row in found if r"\emph{" not in row]
    assert len(bricks) == len(list(every(walk(project.tower)))) - 1
    assert {len(re.findall(r"(?<!\\)&", row)) for row in found} == {3}
    assert all(row.endswith(r"\\") for row in found)


def test_settings_shapes_and_weights_stand_in_the_line():
    line, *_ = (row for row in rows(table(recipe("mnist-cnn"))) if "Dense" in row)
    assert line == r"Dense & units 256, activation relu & 256 & 205,056 \\"


def test_bricks_in_a_block_have_their_numbers_not_the_parameter_s_name():
    first, *_ = (row for row in rows(table(recipe("vgg16-blocks"))) if "Conv2D" in row)
    assert "filters 64" in first
    assert first.startswith(r"\quad \quad Conv2D")


def test_what_people_typed_is_escaped():
    bricks = (Placed("Dense", {"units": 3}, name=r"50%_\cmd{x}#&$~^"),)
    project = digits()
    tower = replace(project.tower, bricks=(Placed("Flatten"), *bricks))
    text = table(replace(project, name="A & B_%", tower=tower))
    assert r"A \& B\_\%" in text
    escaped = r"50\%\_\textbackslash{}cmd\{x\}\#\&\$\textasciitilde{}\textasciicircum{}"
    assert f"Dense ({escaped})" in text


def test_korean_needs_its_package():
    assert "kotex" not in table(digits())
    assert "kotex" in table(replace(digits(), name="작은 탑"))
