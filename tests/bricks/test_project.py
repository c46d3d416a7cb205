"""Project files: what is read, and the sentence for what is not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bricks.errors import ProjectError
from bricks.project import MOST_BRICKS, Project, clean_name, fresh
from bricks.recipes import read, recipe, recipe_names
from bricks.walk import walk
from tests.towers import projects


def file(**changes):
    """A small project file with some of its keys changed."""
    whole = {
        "format": "brickyard",
        "version": 1,
        "name": "small",
        "tower": [{"kind": "Digits"}, {"kind": "Flatten"}],
    }
    return json.dumps(whole | changes)


def dense(**settings):
    return [{"kind": "Digits"}, {"kind": "Dense", "settings": settings}]


BAD = {
    "empty": ("", "not JSON"),
    "not JSON": ("hello", "not JSON"),
    "null": ("null", "not a Brickyard project"),
    "a list": ("[]", "not a Brickyard project"),
    "another program": ('{"nbformat": 4}', "not a Brickyard project"),
    "newer": (file(version=5), "newer Brickyard (file version 5)"),
    "no version": (file(version=None), "does not say its version"),
    "a version that is true": (file(version=True), "does not say its version"),
    "no tower": (file(tower=[]), "no tower"),
    "a tower that is a text": (file(tower="high"), "no tower"),
    "no data brick": (file(tower=[{"kind": "Flatten"}]), "must be a data brick"),
    "a brick without a kind": (file(tower=[{"kind": "Digits"}, {}]), "Brick 1"),
    "a brick that is a number": (file(tower=[{"kind": "Digits"}, 7]), "Brick 1"),
    "units as a text": (file(tower=dense(units="10")), "units can't be read"),
    "units true": (file(tower=dense(units=True)), "units can't be read"),
    "units 1.5": (file(tower=dense(units=1.5)), "units can't be read"),
    "unknown setting": (file(tower=dense(units=1, moon=2)), "moon can't be read"),
    "NaN": (file().replace('"small"', "NaN"), "NaN is not a number"),
    "Infinity": (file(training={"seed": 1}).replace("1}", "-Infinity}"), "-Infinity"),
    "a rate of 400 digits": (
        file(
            tower=[{"kind": "Digits"}, {"kind": "Dropout", "settings": {"rate": "@"}}]
        ).replace('"@"', "9" * 400),
        "rate can't be read",
    ),
    "a parameter of 400 digits": (
        file(
            tower=[{"kind": "Digits"}, {"kind": "Block", "parameters": {"a": "@"}}]
        ).replace('"@"', "9" * 400),
        "parameters can't be read",
    ),
    "1e400": (file(training={"learning_rate": 1}).replace("1}", "1e400}"), "too large"),
    "5000 digits": (file(version="@").replace('"@"', "9" * 5000), "project file"),
    "nested": ('{"format":' + "[" * 10_000 + "]" * 10_000 + "}", "nested too deep"),
    "50 MB": (b" " * 50_000_000, "too large"),
    "10,000 bricks": (file(tower=[{"kind": "Digits"}] * 10_000), "the most is"),
    "a key twice": ('{"format": "brickyard", "format": "x"}', "given twice"),
    "half a character": (file(name="\ud800"), "not UTF-8"),
    "not UTF-8": (b'{"format": "\xff"}', "not UTF-8"),
    "batch size -1": (file(training={"batch_size": -1}), "batch_size must be"),
    "epochs huge": (file(training={"epochs": 10**9}), "epochs must be"),
    "unknown training": (file(training={"magic": 1}), "no setting magic"),
    "training a list": (file(training=[]), "training must be"),
    "a name that is a number": (file(name=7), "name must be a text"),
}


@pytest.mark.parametrize(("raw", "says"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_gets_one_sentence(raw, says):
    with pytest.raises(ProjectError) as caught:
        Project.from_json(raw)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@settings(max_examples=200)
@given(st.text() | st.binary())
def test_no_text_is_anything_but_read_or_refused(raw):
    with pytest.raises(ProjectError):
        Project.from_json(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=200)
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(("version", "name", "tower", "training", "about"), JSON),
    )
)
def test_any_json_is_read_or_refused(changes):
    try:
        project = Project.from_json(file(**changes))
    except ProjectError:
        return
    assert walk(project.tower)


def test_a_setting_out_of_range_is_kept_and_marked():
    project = Project.from_json(file(tower=dense(units=-1)))
    assert project.tower.bricks[0].settings == {"units": -1}
    assert "from 1 to" in str(walk(project.tower)[1].problem.needs)


def test_an_unknown_brick_is_kept_and_marked():
    project = Project.from_json(
        file(tower=[{"kind": "Digits"}, {"kind": "Teleport", "settings": {"to": [1]}}])
    )
    assert Project.from_json(project.to_json()) == project
    assert project.tower.bricks[0].settings == {"to": [1]}
    assert "Teleport" in str(walk(project.tower)[1].problem.got)


def test_what_was_read_can_be_saved_and_read_again():
    deep = json.loads("[" * 200 + "1, " * 20_000 + "1" + "]" * 200)
    rows = [{"kind": "Digits"}, {"kind": "Teleport", "settings": {"to": deep}}]
    project = Project.from_json(file(tower=rows))
    assert Project.from_json(project.to_json()) == project


def test_the_most_bricks_are_read():
    rows = [{"kind": "Digits"}, *[{"kind": "Flatten"}] * MOST_BRICKS]
    assert len(Project.from_json(file(tower=rows)).tower.bricks) == MOST_BRICKS


def test_a_byte_order_mark_does_no_harm():
    assert Project.from_json(b"\xef\xbb\xbf" + file().encode()).name == "small"


NAMES = {
    "quotes": ('it\'s "mine"', 'it\'s "mine"'),
    "newlines": ("a\nb\u2028c\r\nd", "a b c d"),
    "HTML": ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    "an emoji": ("탑 🗼", "탑 🗼"),
    "Hangul in NFD": ("\u1110\u1161\u11b8", "탑"),
    "turned direction": ("a\u202eb", "a b"),
    "NUL": ("a\x00b", "a b"),
    "nothing": (" \n ", ""),
    "long": ("x" * 300, "x" * 80),
}


@pytest.mark.parametrize(("typed", "kept"), NAMES.values(), ids=NAMES.keys())
def test_names_are_kept_harmless(typed, kept):
    assert clean_name(typed) == kept


def test_two_bricks_never_share_an_id():
    rows = [{"kind": "Digits"}, *[{"kind": "Flatten", "id": "same"}] * 3]
    ids = [b.id for b in Project.from_json(file(tower=rows)).tower.bricks]
    assert len(set(ids)) == 3


@given(projects)
def test_what_is_written_is_read_again(project):
    again = Project.from_json(project.to_json())
    assert again.tower == project.tower
    assert again.training == project.training


@pytest.mark.parametrize("name", recipe_names())
def test_a_recipe_is_a_project_file(name, tmp_path):
    path = tmp_path / "saved.brick.json"
    path.write_text(recipe(name).to_json(), encoding="utf-8")
    assert read(str(path)) == recipe(name)
    assert fresh(recipe(name)).tower != recipe(name).tower


def test_a_missing_file_and_an_unknown_recipe_are_named(tmp_path):
    with pytest.raises(ProjectError, match="no recipe nothing"):
        read("nothing")
    with pytest.raises(ProjectError, match=r"gone.brick.json can't be read"):
        read(str(tmp_path / "gone.brick.json"))
    assert replace(recipe("mnist-mlp"), name="x").name == "x"
