"""The published schema and the reader agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from bricks.recipes import recipe, recipe_names
from bricks.schema import schema
from tests.towers import projects

PUBLISHED = Path(__file__).parents[2] / "docs" / "project.schema.json"
check = Draft202012Validator(schema())


@pytest.mark.parametrize("name", recipe_names())
def test_recipes_follow_the_schema(name):
    check.validate(json.loads(recipe(name).to_json()))


@given(projects)
def test_every_tower_within_its_limits_follows_the_schema(project):
    check.validate(json.loads(project.to_json()))


def test_a_setting_out_of_range_does_not():
    bad = json.loads(recipe("mnist-mlp").to_json())
    bad["tower"][2]["settings"]["units"] = 0
    assert not check.is_valid(bad)


def test_the_published_schema_is_of_today():
    published = json.loads(PUBLISHED.read_text("utf-8"))
    assert published == json.loads(json.dumps(schema())), "run: python -m bricks schema"
