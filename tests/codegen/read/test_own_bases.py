"""A printed script with a base of one's own comes back with it, sealed."""

import pytest

from bricks.containers import plan
from bricks.project import Project
from bricks.recipes import recipe
from bricks.sealed import read, written
from bricks.tower import Placed, Tower
from codegen.read import read_code
from codegen.source import script
from tests.training.standing import base

DENSE = Placed("Dense", {"units": 10, "activation": "softmax"})
LINE = written((8, 8, 1), recipe("digits-cnn").tower.bricks[:-1])
BRANCHES = written((32, 32, 3), recipe("resnet-18").tower.bricks[:-1])
LEARNED = {"weights": "digits_cnn-0123456789abcdef"}
STANDING = written((32, 32, 3), (base(frozen=40), Placed("Flatten")))

TOWERS = {
    "as it comes": ("Digits", LINE, {**LEARNED, "title": "Digits CNN"}, None),
    "named": ("Digits", LINE, {**LEARNED, "title": "Digits CNN"}, "My base"),
    "frozen in part": ("Digits", LINE, {**LEARNED, "frozen": 3}, None),
    "open, with a long title": (
        "Digits",
        LINE,
        {**LEARNED, "frozen": False, "title": "x" * 70},
        None,
    ),
    "called by a word of Python": ("Digits", LINE, {**LEARNED, "title": "Class"}, None),
    "on one of Keras' own": ("CIFAR10", STANDING, LEARNED, None),
    "with branches": ("CIFAR10", BRANCHES, LEARNED, None),
    "with random weights": ("Digits", LINE, {}, None),
}


@pytest.mark.parametrize("name", TOWERS)
def test_a_base_of_ones_own_comes_back_from_its_script(name):
    data, text, settings, called = TOWERS[name]
    trained = Placed("Trained", {"tower": text, **settings}, called)
    tower = Tower(Placed(data, id="data"), (trained, DENSE))
    found = read_code(script(Project("On a base", tower)))
    assert found.notes == ()
    back, dense = found.project.tower.bricks
    inner = read(back.settings["tower"])
    assert inner.shape == read(text).shape
    assert plan(inner.bricks) == plan(read(text).bricks)
    known = {k: v for k, v in back.settings.items() if k != "tower"}
    assert known == settings
    assert (back.name or "").replace("_", " ") == (called or "").lower()
    assert plan((dense,)) == plan((DENSE,))
