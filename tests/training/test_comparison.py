"""The difference of two projects: nothing where they are alike, each edit by name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bricks import containers, edit
from bricks.catalog import catalog
from bricks.naming import called
from bricks.project import Project, fresh
from bricks.recipes import recipe, recipe_names
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from tests.towers import placed_bricks, projects, tower, towers
from training.alignment import align, homes, lists
from training.comparison import difference


def changes(first: Tower, second: Tower):
    """What differs, from tower to tower."""
    return difference(Project("a", first), Project("b", second))


def said(first: Tower, second: Tower) -> list[str]:
    return [str(change.said) for change in changes(first, second)]


@given(projects)
def test_a_project_does_not_differ_from_itself(project):
    assert difference(project, project) == []


@given(projects)
def test_a_copy_with_other_ids_does_not_differ(project):
    assert difference(project, fresh(project)) == []


@pytest.mark.parametrize("name", recipe_names())
def test_a_recipe_opened_twice_does_not_differ(name):
    assert difference(fresh(recipe(name)), fresh(recipe(name))) == []


def places(tower: Tower) -> list[str]:
    """All that a brick can be put on."""
    floors = [under for under, _ in lists(tower)]
    return floors + [placed.id for placed in tower]


def one_of(data, tower: Tower) -> Placed:
    """Some brick of the tower, not the ground."""
    bricks = [placed for placed in tower if placed.id != GROUND]
    assume(bricks)
    return data.draw(st.sampled_from(bricks))


@given(towers, placed_bricks, st.data())
def test_a_brick_that_was_put_is_added(before, brick, data):
    after = edit.put(before, brick, data.draw(st.sampled_from(places(before))))
    (change,) = changes(before, after)
    assert (change.what, change.before, change.after) == ("added", None, brick.id)


@given(towers, st.data())
def test_a_brick_that_was_taken_away_is_removed(before, data):
    gone = one_of(data, before)
    (change,) = changes(before, edit.remove(before, gone.id))
    assert (change.what, change.before, change.after) == ("removed", gone.id, None)


@given(towers, st.data())
def test_a_brick_that_was_moved_is_moved(before, data):
    brick = one_of(data, before)
    after = edit.move(before, brick.id, data.draw(st.sampled_from(places(before))))
    if after == before:
        assert changes(before, after) == []
        return
    (change,) = changes(before, after)
    assert change.what == "moved"
    (under, at), (now, to) = homes(before)[brick.id], homes(after)[brick.id]
    if under != now or abs(at - to) > 1:  # of neighbours either may have moved
        assert change.after == brick.id


@given(towers, st.data())
def test_a_copy_is_added(before, data):
    brick = one_of(data, before)
    (change,) = changes(before, edit.copy(before, brick.id, "twin"))
    assert (change.what, change.after) == ("added", "twin")


@given(towers, st.data())
def test_a_setting_is_changed_by_its_name(before, data):
    brick = one_of(data, before)
    params = catalog()[brick.kind].params
    assume(params)
    param = data.draw(st.sampled_from(params))
    value = data.draw(st.sampled_from(param.samples()))
    after = edit.set_value(before, brick.id, param.name, value)
    full = catalog()[brick.kind].full
    same = full(brick.settings) == full(after.brick(brick.id).settings)
    found = changes(before, after)
    assert [(c.what, c.after, c.setting) for c in found] == (
        [] if same else [("set", brick.id, param.name)]
    )


@given(towers, st.data(), st.sampled_from([None, "other"]))
def test_a_name_is_a_change_of_its_own(before, data, name):
    brick = one_of(data, before)
    found = changes(before, edit.rename(before, brick.id, name))
    expected = [] if name == brick.name else ["name"]
    assert [str(change.setting) for change in found] == expected


@given(towers, st.sampled_from(["Digits", "CIFAR10", "IMDB"]))
def test_other_data_are_one_change(before, kind):
    (change,) = changes(before, edit.with_data(before, kind))
    assert change.what == "data"
    assert str(change.said) == f"The tower stands on {kind} instead of MNIST"


@given(towers, towers)
def test_every_brick_is_accounted_for(first, second):
    """Those that are neither added nor removed are as many in both."""
    found = align(first, second)
    assert len(set(found.partner.values())) == len(found.partner)
    kinds = {placed.id: placed.kind for placed in [*first, *second]}
    assert all(kinds[a] == kinds[b] for a, b in found.partner.items())


CONV = ("Conv2D", {"filters": 32, "kernel_size": 3})
FLAT = ("Flatten", {})
WIDE = ("Dense", {"units": 256, "activation": "relu"})
DROP = ("Dropout", {"rate": 0.5})
TOP = ("Dense", {"units": 10, "activation": "softmax"})
PLAIN = tower(CONV, FLAT, WIDE, TOP)


def others(*bricks) -> Tower:
    """A tower none of whose ids is PLAIN's."""
    return fresh(Project("p", tower(*bricks))).tower


SENTENCES = {
    "added": (
        others(CONV, FLAT, WIDE, DROP, TOP),
        ["Dropout 0.5 was added after Dense 256"],
    ),
    "removed": (
        others(CONV, FLAT, TOP),
        ["Dense 256 was removed; it stood after Flatten"],
    ),
    "changed": (
        others(CONV, FLAT, ("Dense", {"units": 64, "activation": "relu"}), TOP),
        ["Dense 256: units 256 → 64"],
    ),
    "pair": (
        others(("Conv2D", {"filters": 32, "kernel_size": (5, 3)}), FLAT, WIDE, TOP),
        ["Conv2D 32 3×3: kernel_size 3×3 → 5×3"],
    ),
    "replaced": (
        others(CONV, ("GlobalMaxPooling2D", {}), WIDE, TOP),
        [
            "Flatten was removed; it stood after Conv2D 32 3×3",
            "GlobalMaxPooling2D was added after Conv2D 32 3×3",
        ],
    ),
    "second of two": (
        others(CONV, CONV, FLAT, WIDE, TOP),
        ["Conv2D 32 3×3 #2 was added after Conv2D 32 3×3 #1"],
    ),
}


@pytest.mark.parametrize(("after", "sentences"), SENTENCES.values(), ids=SENTENCES)
def test_a_difference_is_told_in_sentences(after, sentences):
    assert said(PLAIN, after) == sentences


def test_a_block_around_bricks_is_told_as_one():
    after = containers.wrap(PLAIN, ["b0"], "Block", "new")
    assert said(PLAIN, after) == ["Block was put around Conv2D 32 3×3"]
    assert said(after, PLAIN) == ["Block was taken away from around Conv2D 32 3×3"]


def test_inside_of_a_container_the_place_is_its_foot():
    before = containers.wrap(PLAIN, ["b0"], "Parallel", "p")
    after = edit.put(before, Placed("Dropout", {"rate": 0.5}, id="d"), "p:1")
    (sentence,) = said(before, after)
    assert sentence == "Dropout 0.5 was added at the foot of branch 2 of Parallel"


def test_a_branch_before_others_moves_none_of_them():
    before = containers.wrap(PLAIN, ["b0"], "Parallel", "p")
    after = containers.add_branch(before, "p", 0)
    assert said(before, after) == ["Parallel: branches 2 → 3"]


def test_what_stands_in_a_removed_container_is_not_told_apart():
    before = containers.wrap(PLAIN, ["b0", "b1"], "Block", "p")
    assert len(said(before, edit.remove(before, "p"))) == 1


def test_a_parameter_is_told_like_a_setting():
    block = Placed("Block", {}, id="p", inner=((),), parameters={"n": 8})
    before = Tower(Placed("MNIST", id=GROUND), (block,))
    after = containers.set_parameter(before, "p", "n", 16)
    assert said(before, after) == ["Block: n 8 → 16"]


def data_of(**settings) -> Tower:
    return Tower(Placed("Images", settings, id=GROUND))


def test_own_data_are_called_by_their_title():
    cats, dogs = (data_of(dataset=n[0], title=n) for n in ("Cats", "Dogs"))
    assert said(cats, dogs) == ["The tower stands on Dogs instead of Cats"]


def test_pictures_that_were_moved_are_one_change():
    first = data_of(dataset="c", title="Cats", names=("a", "b"), changes=())
    changed = {"changes": (("x", "b"),), "counts": (1, 2, 3), "image_size": 64}
    second = data_of(**{**first.data.settings, **changed})
    assert said(first, second) == [
        "Cats: other classes, pictures or columns are used",
        "Images: image_size 150×150 → 64×64",
    ]


TRAININGS = {
    "batch": ({"batch_size": 32}, ["Training: Batch size 128 → 32"]),
    "flag": ({"class_weights": True}, ["Training: Class weights off → on"]),
    "optimizer": (
        {"optimizer": "sgd", "optimizer_settings": {"momentum": 0.9}},
        ["Training: Optimizer Adam → SGD", "Training: optimizer.momentum none → 0.9"],
    ),
    "its setting": (
        {"optimizer_settings": {"beta_1": 0.8}},
        ["Training: optimizer.beta_1 0.9 → 0.8"],
    ),
    "callback": (
        {"callbacks": {"early_stopping": {"patience": 8}}},
        [
            "Training: early_stopping off → on",
            "Training: early_stopping.patience none → 8",
        ],
    ),
    "metrics": ({"metrics": ("auc",)}, ["Training: metrics none → auc"]),
}


@pytest.mark.parametrize(("settings", "sentences"), TRAININGS.values(), ids=TRAININGS)
def test_trainings_differ_by_their_settings(settings, sentences):
    first = Project("p", PLAIN)
    second = replace(first, training=Training(**settings))
    assert [str(change.said) for change in difference(first, second)] == sentences


def test_a_brick_is_called_by_its_figures_and_its_name():
    assert called(Placed("Dense", {"units": 8}, name="hidden")) == "Dense 8 (hidden)"


def test_a_block_is_called_by_how_often_it_runs():
    assert called(Placed("Block", {"repeat": 3}, inner=((),))) == "Block ×3"


def test_an_unknown_brick_can_be_compared():
    bricks = [Placed("Strange", {"deep": {"a": [n]}}, id="s") for n in (1, 2)]
    first, second = (Tower(Placed("MNIST", id=GROUND), (b,)) for b in bricks)
    assert len(said(first, second)) == 1


def test_towers_of_two_thousand_bricks_can_be_compared():
    bricks = [[WIDE, DROP, TOP][n * n % 3] for n in range(2_000)]
    first, second = tower(*bricks), others(*bricks[::-1], CONV)
    assert changes(first, second)
