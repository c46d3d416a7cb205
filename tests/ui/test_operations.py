"""What a browser sends is applied, and what it should not send changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bricks.project import MOST_BRICKS
from bricks.tower import Tower
from bricks.walk import walk
from tests.towers import tower
from ui.board.operations import apply

TOWER = tower(("Flatten", {}), ("Dense", {"units": 8}))


def kinds(changed: Tower) -> list[str]:
    return [placed.kind for placed in changed.bricks]


def test_a_brick_of_the_palette_comes_with_its_start_settings():
    op = {"op": "put", "id": "new", "kind": "Dropout", "after": "b0"}
    after = apply(TOWER, op)
    assert kinds(after) == ["Flatten", "Dropout", "Dense"]
    assert after.bricks[1].settings == {"rate": 0.5}


def test_a_pasted_brick_keeps_its_own_settings_and_name():
    op = {"op": "put", "id": "new", "kind": "Dense", "after": "b1", "name": "out"}
    after = apply(TOWER, op | {"settings": {"units": 10, "activation": "softmax"}})
    assert after.bricks[2].settings == {"units": 10, "activation": "softmax"}
    assert after.bricks[2].name == "out"


def test_a_pasted_brick_is_as_it_was_copied():
    op = {"op": "put", "id": "new", "kind": "Dense", "after": "b1"}
    after = apply(TOWER, op | {"settings": {"units": 256}})
    assert after.bricks[2].settings == {"units": 256}
    after = apply(TOWER, op | {"settings": {}})
    assert after.bricks[2].settings == {"units": 128}


def test_a_value_beyond_its_limits_is_kept_and_marked():
    after = apply(TOWER, {"op": "set", "id": "b1", "setting": "units", "value": -3})
    assert after.bricks[1].settings == {"units": -3}
    assert walk(after)[2].problem


def test_repair_undoes_the_misfit():
    bare = tower(("Dense", {"units": 10, "activation": "softmax"}))
    after = apply(bare, {"op": "repair", "id": "b0"})
    assert kinds(after) == ["Flatten", "Dense"]
    assert apply(after, {"op": "repair", "id": "b0"}) == after


def test_the_data_changes_and_the_bricks_stay():
    after = apply(TOWER, {"op": "data", "kind": "Digits"})
    assert after.data.kind == "Digits"
    assert after.bricks == TOWER.bricks


HARMLESS = [
    {},
    {"op": "fly"},
    {"op": "put", "id": "x", "kind": "MNIST", "after": "data"},
    {"op": "put", "id": "x", "kind": "Category", "after": "data"},
    {"op": "put", "id": "x", "kind": "__import__", "after": "data"},
    {"op": "put", "id": "../x", "kind": "Dense", "after": "data"},
    {"op": "put", "id": "", "kind": "Dense", "after": "data"},
    {"op": "put", "kind": "Dense"},
    {"op": "put", "id": "b1", "kind": "Dense", "after": "data"},
    {"op": "set", "id": "b1", "setting": "units", "value": "many"},
    {"op": "set", "id": "b1", "setting": "units", "value": True},
    {"op": "set", "id": "b1", "setting": "units", "value": [1, 2]},
    {"op": "set", "id": "b1", "setting": "units", "value": None},
    {"op": "set", "id": "b1", "setting": "__class__", "value": 1},
    {"op": "set", "id": "gone", "setting": "units", "value": 1},
    {"op": "remove", "id": "data"},
    {"op": "remove", "id": "label"},
    {"op": "move", "id": "data", "after": "b1"},
    {"op": "data", "kind": "Flatten"},
    {"op": "repair", "id": "b1"},
]


@pytest.mark.parametrize("op", HARMLESS, ids=str)
def test_what_cannot_be_changes_nothing(op):
    assert apply(TOWER, op) == TOWER


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
NAMES = "put move remove set name copy repair data clear b0 b1 label new Dense Conv2D"
WORDS = st.sampled_from([*NAMES.split(), "units", "rate", "kernel_size"])


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                ["op", "id", "kind", "after", "new", "setting", "value", "name"]
            ),
            WORDS | VALUES | st.lists(VALUES, max_size=3),
        ),
        max_size=8,
    )
)
def test_no_operation_breaks_a_tower(ops):
    now = TOWER
    for op in ops:
        now = apply(now, op)
    walk(now)
    ids = [placed.id for placed in now.bricks]
    assert len(ids) == len(set(ids))


def test_a_tower_ends_at_the_most_bricks():
    full = tower(*[("Flatten", {})] * MOST_BRICKS)
    op = {"op": "put", "id": "new", "kind": "Dense", "after": "data"}
    assert apply(full, op) == full
    assert apply(full, {"op": "copy", "id": "b0", "new": "new"}) == full
