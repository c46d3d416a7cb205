"""What the page gives of pretrained bases: layers, weights, words and two steps."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from bricks.catalog import catalog
from bricks.catalog.bases import BRICKS
from bricks.project import Project
from bricks.training import Training
from bricks.walk import walk
from tests.towers import tower
from tests.ui.test_bringing_routes import OWN, Site
from ui.board import VERSION, layers
from ui.board.catalogue import catalogue_json
from ui.board.operations import apply
from ui.board.payload import payload
from ui.training.two_steps import kept, steps
from ui.words import translator

_ = translator("en")
GETS = (224, 224, 3)
BASES = [brick.kind for brick in BRICKS]
BARE = (("include_top", False),)
HEAD = (
    ("GlobalAveragePooling2D", {}),
    ("Dense", {"units": 10, "activation": "softmax"}),
)


def on_base(kind="MobileNet", **settings):
    """Small photographs, a base and a head."""
    base = (kind, {"include_top": False, **settings})
    return tower(base, *HEAD, data="CIFAR10")


def test_layers_are_told_in_keras_order_with_what_each_place_leaves_alone():
    found = layers.layers("VGG16", GETS, BARE)
    assert found.names[15] == "block5_conv1"
    assert found.fixed[0] == 0
    assert found.weights - found.fixed[15] == 3 * (9 * 512 * 512 + 512)
    assert found.fixed[-1] == found.weights == 14_714_688


@pytest.mark.parametrize("kind", BASES)
def test_what_is_told_of_a_place_is_what_the_tower_says_of_it(kind):
    found = layers.layers(kind, GETS, BARE)
    middle = len(found.names) // 2
    large = ("Resizing", {"height": 224, "width": 224})
    base = (kind, {"include_top": False, "frozen": middle})
    stage = walk(tower(large, base, data="CIFAR10"))[2]
    assert (found.fixed[middle], found.weights) == (stage.fixed, stage.weights)
    assert list(found.fixed) == sorted(found.fixed)


@pytest.mark.parametrize(
    ("kind", "gets", "settings"),
    [
        ("Dense", GETS, BARE),
        ("VGG16", (28, 28, 1), BARE),
        ("VGG16", GETS, (("width", 3),)),
        ("VGG16", GETS, (("include_top", "yes"),)),
    ],
)
def test_what_is_no_base_has_no_layers(kind, gets, settings):
    with pytest.raises(ValueError):  # noqa: PT011 - the route tells only that it failed
        layers.layers(kind, gets, settings)


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path, layers.ROUTES)
    yield site
    site.end()


def asked(site, ask):
    path = f"{VERSION}/layers.json?ask={quote(json.dumps(ask))}"
    return site.ask("GET", path, b"", "ann", **OWN)


def test_a_page_is_told_the_layers_of_one_base(site):
    settings = {"include_top": False, "frozen": 15}
    ask = {"kind": "VGG16", "gets": list(GETS), "settings": settings}
    status, content = asked(site, ask)
    assert status == 200
    assert json.loads(content)["names"][-1] == "block5_pool"


@pytest.mark.parametrize(
    "ask",
    [
        [],
        {"kind": "VGG16"},
        {"kind": "VGG16", "gets": [0, 0, 3], "settings": {}},
        {"kind": "VGG16", "gets": [224, 224, 10**9], "settings": {}},
        {"kind": "VGG16", "gets": list(GETS), "settings": {"pooling": [[]]}},
    ],
)
def test_a_question_that_means_nothing_is_refused(site, ask):
    assert asked(site, ask)[0] == 400


def test_the_board_is_told_what_stays_as_it_is_and_from_which_file():
    base = payload(Project("p", on_base(alpha=0.75)), "en")["tower"][1]
    assert base["layers"] == 86
    assert base["fixed"] == base["weights"] == 1_832_976
    assert base["file"] == "mobilenet_7_5_224_tf_no_top.h5"
    unlearned = payload(Project("p", on_base(weights=None)), "en")["tower"][1]
    assert unlearned["file"] is None


def test_a_base_on_a_vector_is_a_misfit_that_the_page_survives():
    on_flat = tower(("Flatten", {}), ("MobileNet", {}), data="CIFAR10")
    base = payload(Project("p", on_flat), "en")["tower"][2]
    assert base["problem"]


def test_the_palette_knows_a_bases_size_and_finds_it_by_what_it_is_for():
    for lang, word in (("en", "transfer learning"), ("ko", "transfer learning")):
        kinds = json.loads(catalogue_json(lang))["kinds"]
        assert kinds["VGG16"]["weights"] == 14_714_688
        assert kinds["VGG16"]["looks"]["title"] == "VGG16"
        assert word in kinds["VGG16"]["search"]
        assert "weights" not in kinds["Dense"]


@pytest.mark.parametrize("frozen", [False, 30, True])
def test_a_padlock_is_one_edit(frozen):
    op = {"op": "set", "id": "b0", "setting": "frozen", "value": frozen}
    after = apply(on_base(frozen=7), op)
    assert after.bricks[0].settings.get("frozen", True) == frozen


def test_weights_may_be_none_and_their_default_again():
    op = {"op": "set", "id": "b0", "setting": "weights"}
    bare = apply(on_base(), op | {"value": None})
    assert bare.bricks[0].settings["weights"] is None
    assert "weights" not in apply(bare, op | {"value": "imagenet"}).bricks[0].settings


def test_random_weights_are_one_edit_for_all_that_lack_theirs(monkeypatch, tmp_path):
    monkeypatch.setenv("BRICKYARD_DATASETS", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    after = apply(on_base(), {"op": "random_weights"})
    assert after.bricks[0].settings["weights"] is None
    assert after.bricks[1:] == on_base().bricks[1:]


def sentences(training, base):
    return " ".join(steps(training, walk(base), _))


def test_two_steps_are_told_with_their_epochs_and_rates():
    training = Training(epochs=10, frozen_epochs=4)
    told = sentences(training, on_base(frozen=False))
    assert "Epochs 1 to 4" in told
    assert "Epochs 5 to 10" in told
    assert "with 0.00001." in told
    assert sentences(replace(training, frozen_epochs=0), on_base()) == ""


def test_two_steps_say_what_keeps_the_second_from_its_purpose():
    assert "it is shut" in sentences(Training(epochs=10, frozen_epochs=4), on_base())
    none_left = Training(epochs=4, frozen_epochs=4)
    assert "no epoch left" in sentences(none_left, on_base(frozen=False))


def test_kept_features_are_counted_in_bytes():
    base = on_base()
    split = catalog()["CIFAR10"].split({})
    bytes_each = 4 * 1024  # a mean for each of MobileNet's channels
    assert kept(Project("p", base), walk(base)) == bytes_each * sum(split[:2])
    open_base = on_base(frozen=False)
    assert kept(Project("p", open_base), walk(open_base)) == 0
