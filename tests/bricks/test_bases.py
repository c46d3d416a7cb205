"""Pretrained bases without Keras: where they fit, what is mended, what they cost."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from bricks import edit
from bricks.bases.network import network
from bricks.catalog import catalog
from bricks.catalog.bases import BRICKS
from bricks.health import health, memory
from bricks.project import Project
from bricks.recipes import recipe
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from bricks.walk import every, step, walk

KINDS = [brick.kind for brick in BRICKS]
SHAPES = [
    (28, 28, 1),
    (28, 28, 3),
    (300, 20, 3),
    (64, 64, 4),
    (90, 80, 7),
    (12,),
    (9, 3),
]
HEAD = (
    Placed("GlobalAveragePooling2D", id="pool"),
    Placed("Dense", {"units": 1, "activation": "sigmoid"}, id="top"),
)


def on(data: Placed, kind: str, **settings: Any) -> Tower:
    return Tower(data, (Placed(kind, settings, id="base"), *HEAD))


def pictures(**settings: Any) -> Placed:
    return Placed("Images", settings, id=GROUND)


def mended(tower: Tower) -> Tower:
    """The tower after all the repairs that it is offered."""
    for _ in range(5):
        bad = next((s for s in every(walk(tower)) if s.problem), None)
        if bad is None:
            return tower
        assert bad.problem.repair, str(bad.problem)
        tower = edit.repaired(tower, bad.placed.id, bad.problem.repair)
    pytest.fail(f"not mended: {bad.problem}")


@pytest.mark.parametrize(("kind", "shape"), list(product(KINDS, SHAPES)))
def test_repairs_lead_to_a_base_that_fits(kind, shape):
    placed = Placed(kind, {"include_top": False}, id="base")
    tower = Tower(Placed("MNIST", id=GROUND), (placed,))
    for _ in range(5):
        gets: Any = shape
        for brick in tower.bricks:
            stage = step(brick, gets)
            gets = stage.gives
            if stage.problem:
                repair = stage.problem.repair
                tower = edit.repaired(tower, brick.id, repair)
                break
        else:
            return
    pytest.fail(f"{kind} on {shape} can't be mended")


MNIST = Placed("MNIST", {"label": "Category"}, id=GROUND)
WAYS = [
    ("grey", MNIST, "MobileNet", {}, ["RepeatChannels", "Resizing", "MobileNet"]),
    ("small", Placed("CIFAR10", id=GROUND), "VGG16", {}, ["VGG16"]),
    ("smaller", Placed("CIFAR10", id=GROUND), "Xception", {}, ["Resizing", "Xception"]),
]


@pytest.mark.parametrize(("data", "kind", "given", "kinds"), [row[1:] for row in WAYS])
def test_a_brick_is_put_between_pictures_and_a_base(data, kind, given, kinds):
    tower = mended(on(data, kind, include_top=False, **given))
    assert [b.kind for b in tower.bricks][: len(kinds)] == kinds


OWN = [
    ({"image_size": 50}, "InceptionV3", {"include_top": False}, {"image_size": 96}),
    ({"channels": 4}, "ResNet50", {"include_top": False}, {}),
]


@pytest.mark.parametrize(("data", "kind", "given", "after"), OWN)
def test_own_pictures_are_mended_where_they_are_made(data, kind, given, after):
    tower = mended(on(pictures(**data), kind, **given))
    assert dict(tower.data.settings) == after
    assert tower.bricks[0].kind == kind


def test_own_pictures_get_the_size_that_a_top_has_learned():
    tower = on(pictures(), "NASNetMobile")
    repair = walk(tower)[1].problem.repair
    after = edit.repaired(tower, "base", repair)
    assert walk(after)[1].gives == (1000,)
    assert after.data.settings == {"image_size": 224}


def test_a_base_above_a_resizing_is_mended_by_another_resizing():
    small = Placed("Resizing", {"height": 20, "width": 20}, id="small")
    tower = on(pictures(), "VGG16", include_top=False)
    tower = Tower(tower.data, (small, *tower.bricks))
    assert mended(tower).data.settings == {}


def on_digits(*above: Placed) -> Tower:
    size = Placed("Resizing", {"height": 96, "width": 96})
    base = Placed("MobileNet", {"include_top": False}, id="base")
    return Tower(Placed("Digits"), (Placed("RepeatChannels"), size, base, *above))


TOP_OF_BASE = Placed("Dense", {"units": 10, "activation": "softmax"}, id="above")


@pytest.mark.parametrize("above", [(), (TOP_OF_BASE,)], ids=["the label", "a Dense"])
def test_on_the_maps_of_a_base_stands_their_mean(above):
    tower = on_digits(*above)
    (stage,) = [stage for stage in walk(tower) if stage.problem]
    after = edit.repaired(tower, stage.placed.id, stage.problem.repair)
    kinds = [placed.kind for placed in after.bricks]
    assert kinds[2:] == ["MobileNet", "GlobalAveragePooling2D", "Dense"]
    assert not [stage for stage in walk(after) if stage.problem]


def test_a_base_on_a_base_is_taken_away():
    tower = on_digits(Placed("VGG16", {"include_top": False}, id="above"))
    problem = next(stage.problem for stage in walk(tower) if stage.problem)
    after = edit.repaired(tower, "above", problem.repair)
    assert [placed.kind for placed in after.bricks][2:] == ["MobileNet"]


def said(kind: str, shape: tuple[int, ...] = (224, 224, 3), **settings: Any) -> str:
    return str(step(Placed(kind, settings), shape).problem)


def test_a_problem_says_what_was_needed_and_what_came():
    assert "at least 75×75, got a map of 74×80×3" in said(
        "InceptionV3", (74, 80, 3), include_top=False
    )
    assert "three channels" in said("VGG16", (224, 224, 1))
    assert "224×224, as its top learned" in said("VGG16", (225, 224, 3))
    assert "128×128, 160×160" in said("MobileNet", (96, 96, 3))
    assert "either include_top or pooling" in said("VGG16", pooling="avg")
    assert "at most 23 layers, got 24 frozen" in said("VGG16", frozen=24)
    assert "from 2 to 1000" in said("VGG16", frozen=1)


def test_a_padlock_comes_back_from_a_file_as_it_was():
    for frozen in (True, False, 2, 213):
        tower = on(pictures(), "InceptionV3", include_top=False, frozen=frozen)
        again = Project.from_json(Project("x", tower).to_json()).tower.bricks[0]
        value = catalog()["InceptionV3"].full(again.settings)["frozen"]
        assert (value, type(value)) == (frozen, type(frozen))


def test_random_weights_can_be_chosen_and_taken_back():
    tower = on(pictures(), "VGG16", include_top=False)
    without = edit.set_value(tower, "base", "weights", None)
    assert without.bricks[0].settings == {"include_top": False, "weights": None}
    assert Project.from_json(Project("x", without).to_json()).tower == without
    assert edit.set_value(without, "base", "weights", "imagenet") == tower


def test_what_keras_numbers_by_itself_is_not_a_name_of_a_users():
    names = network("MobileNet", full("MobileNet", alpha=0.25)).names
    assert names[:3] == ("input_layer", "conv1", "conv1_bn")
    assert len(names) == 86


def full(kind: str, **settings: Any) -> dict[str, Any]:
    return catalog()[kind].full({"include_top": False, **settings})


@pytest.mark.parametrize("name", ["vgg16", "vgg19", "resnet-50", "mobilenet"])
def test_a_base_weighs_and_works_as_the_same_network_of_bricks(name):
    kind = {"vgg16": "VGG16", "vgg19": "VGG19", "resnet-50": "ResNet50"}
    bricks = walk(recipe(name).tower)
    shape = bricks[0].gives
    base = step(Placed(kind.get(name, "MobileNet"), {"weights": None}), shape)
    classes = bricks[-1].gives[0]
    assert classes == 1000
    assert base.weights == sum(stage.weights for stage in bricks)
    assert base.madds == sum(stage.madds for stage in bricks)


def test_a_frozen_base_asks_for_no_gradient_no_slots_and_no_kept_maps():
    adam = Training(batch_size=8)
    frozen, half, free = (
        walk(on(pictures(), "VGG16", include_top=False, frozen=n))
        for n in (True, 15, False)
    )
    figures = [health(stages, adam) for stages in (frozen, half, free)]
    assert [one.weights for one in figures] == [14_714_688 + 513] * 3
    assert figures[0].trained == 513
    assert figures[1].trained == 513 + 3 * (9 * 512 * 512 + 512)
    assert figures[2].fixed == 0
    assert figures[0].disk < figures[1].disk < figures[2].disk
    assert figures[0].memory < figures[1].memory < figures[2].memory
    more = memory(free, adam, 0) - memory(frozen, adam, 0)
    assert more == 3 * 4 * 14_714_688  # a gradient, and two numbers that Adam keeps
    assert memory(frozen, adam, 8) < memory(free, adam, 8) // 4


def test_an_answer_takes_the_room_of_the_widest_place_inside():
    stages = walk(on(pictures(), "VGG16", include_top=False))
    widest = 4 * 150 * 150 * (64 + 64)
    found = health(stages, Training(batch_size=4)).forward
    assert found >= 4 * stages[1].weights + 4 * widest


def test_the_tables_are_small_and_have_a_line_for_each_layer():
    for kind in KINDS:
        brick = catalog()[kind]
        text = (brick_file(kind)).read_text("utf-8")
        assert max(map(len, text.splitlines())) < 1_500
        assert len(json.loads(text)["body"]) <= text.count("\n")
        assert brick.names(full(kind))


def brick_file(kind: str) -> Any:
    from bricks.bases import DATA

    return DATA / f"{kind}.json"


def test_what_is_fixed_inside_of_containers_is_counted():
    norm = Placed("BatchNormalization", id="n")
    block = Placed("Block", {"repeat": 3}, id="k", inner=((norm,),))
    around = Placed("Residual", id="r", inner=((block,), ()))
    stage = walk(Tower(MNIST, (around,)))[1]
    assert (stage.weights, stage.fixed) == (3 * 4, 3 * 2)


def test_a_base_in_a_container_costs_what_it_costs_alone():
    base = Placed("MobileNet", {"include_top": False, "alpha": 0.25}, id="base")
    block = Placed("Block", id="k", inner=((base,),))
    alone, inside = (walk(Tower(pictures(), (b,)))[1] for b in (base, block))
    names = ("weights", "fixed", "madds", "trained_madds", "memory", "within")
    for name in names:
        assert getattr(inside, name) == getattr(alone, name), name
    assert inside.trained_madds == 0 < inside.madds
