"""A training as settings: what is kept, written, refused, compared with a preset."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from bricks.brick import Label
from bricks.catalog import catalog
from bricks.errors import ProjectError
from bricks.project import Project
from bricks.recipes import recipe
from bricks.schema import schema
from bricks.training import FURTHER, LEARNING_RATES, SETTINGS, Training, optimizers
from bricks.training.clash import clash, running
from bricks.training.measures import LOSSES, METRICS, rises
from bricks.training.presets import PRESETS, Change, changed
from tests.trainings import trained

check = Draft202012Validator(schema())
BASE = json.loads(recipe("digits-cnn").to_json())
STOPPING = {"early_stopping": {"patience": 5}}


def of(training: dict) -> Training:
    """The training of a project file."""
    return Project.from_json(json.dumps({**BASE, "training": training})).training


@given(trained)
def test_any_training_is_written_and_read_again(project):
    written = project.to_json()
    assert Project.from_json(written).training == project.training
    check.validate(json.loads(written))


def test_every_field_of_a_training_has_a_setting_or_a_part():
    parts = {"optimizer_settings", "schedule_settings", "callbacks", "measured"}
    settings = {param.name for param in (*SETTINGS, *FURTHER)}
    assert settings | parts == set(vars(Training()))
    for param in (*SETTINGS, *FURTHER):
        assert param.default == getattr(Training(), param.name)
        assert param.help.endswith(".")


def test_a_plain_training_is_written_as_it_always_was():
    assert set(Training().to_json()) == {param.name for param in SETTINGS}


def test_files_of_before_are_read():
    assert of({}) == Training()
    assert of({"optimizer": "sgd", "epochs": 3}) == Training(epochs=3, optimizer="sgd")


REFUSED = {
    "an unknown setting": ({"magic": 1}, "no setting magic here"),
    "a setting of another optimizer": (
        {"optimizer": "adam", "optimizer_settings": {"rho": 0.9}},
        "no setting rho here",
    ),
    "an unknown callback": ({"callbacks": {"shout": {}}}, "no setting shout here"),
    "an unknown setting of a callback": (
        {"callbacks": {"early_stopping": {"volume": 3}}},
        "no setting volume here",
    ),
    "settings of no schedule": (
        {"schedule_settings": {"alpha": 0}},
        "no setting alpha here",
    ),
    "an unknown schedule": ({"schedule": "moon"}, "schedule must be one of"),
    "an unknown metric": ({"metrics": ["beauty"]}, "metrics must be some of"),
    "a metric twice": ({"metrics": ["auc", "auc"]}, "metrics must be some of"),
    "an unknown loss": ({"loss": "love"}, "loss must be one of"),
    "an unknown precision": ({"precision": "half"}, "precision must be one of"),
    "momentum of 1": (
        {"optimizer": "sgd", "optimizer_settings": {"momentum": 1}},
        "momentum must be a number from 0",
    ),
    "patience below 0": (
        {"callbacks": {"early_stopping": {"patience": -1}}},
        "patience must be a whole number",
    ),
    "callbacks in a list": ({"callbacks": ["early_stopping"]}, "callbacks must be a"),
    "a callback that is on": (
        {"callbacks": {"early_stopping": True}},
        "must be a table",
    ),
}


@pytest.mark.parametrize(("training", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_unknown_or_beyond_limits_is_refused_by_name(training, says):
    with pytest.raises(ProjectError, match=says):
        of(training)


def test_only_what_differs_is_kept_and_belongs_to_no_one_else():
    given = {"momentum": 0.9, "nesterov": False}
    training = Training(optimizer="sgd", optimizer_settings=given)
    given["momentum"] = 0.1
    assert training.optimizer_settings == {"momentum": 0.9}
    assert replace(training, optimizer="lion").optimizer_settings == {}
    assert hash(training) == hash(replace(training))
    assert training != replace(training, optimizer_settings={})


def test_gradient_descent_takes_all_examples_whatever_the_batch_size():
    assert Training(optimizer="gd").batch(1_077) == 1_077
    assert Training(batch_size=0).batch(1_077) == 1_077
    assert Training(batch_size=32).batch(1_077) == 32


def test_a_schedule_leaves_out_smaller_steps_on_a_plateau():
    both = Training(callbacks={**STOPPING, "reduce_on_plateau": {}}, schedule="cosine")
    assert "both set the learning rate" in str(clash(both))
    assert running(both) == ("early_stopping",)
    alone = replace(both, schedule=None)
    assert clash(alone) is None
    assert running(alone) == ("early_stopping", "reduce_on_plateau")


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_is_a_sound_training_and_touches_no_ones_own(preset):
    mine = Training(seed=7, class_weights=True, metrics=("top_5",), epochs=77)
    taken = preset.applied(mine)
    assert (taken.seed, taken.class_weights, taken.metrics) == (7, True, ("top_5",))
    assert of(taken.to_json()) == taken
    assert changed(taken, preset) == ()
    assert clash(taken) is None
    assert taken.learning_rate == LEARNING_RATES[taken.optimizer]


def test_what_was_changed_since_a_preset_is_told():
    quick = PRESETS["quick"]
    mine = replace(quick.applied(Training()), epochs=4, callbacks=STOPPING, seed=1)
    assert changed(mine, quick) == (
        Change("epochs", 3, 4),
        Change("callbacks", {}, STOPPING),
    )


LABELS = [brick for brick in catalog().values() if isinstance(brick, Label)]


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.kind)
def test_a_label_offers_losses_and_metrics_that_there_are(label):
    assert label.loss in label.losses
    assert {*label.losses} <= {*LOSSES}
    assert {*label.metrics, *label.metrics_offered} <= {*METRICS}
    assert not {*label.metrics} & {*label.metrics_offered}


@pytest.mark.keras
def test_metrics_bear_their_names_and_know_what_is_better():
    import keras

    for name, metric in METRICS.items():
        if metric.source:
            made = eval(metric.source, {"keras": keras})  # noqa: S307 - our text
            assert made.name == name
            assert (made._direction == "up") == rises(f"val_{name}")


def test_every_optimizer_has_a_learning_rate():
    assert {*LEARNING_RATES} == {*optimizers()}
