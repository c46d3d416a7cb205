"""Variants: what can be varied, what a plan may say, and what comes of a choice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.tower import GROUND, Placed, Ref, Tower
from bricks.training import Training, optimizers
from bricks.variants import (
    Axis,
    Plan,
    check,
    goal,
    misfit,
    offered,
    size,
    split,
    value,
    varied,
)
from bricks.variants.offers import LARGE


def project(training: Training | None = None) -> Project:
    """A Dense, a Block whose brick follows a parameter, and the top."""
    inner = (
        Placed("Dense", {"units": Ref("wide"), "activation": "relu"}, id="in"),
        Placed("Dropout", {"rate": 0.2}, id="drop"),
    )
    block = Placed(
        "Block", {"repeat": 2}, id="bl", inner=(inner,), parameters={"wide": 32}
    )
    tower = Tower(
        Placed("Digits", id="data"),
        (
            Placed("Flatten", id="f"),
            Placed("Dense", {"units": 64, "activation": "relu"}, id="d"),
            block,
            Placed("Dense", {"units": 10, "activation": "softmax"}, id="top"),
        ),
    )
    return Project("Mine", tower, training or Training())


RATE = Axis(None, "learning_rate", low=0.0001, high=0.1, log=True)
HALVES = Axis("drop", "rate", (0.0, 0.5))
UNITS = Axis("d", "units", (16, 32, 64))

CHOICES = {
    "a brick's setting": ({"d.units": 16}, lambda p: p.tower.brick("d").settings),
    "inside a Block": ({"drop.rate": 0.0}, lambda p: p.tower.brick("drop").settings),
    "a Block's own": ({"bl.repeat": 3}, lambda p: p.tower.brick("bl").settings),
    "a Block's parameter": (
        {"bl.parameters.wide": 8},
        lambda p: p.tower.brick("bl").parameters,
    ),
    "of the training": ({"training.seed": 7}, lambda p: vars(p.training)),
    "of the optimizer": (
        {"training.optimizer_settings.beta_1": 0.8},
        lambda p: p.training.optimizer_settings,
    ),
}


@pytest.mark.parametrize(("chosen", "where"), CHOICES.values(), ids=CHOICES)
def test_a_choice_changes_one_setting_and_nothing_else(chosen, where):
    ((key, wanted),) = chosen.items()
    brick, name = split(key)
    before, after = project(), varied(project(), chosen)
    assert where(after)[name.rpartition(".")[2]] == wanted
    assert value(after, brick, name) == wanted
    assert varied(after, {key: value(before, brick, name)}) == before
    assert Project.from_json(after.to_json()) == after


def test_another_optimizer_brings_its_own_learning_rate():
    was = project(Training(optimizer_settings={"beta_1": 0.5}))
    now = varied(was, {"training.optimizer": "sgd"}).training
    assert now.learning_rate == optimizers()["sgd"].learning_rate != 0.001
    assert now.optimizer_settings == optimizers()["sgd"].start


def test_a_learning_rate_that_is_varied_stays_with_any_optimizer():
    chosen = {"training.learning_rate": 0.5, "training.optimizer": "sgd"}
    for given in (chosen, dict(reversed(chosen.items()))):
        assert varied(project(), given).training.learning_rate == 0.5


def test_an_optimizer_takes_of_the_varied_settings_those_that_it_has():
    chosen = {
        "training.optimizer_settings.momentum": 0.9,
        "training.optimizer": "adam",
    }
    was = project(Training(optimizer="sgd", learning_rate=0.1))
    assert varied(was, chosen).training.optimizer_settings == {}
    assert varied(was, chosen | {"training.optimizer": "sgd"}).training == replace(
        was.training, optimizer_settings={"momentum": 0.9}
    )


REFUSED_CHOICES = {
    "a brick that is gone": ({"gone.units": 3}, "no longer in the tower"),
    "no such setting": ({"d.filters": 3}, "filters can't be varied"),
    "the data": ({"data.label": "Picture"}, "label can't be varied"),
    "epochs": ({"training.epochs": 3}, "epochs can't be varied"),
    "no such part": ({"training.callbacks.patience": 3}, "can't be varied"),
    "beyond limits": ({"training.learning_rate": -1.0}, "learning_rate must be"),
    "no such parameter": ({"bl.parameters.deep": 3}, "can't be varied"),
}


@pytest.mark.parametrize(
    ("chosen", "said"), REFUSED_CHOICES.values(), ids=REFUSED_CHOICES
)
def test_what_cannot_be_varied_is_refused_in_a_sentence(chosen, said):
    with pytest.raises(ProjectError, match=said):
        varied(project(), chosen)


def test_a_tower_that_does_not_hold_is_told_inside_of_a_block_too():
    assert misfit(project()) is None
    assert "Dense" in str(misfit(varied(project(), {"top.units": 9})))
    assert "Dropout" in str(misfit(varied(project(), {"drop.rate": 3.0})))


ASKED = [n for n in recipe_names() if data_brick(recipe(n).tower.data.kind).asks]


@pytest.mark.parametrize("name", ASKED)
def test_nothing_is_offered_of_a_network_that_is_only_asked(name):
    assert offered(recipe(name)) == []


@pytest.mark.parametrize("name", [n for n in recipe_names() if n not in ASKED])
def test_every_suggestion_of_every_recipe_can_be_trained(name):
    was = recipe(name)
    offers = offered(was)
    assert {offer.key for offer in offers} >= {"training.optimizer", "training.seed"}
    if sum(1 for _ in was.tower) > 25:  # seconds each, of bricks that are elsewhere too
        offers = offers[::25]
    for offer in offers:
        assert offer.value in offer.values
        check(was, Plan((Axis(offer.brick, offer.name, offer.values),)))
        if offer.span:
            low, high, log = offer.span
            ranged = Axis(offer.brick, offer.name, low=low, high=high, log=log)
            check(was, Plan((ranged,), "search"))
        for worth in offer.values:
            made = varied(was, {offer.key: worth})
            assert Project.from_json(made.to_json()).training == made.training
            large = sum(1 for _ in was.tower) > LARGE  # it would take too long to try
            assert large or misfit(made) is None, (offer.key, worth)


def test_what_the_label_brick_asks_for_is_not_offered():
    keys = {offer.key for offer in offered(project())}
    assert {"d.units", "drop.rate", "bl.parameters.wide", "bl.repeat"} <= keys
    assert keys.isdisjoint({"top.units", "top.activation", "in.units", "data.label"})


def test_an_offer_is_called_as_the_tower_calls_the_brick():
    titles = {offer.key: str(offer.title) for offer in offered(project())}
    assert titles["d.units"] == "Dense 64 · units"
    assert titles["bl.parameters.wide"] == "Block ×2 · wide"
    assert titles["training.learning_rate"] == "Training · Learning rate"


PLANS = {
    "grid": Plan((UNITS, Axis("d", "activation", (None, "relu")))),
    "search": Plan((RATE, UNITS), "search", 12, 3, False, 30, 7),
    "pairs": Plan((Axis("d", "kernel_regularizer", (None, ("l2", 0.01))),)),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_plan_comes_back_from_its_json(plan):
    assert Plan.from_json(plan.to_json()) == plan
    check(project(), plan)


UNREADABLE = {
    "no table": lambda data: [],
    "a key too many": lambda data: data | {"more": 1},
    "a key too few": lambda data: {"axes": data["axes"]},
    "no such method": lambda data: data | {"method": "magic"},
    "no trials": lambda data: data | {"trials": 0},
    "many trials": lambda data: data | {"trials": 201},
    "a flag for a number": lambda data: data | {"trials": True},
    "half an epoch": lambda data: data | {"epochs": 0.5},
    "no time": lambda data: data | {"minutes": 0},
    "axes of nothing": lambda data: data | {"axes": [{}]},
    "no values": lambda data: data | {"axes": [axis(values=[])]},
    "a table as value": lambda data: data | {"axes": [axis(values=[{}])]},
    "no number": lambda data: data | {"axes": [axis(values=[float("nan")])]},
    "half a range": lambda data: data | {"axes": [axis(low=1)]},
    "a word in a range": lambda data: (
        data | {"axes": [axis(low="a", high=2, log=False)]}
    ),
}


def axis(**more):
    """An axis' JSON."""
    return {"brick": "d", "name": "units", **more}


@pytest.mark.parametrize("spoilt", UNREADABLE.values(), ids=UNREADABLE)
def test_a_plan_that_cannot_be_read_is_refused(spoilt):
    with pytest.raises(ProjectError):
        Plan.from_json(spoilt(PLANS["grid"].to_json()))


NEVER = {
    "nothing varies": (Plan(()), "Choose at least one"),
    "too many axes": (
        Plan(tuple(Axis("d", f"s{n}", (1,)) for n in range(9))),
        "At most 8 settings",
    ),
    "twice": (Plan((UNITS, Axis("d", "units", (8,)))), "units is varied twice"),
    "a large grid": (
        Plan(
            (
                UNITS,
                Axis(None, "seed", tuple(range(50))),
                Axis("drop", "rate", (0, 0.5)),
            )
        ),
        "This grid has 300 variants, at most 200",
    ),
    "a range in a grid": (Plan((RATE,)), "a range is for a search"),
    "a range of words": (
        Plan((Axis("d", "activation", low=0, high=1),), "search"),
        "activation has no range",
    ),
    "neither": (Plan((Axis("d", "units"),), "search"), "choose values, or a range"),
    "a range backwards": (
        Plan((replace(RATE, low=0.2),), "search"),
        "from a smaller to a larger",
    ),
    "powers of ten from 0": (
        Plan((Axis("drop", "rate", low=0.0, high=0.5, log=True),), "search"),
        "begin above 0",
    ),
    "beyond limits": (Plan((Axis("d", "units", (0, 8)),)), "units must be a whole"),
    "beyond limits, a range": (
        Plan((replace(RATE, high=11.0),), "search"),
        "learning_rate must be a number",
    ),
    "the same value twice": (Plan((Axis("d", "units", (8, 8)),)), "must be another"),
    "very many values": (
        Plan((Axis("d", "units", tuple(range(1, 60))),), "search"),
        "at most 50 values",
    ),
    "a brick that is gone": (Plan((Axis("x", "units", (8,)),)), "no longer"),
    "what all share": (Plan((Axis(None, "epochs", (8,)),)), "epochs can't be varied"),
}


@pytest.mark.parametrize(("plan", "said"), NEVER.values(), ids=NEVER)
def test_a_plan_that_cannot_be_carried_out_is_refused_in_a_sentence(plan, said):
    with pytest.raises(ProjectError, match=said):
        check(project(), plan)


def test_a_loss_that_says_which_is_better_is_not_varied():
    plan = Plan((Axis(None, "loss", ("mse", "mae")),))
    check(recipe("numbers-value"), plan)  # told apart by another figure
    with pytest.raises(ProjectError, match="which is better"):
        check(recipe("autoencoder"), plan)
    keys = {offer.key for offer in offered(recipe("autoencoder"))}
    assert "training.loss" not in keys


SIZES = {
    "a product": (Plan((UNITS, HALVES)), 6, 6),
    "endless": (Plan((UNITS, RATE), "search", 12), None, 12),
    "a search in few": (Plan((UNITS,), "search", 12), 3, 3),
}


@pytest.mark.parametrize(("plan", "sized", "count"), SIZES.values(), ids=SIZES)
def test_how_many_variants_a_plan_has(plan, sized, count):
    assert (size(plan), plan.count) == (sized, count)


GOALS = {
    "mnist-cnn": "val_accuracy",
    "numbers-value": "val_mae",
    "autoencoder": "val_loss",
}


@pytest.mark.parametrize(("name", "figure"), GOALS.items(), ids=GOALS)
def test_variants_are_told_apart_by_what_the_label_measures_first(name, figure):
    assert goal(recipe(name)) == figure


@pytest.mark.parametrize("schedule", [None, "step", "cosine"])
def test_another_schedule_keeps_of_what_is_chosen_only_what_it_has(schedule):
    before = project(Training(schedule="step"))
    chosen = {
        "training.schedule": schedule,
        "training.schedule_settings.decay_epochs": 4,
    }
    after = varied(before, chosen).training
    assert after.schedule == schedule
    kept = after.schedule_settings.get("decay_epochs")
    assert kept == (4 if schedule == "step" else None)


def eyes(**settings: Any) -> Project:
    """A small picture, a base and an answer."""
    data = Placed("Images", {"image_size": 64, "label": "Category"}, id=GROUND)
    base = Placed("MobileNetV2", {"include_top": False, "pooling": "avg"} | settings)
    dense = Placed("Dense", {"units": 2, "activation": "softmax"})
    return Project("own", Tower(data, (replace(base, id="eyes"), dense)))


def test_of_a_base_the_network_its_width_and_its_padlock_can_be_varied():
    offers = {offer.key: offer for offer in offered(eyes(frozen=40))}
    assert offers["eyes.alpha"].values == (0.35, 0.5, 0.75, 1.0, 1.3, 1.4)
    assert offers["eyes.frozen"].values == (40, False, True)
    assert {"MobileNet", "EfficientNetB0"} <= {*offers["eyes.kind"].values}
    assert str(offers["eyes.kind"].title) == "MobileNetV2 · network"
    assert "eyes.include_top" not in offers  # it would not fit with the pooling


def test_a_network_that_does_not_take_the_pictures_is_not_offered():
    """InceptionV3 needs 75 points, Xception 71."""
    offers = {offer.key: offer for offer in offered(eyes())}
    assert "VGG16" in offers["eyes.kind"].param.choices
    assert "InceptionV3" not in offers["eyes.kind"].values


def test_another_network_keeps_what_both_have():
    made = varied(eyes(alpha=0.35, frozen=40), {"eyes.kind": "VGG16"})
    base = made.tower.bricks[0]
    known = {"include_top": False, "pooling": "avg"}
    assert (base.kind, dict(base.settings)) == ("VGG16", known)
    same = varied(eyes(alpha=0.35), {"eyes.kind": "MobileNetV2"}).tower.bricks[0]
    assert dict(same.settings) == {**known, "alpha": 0.35}
    assert misfit(varied(eyes(), {"eyes.kind": "InceptionV3"})) is not None


def test_the_fine_tuning_rate_is_offered_where_there_are_two_steps():
    keys = {offer.key for offer in offered(eyes(frozen=40))}
    assert "training.fine_tuning_rate" not in keys
    tuned = replace(eyes(frozen=40), training=Training(frozen_epochs=2))
    offer = next(o for o in offered(tuned) if o.name == "fine_tuning_rate")
    assert offer.values == (1e-06, 3e-06, 1e-05, 3e-05, 1e-04)
