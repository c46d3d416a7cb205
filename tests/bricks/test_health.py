"""What a tower's figures say: memory by optimizer, files on disk, what is tight."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bricks.health import disk, fits, health, memory
from bricks.recipes import recipe, recipe_names
from bricks.tower import Placed, Tower
from bricks.training import OPTIMIZERS, Training
from bricks.walk import walk
from tests.towers import tower
from training.weights import files

SOFTMAX = ("Dense", {"units": 10, "activation": "softmax"})
WIDE = walk(tower(("Flatten", {}), ("Dense", {"units": 65536}), SOFTMAX))
DEEP = walk(recipe("mnist-deep-cnn").tower)
GB = 1_000_000_000


def test_a_recipe_holds_and_weighs_what_keras_says():
    figures = health(DEEP, Training())
    assert (figures.holds, figures.problems, figures.weights) == (True, 0, 329_962)


def test_a_problem_is_counted():
    figures = health(walk(tower(("Dense", {"units": 0}))), Training())
    assert (figures.holds, figures.problems) == (False, 1)


@pytest.mark.parametrize(("optimizer", "copies"), [("sgd", 2), ("rmsprop", 3)])
def test_each_optimizer_keeps_its_own_number_of_copies(optimizer, copies):
    adam, other = Training(), Training(optimizer=optimizer)
    spared = memory(DEEP, adam) - memory(DEEP, other)
    assert spared == (4 - copies) * 4 * 329_962


def test_settings_that_keep_more_numbers_weigh_more():
    plain = Training(optimizer="sgd", learning_rate=0.01)
    rolling = replace(plain, optimizer_settings={"momentum": 0.9})
    assert memory(DEEP, rolling) - memory(DEEP, plain) == 4 * 329_962
    assert disk(DEEP, "sgd", {"momentum": 0.9}) > disk(DEEP, "sgd")


def test_all_examples_at_once_take_the_memory_of_all():
    gd = Training(optimizer="gd", learning_rate=0.01)
    one = memory(DEEP, gd, 1)
    each = memory(DEEP, gd, 2) - one
    assert memory(DEEP, gd) == one + 49_999 * each
    assert memory(DEEP, replace(gd, optimizer="sgd", batch_size=0)) == memory(DEEP, gd)
    assert fits(DEEP, gd, GB).batch_size is None


def test_a_forward_pass_holds_the_two_largest_neighbours():
    widest = 26 * 26 * 32 + 24 * 24 * 32  # the first two convolutions
    figures = health(DEEP, Training(batch_size=128))
    assert figures.forward == 4 * 329_962 + 4 * widest * 128


def test_a_shortcut_is_held_while_the_body_is_run():
    body = tuple(
        Placed("Conv2D", {"filters": 4, "kernel_size": 3, "padding": "same"}, id=id)
        for id in "ab"
    )
    first = replace(body[0], id="c")
    residual = Placed("Residual", id="r", inner=(body, ()))
    stages = walk(Tower(tower().data, (first, residual)))
    one = 28 * 28 * 4  # numbers of each map: what waits, and what the body moves
    figures = health(stages, Training(batch_size=10))
    assert figures.forward == 4 * figures.weights + 4 * 3 * one * 10
    assert fits(stages, Training(), 10).id in "abc"


def test_what_fits_is_not_tight():
    assert fits(DEEP, Training(), 10 * GB) is None
    assert health(DEEP, Training(), 10 * GB).tight is None


def test_the_batch_size_that_is_named_fits_and_its_double_does_not():
    training = Training(batch_size=1000)
    tight = fits(DEEP, training, 100_000_000)
    assert tight
    assert tight.id == DEEP[1].placed.id  # the first convolution gives the most
    named = replace(training, batch_size=tight.batch_size)
    assert fits(DEEP, named, 100_000_000) is None
    assert fits(DEEP, replace(named, batch_size=2 * named.batch_size), 100_000_000)


def test_where_no_batch_size_helps_the_heaviest_brick_is_named():
    tight = fits(WIDE, Training(), GB // 2)
    assert tight
    assert (tight.id, tight.batch_size) == ("b1", None)


SAVED = {
    name: recipe(name).tower
    for name in recipe_names()
    if sum(stage.weights for stage in walk(recipe(name).tower)) < 2_000_000
    and not files(recipe(name).tower)  # of ImageNet's weights
} | {
    "batch normalization": tower(
        ("Conv2D", {"filters": 16, "kernel_size": 3}),
        ("BatchNormalization", {}),
        ("Activation", {"activation": "relu"}),
        ("GlobalAveragePooling2D", {}),
        SOFTMAX,
    )
}
SMALL = {"alpha": 0.25, "include_top": False, "weights": None, "pooling": "avg"}
SAVED |= {
    f"MobileNet frozen={frozen}": tower(
        ("MobileNet", {**SMALL, "frozen": frozen}), SOFTMAX, data="CIFAR10"
    )
    for frozen in (True, 60, False)
}


EACH = [(name, "adam") for name in SAVED]
EACH += [(name, kind) for name in ("mnist-cnn", "text-lstm") for kind in OPTIMIZERS]


@pytest.mark.keras
@pytest.mark.parametrize(("name", "optimizer"), dict.fromkeys(EACH))
def test_a_saved_file_weighs_what_is_said(name, optimizer, tmp_path: Path):
    import keras

    from bricks.project import Project
    from codegen import live

    model = live.model(Project(name, SAVED[name]))
    rule = getattr(keras.optimizers, OPTIMIZERS[optimizer])()
    model.compile(rule, "sparse_categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)
    model.save(tmp_path / "model.keras")
    keras.backend.clear_session()
    real = (tmp_path / "model.keras").stat().st_size
    assert disk(walk(SAVED[name]), optimizer) == pytest.approx(real, rel=0.05)
