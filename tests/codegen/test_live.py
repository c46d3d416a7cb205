"""What you read is what runs: the printed script against the live model, and Keras."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.walk import walk
from codegen import live
from codegen.source import script
from tests.towers import towers

GOLDEN = Path(__file__).parents[1] / "golden"
pytestmark = pytest.mark.keras


def config(model):
    """A model's configuration without the names that Keras counts up."""
    return [
        {k: v for k, v in layer["config"].items() if k not in ("name", "sample_weight")}
        for layer in model.get_config()["layers"]
    ]


@pytest.mark.parametrize("name", recipe_names())
def test_the_golden_script_builds_the_live_model(name):
    golden = live.module((GOLDEN / f"{name}.py").read_text("utf-8")).build_model()
    model = live.model(recipe(name))
    assert config(golden) == config(model)
    assert model.count_params() == sum(s.weights for s in walk(recipe(name).tower))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
@given(towers)
def test_any_tower_that_fits_builds_with_our_shapes(tower):
    stages = walk(tower)
    assume(tower.bricks and all(s.problem is None for s in stages[:-1]))
    model = live.model(Project("any", tower))
    assert model.output_shape[1:] == stages[-2].gives
    assert model.count_params() == sum(s.weights for s in stages)


def test_digits_are_the_known_ones():
    train, val, test = live.module(script(recipe("digits-cnn"))).load_data()
    assert [len(x) for x, _ in (train, val, test)] == [1077, 360, 360]
    x = np.concatenate([x for x, _ in (train, val, test)])
    y = np.concatenate([y for _, y in (train, val, test)])
    assert x.shape == (1797, 8, 8, 1)
    assert (x.min(), x.max()) == (0.0, 1.0)
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (
        round(float(x.sum() * 16)) == 561_718
    )  # scikit-learn's load_digits().data.sum()


def test_the_script_runs_by_itself(tmp_path):
    text = script(recipe("digits-cnn")).replace("EPOCHS = 15", "EPOCHS = 3")
    (tmp_path / "train.py").write_text(text, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "train.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "test accuracy 0." in done.stdout
    assert (tmp_path / "model.keras").is_file()


def test_mnist_is_read_from_the_folder_of_data_sets(tmp_path, monkeypatch):
    pictures = np.arange(60_000, dtype="uint8")[:, None, None].repeat(4, 1).repeat(4, 2)
    labels = np.arange(60_000) % 10
    np.savez(
        tmp_path / "mnist.npz",
        x_train=pictures,
        y_train=labels,
        x_test=pictures[:10_000],
        y_test=labels[:10_000],
    )
    monkeypatch.setenv("BRICKYARD_DATASETS", str(tmp_path))
    train, val, test = live.module(script(recipe("mnist-mlp"))).load_data()
    assert [len(x) for x, _ in (train, val, test)] == [50_000, 10_000, 10_000]
    assert val[1][0] == labels[50_000]
    assert train[0].shape == (50_000, 4, 4, 1)
    assert train[0].max() == 1.0
