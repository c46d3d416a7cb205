"""What a project file says of own data need not hang together: it is printed all the
same, and stops no page and no trainer."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bricks.bound import Bound
from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.project import Project
from codegen.source import script
from training.admission import hindrance

WORDS = ["", "cat", "고양이", "0", "names", "sheet", "folders", "HEIF", "a'\"\\", "\0"]


WILD = {
    "fit": ["weird"],
    "channels": [0, 7],
    "image_size": [0, 10**9, [-3, 5]],
    "validation": [-1.0, 5.0],
    "split_seed": [-1],
    "classes": [-4, 10**6],
    "features": [-4, 10**6],
}
"""Values beyond the limits, which a file may have and people are asked to mend."""


def of(form: Any) -> st.SearchStrategy:
    """Values of a form, and now and then one that is not."""
    if isinstance(form, list):
        return st.lists(of(form[0]), max_size=6)
    if isinstance(form, tuple):
        return st.tuples(*map(of, form)).map(list)
    return st.sampled_from(WORDS if form is str else [0, 1, -1, 700, 10**9, 10**400])


def bound(kind: str) -> st.SearchStrategy:
    brick = data_brick(kind)
    assert brick is not None
    forms = {p.name: of(p.form) for p in brick.params if isinstance(p, Bound)}
    wild = {n: st.sampled_from(v) for n, v in WILD.items() if n in brick.by_name}
    labels = {"label": st.sampled_from([*brick.labels, "weird"])}
    return st.fixed_dictionaries({}, optional={**forms, **wild, **labels})


@pytest.mark.parametrize("kind", ["Images", "Table"])
def test_a_project_is_refused_or_printed(kind):
    printed = set()

    @settings(max_examples=150, deadline=None)
    @given(bound(kind))
    def holds(told):
        tower = [{"kind": kind, "settings": told}]
        file = {"format": "brickyard", "version": 1, "tower": tower}
        try:
            project = Project.from_json(json.dumps(file))
        except ProjectError:
            return
        ast.parse(script(project))
        brick, placed = data_brick(kind), project.tower.data
        assert len(brick.answers(brick.full(placed.settings))) <= 10_000
        assert str(hindrance(project))
        printed.add(bool(told.get("dataset")))

    holds()
    assert printed == {True, False}
