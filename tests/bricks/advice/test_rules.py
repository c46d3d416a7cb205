"""Each rule speaks where it should, and one click settles it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from bricks.advice import MOST, Advice, advice, advised, rules
from bricks.catalog import catalog
from bricks.edit import repaired
from bricks.recipes import recipe, recipe_names
from bricks.tower import Placed, Tower
from bricks.training import Training
from bricks.walk import every, walk
from tests.towers import tower, towers

Row = tuple[str, dict[str, Any]]
USUAL = Training()


def conv(filters: int = 16, **settings: Any) -> Row:
    return "Conv2D", {"filters": filters, "kernel_size": 3, **settings}


def dense(units: int = 16, activation: str | None = "relu") -> Row:
    return "Dense", {"units": units, "activation": activation}


def act(name: str) -> Row:
    return "Activation", {"activation": name}


def base(**settings: Any) -> Row:
    return "MobileNet", {"include_top": False, **settings}


COLOURED: list[Row] = [
    ("RepeatChannels", {}),
    ("Resizing", {"height": 96, "width": 96}),
]
POOL: Row = ("MaxPooling2D", {})
FLAT: Row = ("Flatten", {})
MEAN: Row = ("GlobalAveragePooling2D", {})
NORM: Row = ("BatchNormalization", {})
DROP: Row = ("Dropout", {"rate": 0.5})
TURN: Row = ("RandomRotation", {"factor": 0.1})
TOP = dense(10, "softmax")
LINE = dense(16, None)
SAME = {"padding": "same", "activation": "relu"}
POINT = [("MaxPooling2D", {"pool_size": 28}), conv(16, **SAME), FLAT]

# rule -> what it speaks of (the id of the brick it names), and what it leaves alone
ROWS = {
    "answer_once": ("b1", [FLAT, TOP, act("softmax")], [FLAT, TOP]),
    "answer_once, two bricks": (
        "b2",
        [FLAT, dense(10, None), act("relu"), act("softmax")],
        [FLAT, dense(10, None), act("softmax")],
    ),
    "augmentation_first": ("b1", [conv(), TURN, MEAN, TOP], [TURN, conv(), MEAN, TOP]),
    "augmentation_first, normalized": (
        "b2",
        [("Rescaling", {"scale": 2.0}), NORM, TURN, FLAT, TOP],
        [("Normalization", {}), TURN, FLAT, TOP],
    ),
    "dropout": ("b2", [FLAT, dense(256), TOP], [FLAT, dense(256), DROP, TOP]),
    "dropout_on_answer": (
        "b2",
        [FLAT, dense(10, None), DROP, act("softmax")],
        [FLAT, DROP, dense(10, None), act("softmax")],
    ),
    "flatten_wide": (
        "b1",
        [conv(64), FLAT, dense(64), TOP],
        [conv(64), MEAN, dense(64), TOP],
    ),
    "flatten_wide, pictures": (
        None,
        [FLAT, dense(2000), TOP],
        [conv(64), POOL, FLAT, TOP],
    ),
    "growing_filters": (
        "b2",
        [conv(16), POOL, conv(16), FLAT, TOP],
        [conv(16), POOL, conv(32), FLAT, TOP],
    ),
    "growing_filters, upwards": (
        "b2",
        [conv(16), POOL, conv(8), FLAT, TOP],
        [conv(16), POOL, conv(8), ("UpSampling2D", {}), FLAT, TOP],
    ),
    "growing_filters, strides": (
        "b1",
        [conv(16), conv(8, strides=2), FLAT, TOP],
        [conv(32), POOL, conv(64), POOL, conv(64), FLAT, TOP],
    ),
    "kernel_beyond_map": ("b1", [*POINT, TOP], [conv(16, **SAME), FLAT, TOP]),
    "linear_twice": ("b1", [FLAT, LINE, dense(), TOP], [FLAT, dense(), LINE]),
    "linear_twice, narrow": (
        "b1",
        [FLAT, dense(64, None), DROP, dense(8), TOP],
        [FLAT, dense(4, None), dense(64), TOP],
    ),
    "normalization_after_dropout": (
        "b2",
        [FLAT, DROP, NORM, TOP],
        [FLAT, NORM, DROP, TOP],
    ),
    "normalization_order": (
        "b2",
        [FLAT, dense(), NORM, TOP],
        [FLAT, LINE, NORM, act("relu"), TOP],
    ),
    "saturating": (
        "b1",
        [FLAT, dense(16, "tanh"), LINE, act("sigmoid"), TOP],
        [FLAT, dense(16, "tanh"), TOP],
    ),
    "flatten_wide, a base": (
        "b3",
        [*COLOURED, base(), FLAT, dense(512), TOP],
        [*COLOURED, base(), MEAN, dense(512), TOP],
    ),
    "head_first": ("b2", [*COLOURED, base(frozen=20), MEAN, TOP], None),
    "random_and_frozen": (
        "b2",
        [*COLOURED, base(weights=None), MEAN, TOP],
        [*COLOURED, base(weights=None, frozen=False), MEAN, TOP],
    ),
    "thawed_fast": ("b2", [*COLOURED, base(frozen=False), MEAN, TOP], None),
    "softmax_inside": ("b1", [FLAT, dense(16, "softmax"), TOP], [FLAT, dense(), TOP]),
}
HERE = {
    name: row
    for name, row in ROWS.items()
    if all(kind in catalog() for kind, _ in row[1])
}


def told(rule: str, of: Tower, training: Training = USUAL) -> list[Advice]:
    return list(rules()[rule].found(of, walk(of), training))


def problems(of: Tower) -> int:
    return sum(stage.problem is not None for stage in every(walk(of)))


@pytest.mark.parametrize("name", HERE)
def test_a_rule_speaks_where_it_should_and_one_click_settles_it(name):
    id, bad, good = HERE[name]
    rule = name.split(",")[0]
    assert told(rule, tower(*(good or [*COLOURED, base(), MEAN, TOP]))) == []
    found = told(rule, tower(*bad))
    assert [one.id for one in found] == ([id] if id else [])
    for one in found:
        assert advised(tower(*bad), walk(tower(*bad)), rule, one.id) == one
        after = repaired(tower(*bad), one.id, one.repair)
        assert problems(after) == problems(tower(*bad)) == 0
        assert told(rule, after, replace(USUAL, **one.training)) == []


def test_every_rule_is_tried():
    assert {name.split(",")[0] for name in ROWS} == set(rules())


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_a_rule_has_a_reason_and_a_source(rule):
    assert rule.title
    assert rule.source
    assert rule.why.endswith(".")


@given(towers)
def test_no_advice_makes_a_problem_or_stays_after_its_click(of):
    found = advice(of, walk(of))
    assert len(found) <= MOST
    for one in found:
        after = repaired(of, one.id, one.repair)
        assert problems(after) <= problems(of)
        assert advised(after, walk(after), one.rule, one.id) is None


def test_a_silenced_rule_is_silent():
    of = tower(*ROWS["linear_twice"][1])
    assert [one.rule for one in advice(of, walk(of))] == ["linear_twice"]
    assert advice(of, walk(of), frozenset({"linear_twice"})) == []


def test_a_brick_with_a_problem_is_left_to_its_problem():
    of = tower(FLAT, ("Dense", {"units": 0, "activation": None}), dense(), TOP)
    assert advice(of, walk(of)) == []


def test_a_repair_that_would_bring_a_tower_down_is_not_offered():
    body = (Placed("MaxPooling2D", {"pool_size": 1}, id="p"),)
    inner = tuple(Placed(*conv(16, **SAME), id=id) for id in ("c", "d"))
    pooled = Placed("MaxPooling2D", {"pool_size": 2}, id="m")
    wrong = Placed("Residual", id="r", inner=((*body, *inner), ()))
    of = Tower(tower().data, (Placed(*conv(16), id="a"), pooled, wrong))
    assert all(one.id not in ("c", "d") for one in advice(of, walk(of)))


def test_what_is_inside_of_a_block_is_advised_too():
    inner = tuple(
        Placed(kind, settings, id=f"i{n}")
        for n, (kind, settings) in enumerate([dense(), NORM])
    )
    block = Placed("Block", {"repeat": 2}, id="k", inner=(inner,))
    flat, top = tower(FLAT, TOP).bricks
    of = Tower(tower().data, (flat, block, replace(top, id="t")))
    (one,) = advice(of, walk(of))
    assert (one.rule, one.id) == ("normalization_order", "i1")
    after = repaired(of, one.id, one.repair)
    assert [b.kind for b in after.bricks[1].inner[0]][2] == "Activation"
    assert advice(after, walk(after)) == []


@pytest.mark.parametrize("name", recipe_names())
def test_a_recipe_gets_little_advice(name):
    of = recipe(name).tower
    assert len(advice(of, walk(of))) <= 3


def test_a_base_that_is_thawed_later_is_held_to_the_later_rate():
    of = tower(*COLOURED, base(frozen=60), MEAN, TOP)
    late = Training(frozen_epochs=3)
    assert told("thawed_fast", of, late) == told("head_first", of, late) == []
    fast = replace(late, fine_tuning_rate=0.01)
    (one,) = told("thawed_fast", of, fast)
    assert one.training == {"fine_tuning_rate": 1e-5}
    assert told("thawed_fast", of, replace(late, learning_rate=0.1)) == []


def test_a_frozen_base_is_thawed_by_nobody():
    names = ("thawed_fast", "head_first", "random_and_frozen")
    for frozen in (True, 86):
        of = tower(*COLOURED, base(frozen=frozen), MEAN, TOP)
        assert [told(name, of) for name in names] == [[], [], []]
    alone = tower(("RepeatChannels", {}), base(frozen=False))
    assert told("head_first", alone) == []


def test_frozen_epochs_leave_some_to_thaw_in():
    of = tower(*COLOURED, base(frozen=False), MEAN, TOP)
    (few,) = told("head_first", of, Training(epochs=4))
    (many,) = told("head_first", of, Training(epochs=100))
    assert (few.training, many.training) == ({"frozen_epochs": 2}, {"frozen_epochs": 5})
    assert told("head_first", of, Training(epochs=1)) == []
