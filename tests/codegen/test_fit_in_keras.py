"""Every optimizer, callback, schedule, loss, metric and precision, run for an epoch."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from bricks.brick import Label
from bricks.catalog import catalog
from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training, callbacks, optimizers, schedules
from bricks.training.presets import PRESETS
from codegen import live
from codegen.source import script
from tests.trainings import DENSE, GROUNDS

pytestmark = pytest.mark.keras

FLAT = Placed("Flatten", id="flat")
DIGITS = Tower(Placed("Digits", id=GROUND), (FLAT, DENSE))
RULES = [(k, s) for k, p in optimizers().items() for s in ({}, {p.params[0].name: 0.5})]


@cache
def digits() -> Any:
    """The pictures that a script on Digits carries."""
    return live.module(script(Project("digits", DIGITS))).load_data()


def module(training: Training, tower: Tower = DIGITS) -> ModuleType:
    """The printed script, ready to run."""
    return live.module(script(Project("run", tower, training)))


def run(training: Training, data: Any = None) -> tuple[Any, Any]:
    """The model after the script's own training on Digits, and its History."""
    made = module(training)
    model = made.build_model()
    return model, made.train(model, data or digits())


def learns(history: Any) -> bool:
    """Whether an epoch was trained, with numbers to show for it."""
    return bool(np.isfinite(history.history["loss"]).all())


@pytest.mark.parametrize(("kind", "settings"), RULES, ids=str)
def test_an_optimizer_trains_with_its_settings(kind, settings):
    model, history = run(Training(100, 1, kind, 0.01, optimizer_settings=settings))
    config = model.optimizer.get_config()
    assert type(model.optimizer).__name__ == optimizers()[kind].keras
    assert {name: config[name] for name in settings} == settings
    assert learns(history)
    batches = 1 if kind == "gd" else -(-len(digits()[0][0]) // 100)
    assert int(model.optimizer.iterations) == batches


@pytest.mark.parametrize("kind", schedules())
def test_a_schedule_leads_from_the_learning_rate_down(kind):
    training = Training(100, 3, "sgd", 0.5, schedule=kind)
    made = module(training)
    model, history = run(training)
    batches = -(-len(digits()[0][0]) // 100)
    rates = [float(made.make_schedule(batches)(n)) for n in range(3 * batches + 1)]
    assert max(rates) == pytest.approx(0.5)
    assert rates[0] == (0.0 if kind == "warmup_cosine" else 0.5)
    assert float(model.optimizer.learning_rate) == pytest.approx(rates[-1])
    assert learns(history)


@pytest.mark.parametrize("kind", schedules())
def test_a_schedule_tells_the_share_that_keras_reaches(kind):
    made, part = module(Training(100, 12, "sgd", 0.5, schedule=kind)), schedules()[kind]
    rates = [float(made.make_schedule(7)(n)) for n in range(12 * 7)]
    told = [0.5 * part.share(part.full({}), 12, n / 7) for n in range(12 * 7)]
    assert told == pytest.approx(rates, rel=1e-5, abs=1e-7)


def test_steps_fall_after_as_many_epochs_as_are_said():
    settings = {"decay_epochs": 2, "decay_rate": 0.1}
    made = module(Training(schedule="step", schedule_settings=settings))
    rates = [float(made.make_schedule(7)(n)) for n in range(15)]
    assert rates == pytest.approx([0.001] * 14 + [0.0001])


def test_gradient_descent_goes_by_a_schedule_too():
    model, history = run(Training(0, 4, "gd", 0.5, schedule="cosine"))
    assert int(model.optimizer.iterations) == 4
    assert float(model.optimizer.learning_rate) == pytest.approx(0.0)
    assert learns(history)


@pytest.mark.parametrize("kind", callbacks())
def test_a_callback_takes_part(kind, tmp_path: Path, monkeypatch):
    for need in callbacks()[kind].needs:
        pytest.importorskip(need)
    monkeypatch.setenv("BRICKYARD_LOGS", str(tmp_path))
    monkeypatch.setenv("BRICKYARD_BEST", str(tmp_path / "best.keras"))
    _, history = run(Training(epochs=1, callbacks={kind: callbacks()[kind].start}))
    assert learns(history)
    assert kind != "tensorboard" or any(tmp_path.rglob("events.*"))
    assert kind != "best_checkpoint" or (tmp_path / "best.keras").is_file()


NEVER = {"min_delta": 1_000.0}  # nothing gets so much better


def test_early_stopping_ends_the_training():
    settings = {**NEVER, "patience": 2, "monitor": "val_accuracy"}
    training = Training(epochs=9, callbacks={"early_stopping": settings})
    assert len(run(training)[1].history["loss"]) == 3


def test_a_plateau_lowers_the_learning_rate():
    settings = {**NEVER, "patience": 1, "factor": 0.5}
    training = Training(epochs=3, callbacks={"reduce_on_plateau": settings})
    assert float(run(training)[0].optimizer.learning_rate) == pytest.approx(0.00025)


def test_a_lost_loss_ends_the_training():
    (x, y), *others = digits()
    lost = ((x * np.nan, y), *others)
    _, history = run(Training(epochs=9, callbacks={"stop_on_nan": {}}), lost)
    assert len(history.epoch) <= 1


@pytest.mark.parametrize("precision", ["mixed_bfloat16", "mixed_float16"])
def test_mixed_precision_is_the_towers_alone_and_its_answer_whole(precision):
    import keras

    model, history = run(Training(epochs=1, precision=precision))
    assert model.layers[0].compute_dtype == precision.removeprefix("mixed_")
    assert model.layers[-1].compute_dtype == "float32"
    assert keras.config.dtype_policy().name == "float32"
    assert learns(history)


HOW = {
    "compiled": Training(epochs=1, compile="yes"),
    "not compiled": Training(epochs=1, compile="no"),
    "one batch at a time": Training(epochs=1, steps=1),
    "several": Training(epochs=1, steps=5),
    "more than there are": Training(epochs=1, steps=1_024),
    "in order": Training(epochs=1, shuffle=False),
}


@pytest.mark.parametrize("training", HOW.values(), ids=HOW)
def test_every_way_of_running_trains(training):
    model, history = run(training)
    assert learns(history)
    assert training.steps in (0, model.steps_per_execution)
    may = {"yes": (True,), "no": (False,), "auto": (True, False)}
    assert model.jit_compile in may[training.compile]


ENDS = {
    "Category": (DENSE,),
    "YesNo": (Placed("Dense", {"units": 1, "activation": "sigmoid"}),),
    "Value": (Placed("Dense", {"units": 1}),),
    "Picture": (
        Placed("Dense", {"units": 784, "activation": "sigmoid"}),
        Placed("Reshape", {"target_shape": (28, 28, 1)}),
    ),
}
LABELS = [brick for brick in catalog().values() if isinstance(brick, Label)]


def examples(label: Label, shape: tuple[int, ...]) -> tuple[Any, Any]:
    """Forty examples of no meaning, with answers that the label asks for."""
    chance = np.random.default_rng(0)
    x = chance.random((40, *shape), "float32")
    y = {"Category": np.arange(40) % 10, "YesNo": np.arange(40) % 2}
    return x, y.get(label.kind, chance.random(40, "float32"))


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.kind)
def test_every_loss_and_metric_that_a_label_offers_is_told_by_its_name(label):
    bricks = (FLAT, *ENDS[label.kind])
    for loss in label.losses:
        training = Training(epochs=1, loss=loss, metrics=label.metrics_offered)
        made = module(training, Tower(GROUNDS[label.kind], bricks))
        model = made.build_model()
        pairs = [examples(label, model.input_shape[1:]) for _ in range(3)]
        figures = made.train(model, pairs).history
        told = {"loss", *label.metrics, *label.metrics_offered}
        assert {*figures} == {*told, *(f"val_{name}" for name in told)}
        assert model.loss == loss
        assert all(np.isfinite(rows).all() for rows in figures.values())


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_trains(preset):
    _, history = run(replace(preset.applied(Training()), epochs=1))
    assert learns(history)


def test_a_whole_script_with_every_part_runs_from_its_guard(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    training = Training(
        epochs=1,
        metrics=("top_3",),
        callbacks={"early_stopping": {"patience": 1}, "stop_on_nan": {}},
        schedule="warmup_cosine",
        precision="mixed_bfloat16",
    )
    module(training).main()
    assert (tmp_path / "model.keras").is_file()
