"""What Brickyard printed comes back as the project that it was printed from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings

from bricks.brick import Data
from bricks.catalog import catalog
from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.tower import GROUND, Placed, Ref, Tower
from bricks.training import Training
from codegen.layer import hollow
from codegen.literal import prose
from codegen.read import read_code
from codegen.source import script
from tests.towers import towers

DENSE = Placed("Dense", {"units": 10, "activation": "softmax"})


def conv(filters: Any, **settings: Any) -> Placed:
    return Placed("Conv2D", {"filters": filters, "kernel_size": 3, **settings})


def tree(bricks: Iterable[Placed]) -> list[Any]:
    """Bricks as plain data without ids and names."""
    return [
        (b.kind, dict(b.settings), dict(b.parameters), [tree(t) for t in b.inner])
        for b in bricks
    ]


def printable(bricks: Iterable[Placed]) -> tuple[Placed, ...]:
    """The bricks without loops and steps around nothing, which no script shows."""
    kept = (replace(b, inner=tuple(map(printable, b.inner))) for b in bricks)
    return tuple(b for b in kept if _shows(b))


def _shows(placed: Placed) -> bool:
    if placed.kind == "TimeDistributed":
        return not hollow(placed)
    loop = placed.settings.get("repeat", 1) != 1
    own = placed.name or placed.parameters
    return placed.kind != "Block" or not loop or bool(own) or not hollow(placed)


def _branches_in_steps(placed: Placed) -> bool:
    """Whether a container that is no layer stands where only layers can."""
    inside = [b for tower in placed.inner for b in tower]
    kinds = {b.kind for b in inside} & {"Block", "Residual", "Parallel"}
    return placed.kind == "TimeDistributed" and bool(kinds)


def back(project: Project) -> Project:
    return read_code(script(project)).project


@pytest.mark.parametrize("name", recipe_names())
def test_recipes_come_back(name):
    read = read_code(script(recipe(name)))
    known = recipe(name)
    assert tree(read.project.tower) == tree(known.tower)
    assert [b.name for b in read.project.tower] == [b.name for b in known.tower]
    assert read.project.name == prose(known.name)
    assert read.project.training == known.training
    assert read.notes == ()


@settings(max_examples=80, deadline=None)
@given(towers)
def test_any_tower_comes_back_and_prints_the_same(tower):
    tower = replace(tower, bricks=printable(tower.bricks))
    assume(not any(map(_branches_in_steps, tower)))
    project = Project("any", tower)
    again = back(project)
    assert tree(again.tower) == tree(tower)
    assert script(again) == script(project)


def block(name: str | None, *inside: Placed, repeat: Any = 1, **own: Any) -> Placed:
    given = {} if repeat == 1 else {"repeat": repeat}
    return Placed("Block", given, name, inner=(inside,), parameters=own)


def residual(body: list[Placed], shortcut: list[Placed], name: Any = None) -> Placed:
    return Placed("Residual", {}, name, inner=(tuple(body), tuple(shortcut)))


def parallel(merge: str, *branches: list[Placed]) -> Placed:
    return Placed("Parallel", {"merge": merge}, inner=tuple(map(tuple, branches)))


SKIP = residual([conv(1)], [])
LAID_OUT = {
    "loop": block(None, conv(8), Placed("Dropout", {"rate": 0.1}), repeat=3),
    "function": block("Conv block", conv(8), Placed("MaxPooling2D")),
    "parameters": block("VGG", conv(Ref("filters")), repeat=2, filters=16),
    "repeated as a parameter says": block(
        "Stage",
        block(None, conv(Ref("width")), repeat=Ref("times")),
        times=2,
        width=8,
    ),
    "residual": residual([conv(8, padding="same")], [conv(8)]),
    "empty shortcut": residual([conv(1)], [], "skip"),
    "residual in a branch": parallel("add", [SKIP], [conv(1)]),
    "branches in a shortcut": residual(
        [conv(1)], [parallel("add", [conv(1)], []), SKIP]
    ),
    "parallel": parallel("maximum", [], [conv(4)], [conv(4), conv(4)]),
    "block in a block": block(
        "Outer",
        block("Inner", conv(Ref("filters")), filters=4),
        residual([conv(Ref("filters"))], []),
        filters=6,
    ),
    "steps": Placed(
        "TimeDistributed", {}, "frames", inner=((conv(4), Placed("Flatten")),)
    ),
    "both ways": Placed("LSTM", {"units": 4, "bidirectional": True}, "and_back"),
    "penalty": conv(4, kernel_regularizer=("l2", 0.001)),
}


@pytest.mark.parametrize("placed", LAID_OUT.values(), ids=LAID_OUT)
def test_every_container_comes_back(placed):
    tower = Tower(Placed("MNIST", id=GROUND), (placed, Placed("Flatten"), DENSE))
    read = read_code(script(Project("own", tower)))
    assert tree(read.project.tower) == tree(tower)
    assert read.project.tower.bricks[0].name == placed.name
    assert read.notes == ()


def base(kind: str, **settings: Any) -> Placed:
    return Placed(kind, settings)


SMALL = base("MobileNet", include_top=False, alpha=0.25, frozen=20)
ON_BASES = {
    "shut": (base("VGG16", include_top=False), Placed("Flatten")),
    "open": (base("EfficientNetB0", include_top=False, pooling="max", frozen=False),),
    "partly open": (SMALL, Placed("GlobalMaxPooling2D")),
    "with its top": (base("DenseNet121", weights=None),),
    "on augmentation": (
        Placed("RandomFlip", {"mode": "horizontal"}),
        base("InceptionV3", include_top=False, pooling="avg", frozen=213),
    ),
    "on numbers scaled by a brick": (
        Placed("Rescaling", {"scale": 2.0, "offset": -1.0}),
        base("MobileNetV2", include_top=False, pooling="avg"),
    ),
    "with Dropout in it": (
        base("EfficientNetB0", include_top=False, pooling="avg", frozen=False),
    ),
    "in a Block": (block("Eyes", SMALL, Placed("Flatten")),),
    "beside another": (
        parallel(
            "maximum",
            [SMALL, Placed("Flatten")],
            [base("VGG19", include_top=False, pooling="avg")],
        ),
    ),
}


@pytest.mark.parametrize("below", ON_BASES.values(), ids=ON_BASES)
def test_a_base_comes_back_with_its_padlock(below):
    data = Placed("Images", {"image_size": 96, "label": "Category"}, id=GROUND)
    top = Placed("Dense", {"units": 2, "activation": "softmax"})
    project = Project("own", Tower(data, (*below, top)))
    read = read_code(script(project))
    assert tree(read.project.tower) == tree(project.tower)
    assert script(read.project) == script(project)
    assert read.notes == ()


def test_a_block_used_twice_comes_back_with_its_own_numbers():
    one = block("VGG", conv(Ref("filters"), padding="same"), filters=8)
    other = replace(one, settings={"repeat": 3}, parameters={"filters": 16})
    bricks = (one, other, DENSE)
    tower = Tower(Placed("MNIST", id=GROUND), bricks)
    assert tree(back(Project("own", tower)).tower) == tree(tower)


def test_training_and_names_come_back():
    training = Training(64, 3, "rmsprop", 0.005, 7)
    tower = Tower(
        Placed("Digits", id=GROUND), (Placed("Flatten", {}, "lay_flat"), DENSE)
    )
    project = back(Project("My tower 2", tower, training))
    assert (project.name, project.training) == ("My tower 2", training)
    assert project.tower.bricks[0].name == "lay_flat"
    assert project.tower.data == tower.data


DATA = [kind for kind, brick in catalog().items() if isinstance(brick, Data)]


@pytest.mark.parametrize("kind", DATA)
def test_data_bricks_come_back_with_their_settings(kind):
    brick = catalog()[kind]
    for param in brick.params:
        for value in param.samples():
            if value == param.default or param.wrong(value):
                continue
            data = Placed(kind, {param.name: value}, id=GROUND)
            project = Project("own", Tower(data, (Placed("Flatten"), DENSE)))
            assert script(back(project)) == script(project)
            assert back(project).tower.data == data
