"""Optimizers, callbacks and schedules, held against Keras' own signatures."""

from __future__ import annotations

import inspect
from functools import partial
from typing import Any

import pytest

from bricks.param import REQUIRED
from bricks.training import callbacks, optimizers, schedules
from bricks.training.callback import Callback
from bricks.training.family import family
from bricks.training.part import Part

RULES = optimizers().values()
LISTENERS = callbacks().values()
PLANS = schedules().values()


def kind(part: Part) -> str:
    return part.kind


def defaults(made_by: Any) -> dict[str, Any]:
    """The arguments of a class and their defaults."""
    arguments = inspect.signature(made_by.__init__).parameters.values()
    return {a.name: a.default for a in arguments}


@pytest.mark.keras
@pytest.mark.parametrize("part", RULES, ids=kind)
def test_an_optimizer_has_the_names_the_order_and_the_defaults_of_keras(part):
    import keras

    theirs = defaults(getattr(keras.optimizers, part.keras))
    ours = {param.name: param.default for param in part.params}
    assert ours == {name: theirs[name] for name in ours}
    assert theirs["learning_rate"] == part.learning_rate
    names = [name for name in theirs if name not in ("self", "learning_rate")]
    assert names[: len(ours)] == list(ours)  # so that they may be given without names


@pytest.mark.keras
@pytest.mark.parametrize("part", LISTENERS, ids=kind)
def test_a_callback_has_the_names_and_the_defaults_of_keras(part):
    import keras

    theirs = defaults(getattr(keras.callbacks, part.keras))
    ours = {param.name: param.default for param in part.params}
    assert ours == {name: theirs[name] for name in ours}


@pytest.mark.keras
@pytest.mark.parametrize("part", RULES, ids=kind)
def test_keras_takes_an_optimizer_at_every_limit(part):
    import keras

    made = getattr(keras.optimizers, part.keras)
    for param in part.params:
        for value in param.samples():
            config = made(**{param.name: value}).get_config()
            assert config[param.name] == value


@pytest.mark.keras
@pytest.mark.parametrize("part", LISTENERS, ids=kind)
def test_keras_takes_a_callback_at_every_limit(part):
    import keras

    made = partial(getattr(keras.callbacks, part.keras), *["best.keras"] * part.first)
    for param in part.params:
        for value in param.samples():
            made(**{param.name: value})
    assert made(**part.start)


@pytest.mark.keras
@pytest.mark.parametrize("part", PLANS, ids=kind)
def test_keras_takes_a_schedule_at_every_limit(part):
    import keras

    made = getattr(keras.optimizers.schedules, part.keras)
    names = {"LEARNING_RATE": 0.5, "EPOCHS": 3, "steps": 7, "made": made}
    for param in part.params:
        for value in param.samples():
            arguments = part.arguments(part.full({param.name: value}))
            plan = eval(f"made({', '.join(arguments)})", names)  # noqa: S307 - our text
            assert 0 <= float(plan(0)) <= 0.5
            assert 0 <= float(plan(21)) <= 0.5


@pytest.mark.parametrize("part", [*RULES, *LISTENERS, *PLANS], ids=kind)
def test_every_setting_of_a_part_has_words_and_a_sound_default(part):
    assert part.said
    assert part.about.endswith(".")
    for param in part.params:
        assert param.help.endswith(".")
        assert param.default is not REQUIRED
        assert param.wrong(param.default) is None
        assert all(param.wrong(sample) is None for sample in param.samples())
    for name, value in part.start.items():
        assert part.by_name[name].wrong(value) is None


@pytest.mark.keras
@pytest.mark.parametrize("part", RULES, ids=kind)
def test_an_optimizer_keeps_as_many_numbers_as_it_says(part):
    import keras
    import numpy as np

    flags = [p.name for p in part.params if p.kind == "flag" or p.name == "momentum"]
    for settings in (
        {},
        *({name: 0.5 if name == "momentum" else True} for name in flags),
    ):
        made = getattr(keras.optimizers, part.keras)(**settings)
        weight = keras.Variable(np.zeros(1_000))
        made.build([weight])
        kept = sum(int(np.prod(v.shape)) for v in made.variables) // 1_000
        assert part.slots(settings) == kept, settings


def test_the_family_tree_is_the_lectures():
    parents = {member.kind: member.parent for member in family()}
    assert parents == {
        "gd": None,
        "sgd": "gd",
        "momentum": "sgd",
        "nesterov": "momentum",
        "nadam": "nesterov",
        "adagrad": "sgd",
        "adadelta": "adagrad",
        "rmsprop": "adagrad",
        "adam": "rmsprop",
        "adamw": "adam",
        "adamax": "adam",
        "lion": "momentum",
    }


def test_a_member_of_the_family_comes_after_its_parent_and_has_sound_settings():
    kinds = [None, *(member.kind for member in family())]
    for member in family():
        assert kinds.index(member.parent) < kinds.index(member.kind)
        assert {*member.also} <= {*kinds}
        settings = optimizers()[member.optimizer].differing(member.settings)
        assert settings == dict(member.settings)
    assert {member.optimizer for member in family()} == {*optimizers()}


LOSSES = [1.0, 0.8, 0.9, 0.85, 0.7, 0.75, 0.72, 0.71, 0.9, 0.8, 0.95, 0.9, 0.91]


def driven(part: Callback, cut: int | None) -> tuple[int, float]:
    """The epoch in which a callback ends the training, and the learning rate then; the
    training is broken off and resumed after the epoch `cut`."""
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.1), "mse")

    def made() -> Any:
        one = getattr(keras.callbacks, part.keras)(patience=3)
        one.set_model(model)
        one.on_train_begin()
        return one

    listener = made()
    for epoch, loss in enumerate(LOSSES):
        listener.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            break
        if epoch == cut:
            kept = {name: getattr(listener, name) for name in part.keeps}
            listener = made()
            vars(listener).update(kept)
    return epoch, float(model.optimizer.learning_rate)


WAITING = [part for part in LISTENERS if "wait" in part.keeps]


@pytest.mark.keras
@pytest.mark.parametrize("part", WAITING, ids=kind)
def test_a_callback_that_gets_back_what_it_keeps_goes_on_as_if_never_broken_off(part):
    whole = driven(part, None)
    assert whole != (len(LOSSES) - 1, pytest.approx(0.1))  # it did something
    assert [driven(part, cut) for cut in range(len(LOSSES))] == [whole] * len(LOSSES)


@pytest.mark.keras
def test_a_best_checkpoint_that_gets_back_what_it_keeps_leaves_a_better_model(tmp_path):
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    path = tmp_path / "best.keras"
    kept: dict[str, Any] = {}
    written = []
    for loss in (1.0, 0.5, 0.9, 0.4):
        listener = keras.callbacks.ModelCheckpoint(path, save_best_only=True)
        listener.set_model(model)
        listener.on_train_begin()
        vars(listener).update(kept)
        path.unlink(missing_ok=True)
        listener.on_epoch_end(0, {"val_loss": loss})
        written.append(path.exists())
        names = callbacks()["best_checkpoint"].keeps
        kept = {name: getattr(listener, name) for name in names}
    assert written == [True, True, False, True]
