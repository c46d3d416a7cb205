"""What a script says of its training: exactly what was set, and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from bricks.training import Training, callbacks, optimizers, schedules
from bricks.training.clash import running
from bricks.walk import label_brick
from codegen.notebook import notebook
from codegen.source import script
from tests.codegen.test_source import ruff
from tests.trainings import GROUNDS, project, trained

ON = {"early_stopping": {"patience": 5, "monitor": "val_accuracy"}, "stop_on_nan": {}}


def functions(text: str) -> dict[str, ast.FunctionDef]:
    """The functions of a script by name."""
    nodes = ast.parse(text).body
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}


def calls(node: ast.AST) -> Iterator[tuple[str, dict[str, str]]]:
    """Every call of a dotted name: its last part, and its arguments as source."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            words = {w.arg or "": ast.unparse(w.value) for w in call.keywords}
            yield call.func.attr, words


def valued(words: dict[str, str]) -> dict[str, Any]:
    """The values of arguments that are literals, fractions such as 1 / 3 as well."""
    return {name: eval(text, {}) for name, text in words.items()}  # noqa: S307 - ours


@settings(max_examples=150, deadline=None)
@given(trained)
def test_a_script_holds_exactly_what_was_set(given):
    training, made = given.training, functions(script(given))
    printed = dict(calls(made["train"]))
    rule = optimizers()[training.optimizer]
    rate = printed[rule.keras].pop("learning_rate")
    assert valued(printed[rule.keras]) == training.optimizer_settings
    assert rate.startswith("make_schedule(" if training.schedule else "LEARNING_RATE")
    assert ("shuffle" in printed["fit"]) == (not training.shuffle)
    jit = {"auto": None, "yes": "True", "no": "False"}[training.compile]
    assert printed["compile"].get("jit_compile") == jit
    for param in ("batch_size", "epochs"):
        assert param in printed["fit"] or given.tower.data.kind == "Images"


@settings(max_examples=150, deadline=None)
@given(trained)
def test_the_callbacks_of_a_script_are_those_that_are_on(given):
    training, made = given.training, functions(script(given))
    assert ("make_callbacks" in made) == bool(running(training))
    if not running(training):
        return
    printed = dict(calls(made["make_callbacks"]))
    assert [*printed] == [callbacks()[kind].keras for kind in running(training)]
    label = label_brick(given.tower.data)
    extra = {*training.metrics} & {*label.metrics_offered}
    for kind in running(training):
        wanted = dict(training.callbacks[kind])
        figure = wanted.get("monitor", "loss").removeprefix("val_")
        if figure not in {"loss", *label.metrics, *extra}:
            del wanted["monitor"]  # nobody tells it: the loss is watched
        words = printed[callbacks()[kind].keras]
        words.pop("log_dir", None)
        words.pop("save_best_only", None)
        mode = words.pop("mode", None)
        assert (mode is None) == wanted.get("monitor", "loss").endswith("loss")
        assert valued(words) == wanted


@settings(max_examples=100, deadline=None)
@given(trained)
def test_a_schedule_is_counted_in_epochs(given):
    training, made = given.training, functions(script(given))
    assert ("make_schedule" in made) == bool(training.schedule)
    if not training.schedule:
        return
    plan = schedules()[training.schedule]
    ((name, words),) = calls(made["make_schedule"]) or [("", {})]
    assert name == plan.keras
    for setting, value in plan.full(training.schedule_settings).items():
        if setting.endswith("_epochs"):
            steps = words[setting.replace("epochs", "steps")]
            assert steps == f"{value} * steps"
        elif value != 0:
            assert words[setting] == repr(value)
    unit = "steps=1" if training.whole else "steps"
    assert f"make_schedule({unit})" in ast.unparse(made["train"])


def test_ruff_leaves_any_training_as_it_is(tmp_path):
    written = []

    @settings(max_examples=80, deadline=None)
    @given(trained)
    def write(given):
        path = tmp_path / f"training{len(written)}.py"
        written.append(path)
        path.write_text(script(given), encoding="utf-8")

    write()
    assert len(written) >= 80
    assert ruff(tmp_path, "check") == "All checks passed!\n"
    assert "would be reformatted" not in ruff(tmp_path, "format", "--check", "--diff")
    assert "reformatted" not in ruff(tmp_path, "format", "--check")


def test_what_the_label_does_not_offer_is_left_out():
    training = Training(loss="huber", metrics=("auc", "top_5"), callbacks=ON)
    text = script(project(training, GROUNDS["Picture"]))
    assert 'loss="binary_crossentropy"' in text
    assert "metrics=" not in text
    assert "EarlyStopping(patience=5)" in text  # there is no accuracy to look at
    value = script(project(training, GROUNDS["Value"]))
    assert 'loss="huber"' in value
    assert 'metrics=["mae"],' in value


def test_a_figure_that_rises_is_watched_rising():
    text = script(project(Training(callbacks=ON)))
    assert 'monitor="val_accuracy", patience=5, mode="max"' in text
    falls = replace(Training(), callbacks={"early_stopping": {"monitor": "val_mae"}})
    assert 'mode="min"' in script(project(falls, GROUNDS["Value"]))


def test_a_schedule_leaves_out_what_it_clashes_with():
    both = {"reduce_on_plateau": {}, "stop_on_nan": {}}
    assert "ReduceLROnPlateau" in script(project(Training(callbacks=both)))
    planned = script(project(Training(callbacks=both, schedule="step")))
    assert "ReduceLROnPlateau" not in planned
    assert "TerminateOnNaN" in planned


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_gradient_descent_takes_all_examples_at_once(ground):
    gd = Training(optimizer="gd", learning_rate=0.01)
    text = script(project(gd, ground))
    assert text == script(project(Training(0, 10, "sgd", 0.01), ground))
    fed = "BATCH_SIZE = 1_000_000_000" in text
    assert fed == (ground.kind == "Images")
    assert fed or ("BATCH_SIZE" not in text and "batch_size=len(x)," in text)


def test_the_answer_keeps_whole_numbers_under_mixed_precision():
    text = script(project(Training(precision="mixed_float16")))
    assert 'layers.Dense(10, activation="softmax", dtype="float32"),' in text
    assert text.count("float32") == text.count('"float32"') + text.count("np.float32")
    lines = [line.strip() for line in text.splitlines()]
    on = lines.index('keras.config.set_dtype_policy("mixed_float16")')
    off = lines.index('keras.config.set_dtype_policy("float32")')
    assert on < lines.index("model = keras.Sequential(") < off
    assert lines[off + 1] == "return model"


def test_a_notebook_has_the_functions_of_a_training():
    book = notebook(project(Training(callbacks=ON, schedule="cosine")))
    assert "def make_callbacks" in book
    assert "def make_schedule" in book
