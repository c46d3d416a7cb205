"""The settings of a training are told in words, and lead from one to the next."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from bricks.project import Project
from bricks.recipes import recipe
from bricks.training import LEARNING_RATES, Training, optimizers, schedules
from bricks.training.presets import PRESETS
from tests.towers import tower
from ui.training.asked import asked
from ui.training.callbacks import watchable
from ui.training.presets import rows
from ui.training.schedule import rates
from ui.training.settings import with_chosen
from ui.training.tree import drawing, line, lit, places
from ui.training.words import figure_name, value_told
from ui.words import translator

_ = translator("en")


def test_another_optimizer_begins_with_its_own_rate_and_settings():
    before = Training(optimizer="sgd", optimizer_settings={"momentum": 0.9})
    after = with_chosen(before, {"optimizer": "rmsprop", "epochs": 7})
    assert after.optimizer_settings == {}
    assert after.learning_rate == LEARNING_RATES["rmsprop"]
    assert after.epochs == 7


def test_the_same_optimizer_keeps_what_was_chosen_for_it():
    chosen = {"optimizer": "sgd", "optimizer_settings": {"momentum": 0.5}}
    after = with_chosen(Training(optimizer="sgd", learning_rate=0.3), chosen)
    assert after.optimizer_settings == {"momentum": 0.5}
    assert after.learning_rate == 0.3


@pytest.mark.parametrize(
    ("optimizer", "settings", "kind"),
    [
        ("adam", {"amsgrad": True}, "adam"),
        ("sgd", {}, "sgd"),
        ("sgd", {"momentum": 0.3}, "momentum"),
        ("sgd", {"momentum": 0.9, "nesterov": True}, "nesterov"),
        ("sgd", {"nesterov": True}, "sgd"),
        ("gd", {"momentum": 0.9}, "gd"),
    ],
)
def test_the_rule_that_is_lit_is_the_one_trained_by(optimizer, settings, kind):
    training = Training(optimizer=optimizer, optimizer_settings=settings)
    assert lit(training).kind == kind


def test_every_optimizer_grew_from_gradient_descent():
    roots = {line(lit(Training(optimizer=kind)))[0].kind for kind in optimizers()}
    assert roots == {"gd"}


def test_bricks_of_the_family_tree_do_not_meet():
    spots = list(places().values())
    near = [
        (one, other)
        for one in spots
        for other in spots
        if one < other and one[0] == other[0] and other[1] - one[1] < 1
    ]
    assert near == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_family_tree_names_every_rule_and_lights_one(dark):
    picture = drawing(Training(optimizer="adamw"), dark, _)
    texts = [e.text for e in ElementTree.fromstring(picture).iter() if e.text]
    assert {"SGD", "Momentum", "AdamW", "Lion"} <= set(texts)
    assert picture != drawing(Training(optimizer="lion"), dark, _)


def test_what_changed_against_a_preset_is_told_part_by_part():
    good = PRESETS["good"]
    callbacks = {"early_stopping": {"patience": 2}, "tensorboard": {}}
    training = replace(good.applied(Training()), epochs=5, callbacks=callbacks)
    assert rows(training, good, _) == [
        ("Epochs", "60", "5"),
        ("Early stopping (patience)", "8", "2"),
        ("Early stopping (restore_best_weights)", "on", "off"),
        ("Smaller steps on a plateau", "on", "off"),
        ("Stop when the loss is NaN", "on", "off"),
        ("TensorBoard log", "off", "on"),
    ]


def test_settings_of_another_optimizer_are_told_against_its_defaults():
    quick = PRESETS["quick"]
    settings = {"optimizer": "sgd", "optimizer_settings": {"momentum": 0.9}}
    told = rows(replace(quick.applied(Training()), **settings), quick, _)
    assert told == [("Optimizer", "Adam", "SGD"), ("SGD (momentum)", "0", "0.9")]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_nothing_is_changed_against_a_preset_just_taken(preset):
    taken = preset.applied(Training(seed=7, precision="mixed_float16"))
    assert rows(taken, preset, _) == []


def test_callbacks_look_only_at_what_is_measured():
    project = recipe("digits-cnn")
    assert watchable(asked("p", project, _)) == (
        "val_loss",
        "val_accuracy",
        "loss",
        "accuracy",
    )
    more = replace(project, training=Training(metrics=("top_3", "auc")))
    assert "val_top_3" in watchable(asked("p", more, _))
    assert "val_auc" not in watchable(asked("p", more, _))


def test_unknown_data_ask_for_nothing_that_needs_a_label():
    wanted = asked("p", Project("p", tower(data="Gone")), _)
    assert (wanted.label, wanted.classes, wanted.extra) == (None, False, ())


@pytest.mark.parametrize("kind", [None, *schedules()])
@pytest.mark.parametrize("epochs", [1, 10, 1_000])
def test_the_curve_goes_over_all_epochs_below_the_learning_rate(kind, epochs):
    training = Training(epochs=epochs, learning_rate=0.5, schedule=kind)
    points = rates(training)
    assert points[0][0] == 0
    assert points[-1][0] == pytest.approx(epochs, abs=1e-3)
    assert max(rate for _at, rate in points) == pytest.approx(0.5, rel=0.01)
    assert len(points) <= 1_001


def test_figures_and_values_have_words():
    assert figure_name("val_accuracy", _) == "Accuracy, validation"
    assert value_told("schedule", None, _) == "Stays the same"
    assert value_told("metrics", ("auc", "recall"), _) == "AUC, Recall"
    assert value_told("learning_rate", 0.001, _) == "0.001"


def test_a_range_test_without_any_loss_says_so():
    def shown() -> None:
        from bricks.recipes import recipe
        from training.finder import read
        from training.room import Answer
        from ui.training import finder
        from ui.training.asked import asked

        found = read(Answer("done", b'{"rates": [], "losses": [], "of": 60}'))
        finder.curve(found, str)
        finder.suggested(asked("x", recipe("mnist-mlp"), str), found)

    page = AppTest.from_function(shown, default_timeout=30).run()
    assert not page.exception
    assert "no number from the first batch" in page.info[0].value
