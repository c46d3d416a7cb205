"""Trainings come back from scripts, and from code that others write."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from bricks.walk import label_brick
from codegen.read import read_code
from codegen.source import script
from tests.trainings import GROUNDS, project, trained, trainings


@settings(max_examples=200, deadline=None)
@given(trained)
def test_any_training_comes_back_and_prints_the_same(given):
    read = read_code(script(given))
    assert script(read.project) == script(given)
    assert read.notes == ()


ON_BASES = st.sampled_from(
    [
        ({"include_top": False, "pooling": "avg", "alpha": 0.25} | padlock, below)
        for padlock in ({}, {"frozen": False}, {"frozen": 40})
        for below in ((), (Placed("RandomFlip", {"mode": "horizontal"}),))
    ]
)


@settings(max_examples=100, deadline=None)
@given(trainings, ON_BASES)
def test_any_training_on_a_base_comes_back_and_prints_the_same(training, standing):
    """By features worked out once, in two steps, both, or neither."""
    eyes, below = standing
    data = Placed("Images", {"image_size": 64, "label": "Category"}, id=GROUND)
    dense = Placed("Dense", {"units": 2, "activation": "softmax"})
    bricks = (*below, Placed("MobileNet", eyes), dense)
    given = Project("own", Tower(data, bricks), training)
    read = read_code(script(given))
    assert script(read.project) == script(given)
    assert read.notes == ()
    same = vars(read.project.training)
    assert same["frozen_epochs"] == training.frozen_epochs
    assert same["learning_rate"] == training.learning_rate


FULL = Training(
    batch_size=64,
    epochs=7,
    optimizer="adamw",
    learning_rate=0.002,
    seed=3,
    optimizer_settings={"weight_decay": 0.01, "beta_1": 0.8, "amsgrad": True},
    metrics=("top_5",),
    callbacks={
        "early_stopping": {"monitor": "val_top_5", "restore_best_weights": True},
        "stop_on_nan": {},
        "tensorboard": {"histogram_freq": 2},
    },
    schedule="warmup_cosine",
    schedule_settings={"warmup_epochs": 2, "alpha": 0.01},
    precision="mixed_bfloat16",
    compile="no",
    steps=4,
    shuffle=False,
)
SAME = {
    "all of it": FULL,
    "one batch at a time": replace(FULL, steps=1),
    "steps by the tower's size": replace(FULL, steps=0),
    "step": replace(FULL, schedule="step", schedule_settings={"decay_epochs": 3}),
    "exponential": replace(FULL, schedule="exponential", schedule_settings={}),
    "plateau": Training(callbacks={"reduce_on_plateau": {"min_lr": 1e-05}}),
    "gradient descent": Training(optimizer="gd", schedule="cosine"),
    "all at once with adam": Training(batch_size=0),
}


@pytest.mark.parametrize("training", SAME.values(), ids=SAME)
def test_a_printed_training_comes_back_whole(training):
    assert read_code(script(project(training))).project.training == training


@pytest.mark.parametrize("loss", label_brick(GROUNDS["Value"]).losses)
def test_a_loss_comes_back(loss):
    own = None if loss == "mse" else loss
    text = script(project(Training(loss=loss), GROUNDS["Value"]))
    assert read_code(text).project.training == Training(loss=own)


CODE = """\
from tensorflow import keras
from keras.callbacks import *
(x, y), _ = keras.datasets.mnist.load_data()
model = keras.Sequential([
    keras.layers.Flatten(input_shape=(28, 28, 1)),
    keras.layers.Dense(10, activation="softmax"),
])
"""
SAID = {
    "positional arguments": (
        'model.compile(keras.optimizers.SGD(0.1, 0.9, True), "mse")',
        Training(
            optimizer="sgd",
            learning_rate=0.1,
            optimizer_settings={"momentum": 0.9, "nesterov": True},
        ),
    ),
    "metrics as classes": (
        "model.compile('adam', metrics=['accuracy', "
        "keras.metrics.SparseTopKCategoricalAccuracy(5), keras.metrics.AUC()])",
        Training(metrics=("top_5",)),
    ),
    "a callback of old": (
        "stop = keras.callbacks.EarlyStopping(monitor='val_acc', patience=3)\n"
        "model.fit(x, y, 128, 10, callbacks=[stop])",
        Training(
            callbacks={"early_stopping": {"monitor": "val_accuracy", "patience": 3}}
        ),
    ),
    "a callback by position, and the best kept": (
        "model.fit(x, y, 128, 10, callbacks=["
        "keras.callbacks.ReduceLROnPlateau('val_loss', 0.5, 4),"
        "keras.callbacks.ModelCheckpoint('best.keras')])",
        Training(callbacks={"reduce_on_plateau": {"factor": 0.5, "patience": 4}}),
    ),
    "all examples in one batch": (
        "model.compile('sgd')\nmodel.fit(x, y, batch_size=len(x), epochs=10)",
        Training(optimizer="gd", learning_rate=0.01),
    ),
    "a schedule in steps": (
        "plan = keras.optimizers.schedules.ExponentialDecay(\n"
        "    initial_learning_rate=0.01, decay_steps=1564, decay_rate=0.5,"
        " staircase=True)\n"
        "model.compile(keras.optimizers.Adam(plan))\n"
        "model.fit(x, y, batch_size=64, epochs=10)",
        Training(
            batch_size=64,
            learning_rate=0.01,
            schedule="step",
            schedule_settings={"decay_epochs": 2},
        ),
    ),
    "a policy": (
        "keras.mixed_precision.set_global_policy('mixed_float16')",
        Training(precision="mixed_float16"),
    ),
    "how it is run": (
        "model.compile('adam', jit_compile=True, steps_per_execution=10)",
        Training(compile="yes", steps=10),
    ),
}


@pytest.mark.parametrize(("code", "training"), SAID.values(), ids=SAID)
def test_a_training_is_read_from_code(code, training):
    assert read_code(CODE + code).project.training == training


TOLD = {
    "a callback that is no part here": (
        "model.fit(x, y, callbacks=[keras.callbacks.CSVLogger('log.csv')])",
        "CSVLogger is no part of a training here",
    ),
    "a schedule that is not here": (
        "model.compile(keras.optimizers.Adam("
        "keras.optimizers.schedules.PolynomialDecay(0.01, 1000)))",
        "There is no schedule PolynomialDecay here",
    ),
    "steps that are rounded": (
        "model.compile(keras.optimizers.Adam("
        "keras.optimizers.schedules.ExponentialDecay(0.01, 1000, 0.9)))",
        "counted in whole epochs",
    ),
    "momentum beyond its limit": (
        "model.compile(keras.optimizers.SGD(0.01, momentum=7))",
        "momentum of SGD can't be read",
    ),
}


@pytest.mark.parametrize(("code", "says"), TOLD.values(), ids=TOLD)
def test_what_a_training_lacks_is_told(code, says):
    assert any(says in str(note) for note in read_code(CODE + code).notes)
