"""What a label brick asks of the data and of the tower's top, and how it is mended."""

from __future__ import annotations

import pytest

from bricks import edit
from bricks.tower import GROUND, Placed, Tower
from bricks.walk import walk

BOUND = {"dataset": "a" * 32, "layout": "sheet"}


def dense(units: int, activation: str | None = None) -> Placed:
    settings = {"units": units} | ({"activation": activation} if activation else {})
    return Placed("Dense", settings, id="d")


def ends(label: str, *bricks: Placed, kind: str = "Table", **settings: object) -> Tower:
    return Tower(Placed(kind, {"label": label, **settings}, id=GROUND), bricks)


def top(tower: Tower):
    return walk(tower)[-1]


def mended(tower: Tower) -> Tower:
    for _ in range(4):
        bad = next((stage for stage in walk(tower) if stage.problem), None)
        if bad is None:
            return tower
        assert bad.problem.repair, str(bad.problem)
        tower = edit.repaired(tower, bad.placed.id, bad.problem.repair)
    return pytest.fail("can't be mended")


VALUES = [
    (dense(1),),
    (dense(1, "linear"),),
    (dense(3, "relu"), Placed("Dense", {"units": 1}, id="e")),
    (Placed("Reshape", {"target_shape": (1,)}, id="x"),),
]


@pytest.mark.parametrize("bricks", VALUES)
def test_a_value_is_one_number_of_any_size(bricks):
    assert top(ends("Value", *bricks, features=1)).problem is None


BAD_VALUES = [
    (),
    (dense(2),),
    (dense(1, "sigmoid"),),
    (dense(1), Placed("Activation", {"activation": "relu"}, id="x")),
    (dense(1), Placed("Dropout", {"rate": 0.1}, id="x")),
    (dense(1, "relu"), Placed("Dropout", {"rate": 0.1}, id="x")),
    (Placed("Reshape", {"target_shape": (2, 2)}, id="x"),),
]


@pytest.mark.parametrize("bricks", BAD_VALUES)
def test_other_answers_are_mended_to_a_value(bricks):
    tower = ends("Value", *bricks)
    assert "one number, as large as it may be" in str(top(tower).problem)
    assert top(mended(tower)).gives == (1,)


MISFITS = [
    ("YesNo", ("a", "b", "c"), "needs data with two classes, got 3 classes"),
    ("YesNo", (), "needs data with classes, got a value for each example"),
    ("Category", (), "needs data with classes, got a value for each example"),
    ("Category", ("a",), "needs data with two classes or more, got one class"),
    ("Value", ("a", "b"), "needs data with a value for each example, got 2 classes"),
    ("Value", ("a", "b", "c"), "needs data with a value for each example"),
]


@pytest.mark.parametrize(("label", "names", "said"), MISFITS)
def test_a_label_that_the_data_do_not_have_is_said(label, names, said):
    tower = ends(label, dense(1), kind="Images", names=names, **BOUND)
    tower = Tower(tower.data, (Placed("Flatten", id="f"), *tower.bricks))
    assert str(top(tower).problem).startswith(said)
    if len(names) != 1:  # one class only is mended by bringing another
        assert top(mended(tower)).problem is None


def test_before_there_are_data_every_label_can_be_built_for():
    for kind in ("Images", "Table"):
        for label, units, activation in (
            ("YesNo", 1, "sigmoid"),
            ("Category", 2, "softmax"),
            ("Value", 1, None),
        ):
            flat = Placed("Flatten", id="f")
            tower = ends(label, flat, dense(units, activation), kind=kind)
            assert top(mended(tower)).placed.kind == label
            assert top(tower).problem is None or kind == "Table"
