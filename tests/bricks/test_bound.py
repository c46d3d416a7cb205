"""What a data set says of itself goes into a project file and comes back."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from bricks.bound import LONGEST, Bound
from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.project import Project

BOUND = [
    pytest.param(param, id=f"{brick.kind}-{param.name}")
    for brick in catalog().values()
    for param in brick.params
    if isinstance(param, Bound)
]
FORMS = [
    (str, "고양이", ["", "개 🐕"], [1, None, "a\nb", "x" * (LONGEST + 1), ("a",)]),
    (int, 3, [0, -2], ["3", True, 1.5, None, 10**400]),
    (float, 0.5, [1, -3.25], ["1", True, float("nan"), float("inf")]),
    ([str], ("a", "b"), [()], ["a", ("a", 1), None]),
    ([(str, str)], (("a", "b"),), [()], [(("a",),), ("a", "b"), (("a", 1),)]),
    ((int, int), (1, 2), [(0, 0)], [(1,), (1, 2, 3), 4, ()]),
    ([(str, [str])], (("a", ()),), [(("b", ("c", "d")),)], [(("a",),), ("a", ())]),
]


@pytest.mark.parametrize(("form", "value", "good", "bad"), FORMS)
def test_a_form_takes_its_values_and_no_others(form, value, good, bad):
    param = Bound(name="it", form=form, default=value)
    check = Draft202012Validator(param.schema())
    for one in [value, *good]:
        told = json.loads(json.dumps(one))
        assert param.wrong(one) is None
        assert param.read(told) == one
        assert check.is_valid(told)
    for one in bad:
        assert not param.has_type(one)
        assert param.nearest(one) == value


@pytest.mark.parametrize("param", BOUND)
def test_a_default_is_of_its_form(param):
    assert param.has_type(param.default)
    assert Draft202012Validator(param.schema()).is_valid(
        json.loads(json.dumps(param.default))
    )


@pytest.mark.parametrize("param", BOUND)
def test_what_no_data_set_says_is_refused(param):
    for value in [{}, float("nan"), float("inf"), None, True]:
        assert not param.has_type(value)


def file(**settings: object) -> str:
    tower = [{"kind": "Images", "settings": settings}]
    return json.dumps({"format": "brickyard", "version": 1, "tower": tower})


def test_a_project_on_own_pictures_comes_back():
    settings = {"dataset": "a" * 32, "names": ["개", "고양이"], "counts": [3, 1, 1]}
    settings |= {"folders": [["dog", "개"], ["cat", "고양이"], ["bin", ""]]}
    project = Project.from_json(file(**settings))
    assert project.tower.data.settings["folders"][2] == ("bin", "")
    assert Project.from_json(project.to_json()).tower == project.tower


@pytest.mark.parametrize(
    "settings",
    [
        {"names": "cat"},
        {"names": [["cat"]]},
        {"counts": [1, 2]},
        {"counts": [1, 2, 10**400]},
        {"title": "a\nb"},
        {"sheet": ["labels.csv"]},
    ],
)
def test_a_project_with_what_no_data_set_says_is_refused(settings):
    with pytest.raises(ProjectError, match="can't be read"):
        Project.from_json(file(**settings))
