"""A base of one's own: its text, its figures, and what does not fit."""

import json

import pytest

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.recipes import recipe
from bricks.sealed import read, spliced, written
from bricks.tower import Placed, Tower
from bricks.walk import climb, walk

TOWER = recipe("digits-cnn").tower
TEXT = written((8, 8, 1), TOWER.bricks[:-1])
CONVOLUTIONS = written((8, 8, 1), TOWER.bricks[:3])


def on(kind, text=TEXT, **settings):
    base = Placed("Trained", {"tower": text, **settings}, id="t")
    return Tower(Placed(kind, id="data"), (base, TOWER.bricks[-1]))


def test_a_base_counts_as_its_bricks_do():
    whole, base = walk(TOWER), walk(on("Digits"))[1]
    inside = whole[1:-2]
    assert (base.gives, base.problem) == (inside[-1].gives, None)
    assert base.weights == sum(stage.weights for stage in inside)
    assert base.madds == sum(stage.madds for stage in inside)


@pytest.mark.parametrize(
    ("frozen", "learns"),
    [(True, 0), (False, 17_824), (2, 17_824 - 320), (3, 8_256), (6, 0)],
)
def test_the_padlock_tells_what_training_leaves_alone(frozen, learns):
    stage = walk(on("Digits", frozen=frozen))[1]
    assert stage.problem is None
    assert stage.weights - stage.fixed == learns
    assert (stage.trained_madds > 0) == (learns > 0)


def test_an_open_base_goes_by_the_means_it_has_learned():
    block = Placed(
        "Block",
        {"repeat": 2},
        inner=(
            (
                Placed("Conv2D", {"filters": 4, "kernel_size": 1}),
                Placed("BatchNormalization"),
            ),
        ),
    )
    text = written((8, 8, 1), (block, Placed("Flatten")))
    stage = walk(on("Digits", text, frozen=False))[1]
    assert stage.weights - stage.fixed == (1 * 4 + 4) + (4 * 4 + 4)  # the kernels alone


def test_weights_must_keep_their_shapes():
    problem = walk(on("MNIST"))[1].problem
    assert str(problem).startswith("needs 8×8×1, on which it was trained, got 28×28×1")


def test_convolutions_take_pictures_of_any_size_but_not_other_channels():
    assert walk(on("MNIST", CONVOLUTIONS))[1].gives == (12, 12, 32)
    assert walk(on("CIFAR10", CONVOLUTIONS))[1].problem is not None


def test_a_base_without_a_tower_asks_for_one():
    stage = walk(on("Digits", ""))[1]
    assert "Choose one" in str(stage.problem)


def test_branches_are_frozen_as_a_whole():
    both = Placed("Residual", inner=((Placed("Dense", {"units": 64}),), ()))
    text = written((64,), (both,))
    base = Placed("Trained", {"tower": text, "frozen": 2})
    problem = climb((base,), (64,))[0].problem
    assert problem is not None
    assert problem.repair.edits[0].value is True


def test_more_than_there_are_can_not_be_frozen():
    assert "at most 6 layers" in str(walk(on("Digits", frozen=9))[1].problem)


def test_a_project_file_keeps_the_tower_in_it():
    project = Project("On a base", on("Digits", weights="a-0123456789abcdef"))
    assert Project.from_json(project.to_json()).tower == project.tower


def test_the_same_bricks_are_the_same_text():
    bricks = tuple(Placed(b.kind, b.settings) for b in TOWER.bricks[:-1])
    assert written((8, 8, 1), bricks) == TEXT
    assert read(TEXT).shape == (8, 8, 1)


def told(**parts):
    return json.dumps({**json.loads(TEXT), **parts})


BAD = {
    "no JSON": "{",
    "no object": "[]",
    "no bricks": told(bricks=[]),
    "a data brick": told(bricks=[{"kind": "Digits"}]),
    "an unknown brick": told(bricks=[{"kind": "Mystery"}]),
    "a base in a base": told(bricks=[{"kind": "Trained", "settings": {"tower": TEXT}}]),
    "no shape": told(shape=None),
    "a shape of nothing": told(shape=[8, 0, 1]),
    "a shape beyond all": told(shape=[10**9, 10**9]),
    "nested without end": '{"bricks":' * 2_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_text_that_is_no_tower_is_none(name):
    assert read(BAD[name]) is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "A-0123456789abcdef", "a-12"])
def test_no_other_file_can_be_named(name):
    placed = Placed("Trained", {"weights": name, "tower": TEXT})
    document = Project("x", Tower(Placed("Digits", id="data"), (placed,))).to_json()
    with pytest.raises(ProjectError, match="weights can't be read"):
        Project.from_json(document)


def test_a_base_inside_a_new_one_is_laid_open():
    base = on("Digits").bricks[0]
    kinds = [placed.kind for placed in spliced((base, TOWER.bricks[-1]))]
    assert kinds == [placed.kind for placed in TOWER.bricks]
