"""Scripts on features and in two steps, run: what learns, what stays, what is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from bricks.project import Project
from bricks.sealed import written
from bricks.tower import GROUND, Placed
from bricks.training import Training
from codegen import live
from codegen.source import script
from tests.pictures import folder_of
from tests.training.standing import (
    HEAD,
    SHAPES,
    awake,
    base,
    in_two_steps,
    on_base,
    shut,
)

pytestmark = pytest.mark.keras

FLIP = Placed("RandomFlip", {"mode": "horizontal"}, id="flip")


def made(project: Project) -> tuple[ModuleType, Any, Any]:
    """The script, its model and its data."""
    import keras

    keras.utils.set_random_seed(3)
    found = live.module(awake(project))
    found.told = lambda done, of: None
    return found, found.build_model(), found.load_data()


@pytest.fixture(scope="module")
def on_features(tmp_path_factory):
    """A script whose head was fitted, its model, its data, where its features lie."""
    where = tmp_path_factory.mktemp("features")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRICKYARD_FEATURES", str(where))
        found, model, data = made(shut(2))
        before = model.get_weights()
        history = found.train(model, data)
    return found, model, data, where, before, history


def test_features_are_what_the_base_predicts(on_features):
    found, model, data, where, *_ = on_features
    base, _ = found.split(model)
    for part, (x, _) in zip(("train", "validation"), data):
        features = np.load(where / f"{part}.npy")
        assert features.dtype == np.float32
        assert features.std() > 0.01
        np.testing.assert_allclose(
            features, base.predict(x, verbose=0), rtol=1e-4, atol=1e-5
        )


def test_the_whole_model_answers_as_the_head_on_features(on_features):
    found, model, data, where, *_ = on_features
    _, head = found.split(model)
    features = np.load(where / "validation.npy")
    np.testing.assert_allclose(
        model.predict(data[1][0], verbose=0),
        head.predict(features, verbose=0),
        rtol=1e-4,
        atol=1e-5,
    )


def test_only_the_head_has_learned(on_features):
    _, model, _, _, before, history = on_features
    learns = {id(variable) for variable in model.trainable_variables}
    assert 0 < len(learns) < len(model.weights)
    for variable, was in zip(model.weights, before, strict=True):
        if "seed" not in variable.name:
            assert (id(variable) in learns) != np.array_equal(variable, was)
    assert history.epoch == [0, 1]


def test_features_that_are_there_are_taken_as_they_are(on_features, monkeypatch):
    found, model, data, where, *_ = on_features
    monkeypatch.setenv("BRICKYARD_FEATURES", str(where))
    before = (where / "train.npy").stat()
    monkeypatch.setattr(found, "told", lambda done, of: pytest.fail("worked out anew"))
    found.train(model, data)
    assert (where / "train.npy").stat() == before


def test_features_that_are_broken_off_leave_nothing(on_features, tmp_path, monkeypatch):
    found, model, data, *_ = on_features

    def stop(done, of):
        if done:
            raise KeyboardInterrupt

    monkeypatch.setattr(found, "told", stop)
    monkeypatch.setenv("BRICKYARD_FEATURES", str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        found.train(model, data)
    assert [*tmp_path.iterdir()] == []


def test_a_disk_that_is_full_is_an_error_of_the_disk(on_features, tmp_path):
    import resource

    found, model, data, *_ = on_features
    base, _ = found.split(model)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large") as told:
            found.extract_features(base, data[0][0], tmp_path / "train.npy")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told.value.errno
    assert [*tmp_path.iterdir()] == []


STEPS = {
    "on features": in_two_steps(2, 4),
    "through the base": in_two_steps(2, 4, FLIP),
}


@pytest.mark.parametrize("project", STEPS.values(), ids=STEPS)
def test_in_two_steps_what_the_padlock_leaves_open_learns_second(project):
    import keras

    found, model, data = made(project)
    base = next(one for one in model.layers if isinstance(one, keras.Model)).layers[-1]
    weights: list[list[Any]] = [base.get_weights()]
    rates: list[float] = []

    class Looking(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            weights.append(base.get_weights())
            rates.append(float(self.model.optimizer.learning_rate))

    history = found.train(model, data, [Looking()])
    assert history.epoch == [0, 1, 2, 3]
    assert len(history.history["loss"]) == 4
    assert rates == pytest.approx([0.01, 0.01, 1e-5, 1e-5])
    same = [
        [np.array_equal(a, b) for a, b in zip(weights[0], later)] for later in weights
    ]
    assert all(all(row) for row in same[:3])
    frozen = sum(len(layer.weights) for layer in base.layers[:80])
    assert 0 < frozen < len(same[4])
    assert all(same[4][:frozen])
    assert not all(same[4][frozen:])


def test_what_stays_shut_in_a_base_within_a_base_is_shut_in_the_second_step_too():
    """Its BatchNormalization would else forget its means."""
    inside = written((32, 32, 3), (base(frozen=False), HEAD[0]))
    own = Placed("Trained", {"tower": inside, "frozen": False}, id="base")
    training = Training(32, 2, frozen_epochs=1, fine_tuning_rate=1e-3)
    project = on_base(training, FLIP, stands_on=own, head=HEAD[1:])
    found, model, data = made(project)
    learns = [weight.path for weight in model.trainable_weights]
    still = [w for w in model.non_trainable_weights if "moving" in w.path]
    before = [weight.numpy() for weight in still]
    found.train(model, data)
    assert [weight.path for weight in model.trainable_weights] == learns
    assert len(still) == 2 * 27
    assert all(np.array_equal(w.numpy(), was) for w, was in zip(still, before))


def test_a_training_that_goes_on_begins_with_the_step_that_it_had_reached():
    found, model, data = made(in_two_steps(2, 4))
    calls = []
    found.train_head = lambda *_: calls.append("head")
    found.fine_tune = lambda *about: calls.append(about[-1])
    found.train(model, data, [], initial_epoch=3)
    assert calls == [3]


def test_more_frozen_epochs_than_epochs_train_the_head_alone():
    found, model, data = made(in_two_steps(5, 2))
    assert found.train(model, data).epoch == [0, 1]


KINDS = {
    "a schedule and class weights": Training(
        32, 4, frozen_epochs=1, schedule="cosine", class_weights=True
    ),
    "half the numbers": Training(32, 2, precision="mixed_float16"),
    "callbacks": Training(
        32, 3, frozen_epochs=1, callbacks={"early_stopping": {}, "best_checkpoint": {}}
    ),
    "all at once": Training(0, 2, "gd", 0.1),
    "no shuffling, and several batches in one go": Training(
        32, 2, shuffle=False, steps=2
    ),
}


@pytest.mark.parametrize("training", KINDS.values(), ids=KINDS)
def test_a_training_of_any_kind_runs_on_features(training, tmp_path, monkeypatch):
    monkeypatch.setenv("BRICKYARD_BEST", str(tmp_path / "best.keras"))
    found, model, data = made(
        on_base(training, stands_on=base(frozen=80 if training.frozen_epochs else True))
    )
    history = found.train(model, data)
    assert np.isfinite(history.history["loss"]).all()
    _, head = found.split(model)
    assert head.dtype_policy.name == training.precision


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    return folder_of(tmp_path_factory.mktemp("own"), {"cat": 20, "dog": 20})


LABELS = {
    "YesNo": Placed("Dense", {"units": 1, "activation": "sigmoid"}),
    "Category": Placed("Dense", {"units": 2, "activation": "softmax"}),
}


@pytest.mark.parametrize("label", LABELS)
def test_the_script_alone_saves_and_tests_the_whole_model(label, pictures, tmp_path):
    import keras

    ground = Placed("Images", {"image_size": 32, "label": label}, id=GROUND)
    head = (*HEAD[:1], LABELS[label])
    project = on_base(Training(8, 2), ground=ground, head=head)
    (tmp_path / "train.py").write_text(script(project))
    ran = subprocess.run(
        [sys.executable, "train.py", "--data", str(pictures)],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert "features of 24 of 24" in ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("test accuracy")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "model.keras",
        "train.py",
    ]
    model = keras.models.load_model(tmp_path / "model.keras")
    assert model.input_shape == (None, 32, 32, 3)
    assert model.layers[0].name == "mobilenet"
    assert model.loss


def test_examples_in_memory_are_not_fed_from_a_class():
    assert "class Features" not in script(on_base(Training(), ground=SHAPES))
