"""What a browser sends is applied, and what it should not send changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bricks.advice import advice
from bricks.project import MOST_BRICKS, Project
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


PASTED = {
    "kind": "Block",
    "id": "n1",
    "inner": [[{"kind": "Dropout", "id": "n2", "settings": {"rate": 0.1}}]],
    "parameters": {"size": 4},
}


def test_several_bricks_are_pasted_with_all_that_is_inside():
    after = apply(TOWER, {"op": "paste", "after": "b0", "bricks": [PASTED, PASTED]})
    assert kinds(after) == ["Flatten", "Block", "Block", "Dense"]
    assert [b.kind for b in after.bricks[1].inner[0]] == ["Dropout"]
    assert after.bricks[1].parameters == {"size": 4}
    assert len({b.id for b in after}) == 7


@pytest.mark.parametrize(
    "bad", [None, 3, {"kind": "MNIST"}, {"kind": "Dense", "id": 1}]
)
def test_a_pasted_text_that_is_no_brick_is_left_out(bad):
    assert kinds(apply(TOWER, {"op": "paste", "after": "b0", "bricks": [bad]})) in (
        ["Flatten", "Dense"],
        ["Flatten", "Dense", "Dense"],
    )


def test_bricks_are_wrapped_bound_and_unwrapped():
    wrapped = apply(TOWER, {"op": "wrap", "ids": ["b1"], "kind": "Block", "id": "w"})
    bind = {"op": "bind", "id": "b1", "setting": "units", "parameter": "width"}
    bound = apply(wrapped, bind)
    assert bound.brick("w").parameters == {"width": 8}
    set_to = {"op": "parameter", "id": "w", "name": "width", "value": 20}
    out = apply(apply(bound, set_to), {"op": "unwrap", "id": "w"})
    assert out.brick("b1").settings == {"units": 20}


def test_a_suggestion_is_applied_in_one_click():
    last = {"units": 10, "activation": "softmax"}
    made = tower(("Flatten", {}), ("Dense", {"units": 64}), ("Dense", last))
    one = advice(made, walk(made))[0]
    after = apply(made, {"op": "suggest", "rule": one.rule, "id": one.id})
    assert after.bricks[1].settings == {"units": 64, "activation": "relu"}


def test_the_data_brick_has_settings_too():
    images = apply(TOWER, {"op": "data", "kind": "Images"})
    op = {"op": "set", "id": "data", "setting": "image_size", "value": [64, 32]}
    assert walk(apply(images, op))[0].gives == (64, 32, 3)


def test_containers_do_not_stand_deeper_in_each_other_than_a_file_may_say():
    made = TOWER
    for n in range(30):
        made = apply(
            made,
            {
                "op": "wrap",
                "ids": [f"w{n - 1}" if n else "b0"],
                "kind": "Block",
                "id": f"w{n}",
            },
        )
    project = Project("deep", made)
    assert made.brick("w11") is not None
    assert made.brick("w29") is None
    assert Project.from_json(project.to_json()).tower == made
