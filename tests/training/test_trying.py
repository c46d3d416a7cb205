"""What trained towers tell of an example, and the test examples to leaf through."""

from __future__ import annotations

import shutil
import time
from dataclasses import asdict, replace

import numpy as np
import pytest

from bricks.recipes import recipe
from bricks.tower import Placed
from codegen import drawn, live
from codegen.source import script
from tests.shelved import shelved, tower_on
from tests.training.looking import trained
from tests.training.workshop import digits
from training.own import own
from training.rows import ACTIVE
from training.telling import kind_of
from training.viewing import DONE, FAILED
from uploads.shelf import Shelf

pytestmark = pytest.mark.keras


@pytest.fixture(scope="module")
def observatory(tmp_path_factory):
    with trained(tmp_path_factory.mktemp("trying") / "home", digits(epochs=12)) as made:
        yield made


@pytest.fixture(scope="module")
def own_pictures(observatory, tmp_path_factory):
    """Runs on the same pictures that tell yes or no, and a value."""
    made, _ = observatory
    shelf = Shelf(made.settings.home, "ann")
    root = tmp_path_factory.mktemp("own")
    two = shelved(shelf, root / "two", {"cat": 12, "dog": 12})
    values = shelved(shelf, root / "values", {"one": 24}, values=True)
    return [_trained(made, shelf, dataset) for dataset in (two, values)]


def _trained(made, shelf, dataset):
    """A run on the data set, and what a question must say of it."""
    project = tower_on(dataset, epochs=1)
    run = _ended(made, made.workshop.ask(project))
    mine = own(project.tower.data, shelf)
    assert mine is not None
    return run, asdict(mine)


def _ended(made, run):
    """The run once it has ended; the trainer takes its steps in its thread."""
    while made.workshop.see(run).state in ACTIVE:
        time.sleep(0.05)
    return made.workshop.see(run)


def test_the_test_examples_are_told_as_their_report_says(observatory):
    made, run = observatory
    x, y = live.module(script(digits())).load_data()[2]
    told = [made.last("told", run, given={"test": n}) for n in range(40)]
    assert {one.state for one in told} == {DONE}
    assert [one.fields["true"] for one in told] == y[:40].tolist()
    assert {one.fields["of"] for one in told} == {len(x)}
    right = [one.arrays["shares"].argmax() == y[n] for n, one in enumerate(told)]
    assert np.mean(right) > 0.8
    assert told[3].arrays["shares"].sum() == pytest.approx(1, abs=1e-5)
    assert (told[3].arrays["seen"][0] == np.round(x[3] * 255)).all()


def test_a_drawn_digit_is_told_like_those_of_the_data(observatory):
    made, run = observatory
    ink = np.zeros((256, 256), "uint8")
    ink[40:220, 120:140] = 255
    one = drawn.uci(ink)
    told = made.last("told", run, arrays={"given": one[None]})
    assert told.fields == {"kind": "shares"}
    assert told.arrays["shares"].argmax() == 1


def test_an_example_beyond_the_last_is_counted_from_the_first(observatory):
    made, run = observatory
    assert made.last("told", run, given={"test": 360 + 7}).fields["n"] == 7


def test_the_best_and_the_last_weights_answer_each_for_themselves(observatory):
    made, run = observatory
    shares = [
        made.last("told", run, given={"test": 0}, which=which).arrays["shares"]
        for which in ("best", "last")
    ]
    assert all(one.shape == (10,) for one in shares)


def test_examples_are_leafed_through_as_small_pictures(observatory):
    made, run = observatory
    x, y = live.module(script(digits())).load_data()[2]
    told = made.last("rows", run, first=355, count=20)
    assert (told.fields["first"], told.fields["of"]) == (355, 360)
    assert told.fields["true"] == y[355:].tolist()
    assert (told.arrays["pictures"] == np.round(x[355:] * 255)).all()


def test_yes_or_no_is_told_as_two_shares(observatory, own_pictures):
    made, (run, mine) = observatory[0], own_pictures[0]
    told = made.last("told", run, given={"test": 0}, own=mine)
    assert told.fields["kind"] == "yesno"
    assert told.arrays["shares"].shape == (2,)
    assert told.arrays["shares"].sum() == pytest.approx(1, abs=1e-6)


def test_a_value_is_told_as_it_is(observatory, own_pictures):
    made, (run, mine) = observatory[0], own_pictures[1]
    told = made.last("told", run, given={"test": 0}, own=mine)
    assert told.fields["kind"] == "value"
    assert np.isfinite(told.fields["value"])
    assert "shares" not in told.arrays


def test_deleted_data_are_told_of_and_a_brought_picture_is_answered(
    observatory, own_pictures, tmp_path
):
    made, (run, mine) = observatory[0], own_pictures[0]
    hidden = shutil.move(mine["folder"], tmp_path / "hidden")
    try:
        for what in ("told", "rows"):
            told = made.last(what, run, given={"test": 0}, own=mine)
            assert told.state == FAILED
            assert str(told.said) == "These data are not here any more."
        brought = {"given": np.zeros((1, 16, 16, 3), "uint8")}
        assert made.last("told", run, arrays=brought, own=mine).state == DONE
    finally:
        shutil.move(hidden, mine["folder"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mnist-cnn", "shares"),
        ("book-cats-dogs", "yesno"),
        ("numbers-value", "value"),
        ("autoencoder", "picture"),
    ],
)
def test_the_label_brick_says_what_a_tower_tells(name, kind):
    assert kind_of(recipe(name)) == kind


def test_an_autoencoder_gives_the_picture_back(observatory):
    made, _ = observatory
    project = digits(epochs=1)
    conv = {"filters": 1, "kernel_size": 3, "padding": "same", "activation": "sigmoid"}
    bricks = (Placed("Conv2D", conv, id="c"),)
    data = Placed("Digits", {"label": "Picture"}, id="data")
    tower = replace(project.tower, data=data, bricks=bricks)
    run = made.workshop.ask(replace(project, tower=tower))
    told = made.last("told", _ended(made, run), given={"test": 2})
    assert told.fields["kind"] == "picture"
    assert told.arrays["picture"].shape == told.arrays["seen"].shape == (1, 8, 8, 1)
    assert "true" not in told.fields
