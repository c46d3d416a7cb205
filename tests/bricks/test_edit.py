"""Edits give new towers, and a late one is harmless."""

from bricks import edit
from bricks.tower import GROUND, Placed
from tests.towers import tower

TOWER = tower(("Flatten", {}), ("Dense", {"units": 8}), ("Dropout", {"rate": 0.5}))


def kinds(changed):
    return [placed.kind for placed in changed.bricks]


def test_a_brick_is_put_on_the_one_named():
    new = Placed("Activation", {"activation": "relu"}, id="new")
    assert kinds(edit.put(TOWER, new, "b1"))[2] == "Activation"
    assert kinds(edit.put(TOWER, new, GROUND))[0] == "Activation"
    assert kinds(edit.put(TOWER, new, "gone"))[-1] == "Activation"


def test_putting_the_same_brick_twice_puts_it_once():
    once = edit.put(TOWER, Placed("Flatten", id="new"), GROUND)
    assert edit.put(once, Placed("Flatten", id="new"), "b1") == once


def test_a_brick_moves_up_and_down():
    assert kinds(edit.move(TOWER, "b2", GROUND)) == ["Dropout", "Flatten", "Dense"]
    assert kinds(edit.move(TOWER, "b0", "b2")) == ["Dense", "Dropout", "Flatten"]
    assert edit.move(TOWER, "b1", "b1") == TOWER


def test_what_is_gone_changes_nothing():
    assert edit.move(TOWER, "gone", GROUND) == TOWER
    assert edit.remove(TOWER, "gone") == TOWER
    assert edit.copy(TOWER, "gone", "new") == TOWER
    assert edit.set_value(TOWER, "gone", "units", 3) == TOWER
    assert edit.rename(TOWER, "gone", "x") == TOWER


def test_a_value_that_is_the_default_is_not_kept():
    relu = edit.set_value(TOWER, "b1", "activation", "relu")
    assert relu.bricks[1].settings == {"units": 8, "activation": "relu"}
    assert edit.set_value(relu, "b1", "activation", None) == TOWER
    assert edit.set_value(TOWER, "b1", "use_bias", True) == TOWER


def test_a_required_setting_keeps_its_value():
    assert edit.set_value(TOWER, "b1", "units", None) == TOWER


def test_a_copy_stands_on_its_original_without_its_name():
    named = edit.rename(TOWER, "b1", "hidden")
    copied = edit.copy(named, "b1", "new")
    assert [b.name for b in copied.bricks] == [None, "hidden", None, None]
    assert copied.bricks[2].settings == {"units": 8}
