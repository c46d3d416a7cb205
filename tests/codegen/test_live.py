"""What you read is what runs: the printed script against the live model, and Keras."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings

from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.walk import walk
from codegen import live
from codegen.source import script
from tests.towers import fitting_towers

GOLDEN = Path(__file__).parents[1] / "golden"
pytestmark = pytest.mark.keras


def config(model):
    """A model's configuration without the names that Keras counts up."""
    return [
        {k: v for k, v in layer["config"].items() if k not in ("name", "sample_weight")}
        for layer in model.get_config()["layers"]
    ]


def weights(name):
    return sum(stage.weights for stage in walk(recipe(name).tower))


# The great networks are built in test_applications.
LIGHT = [name for name in recipe_names() if weights(name) < 10_000_000]


@pytest.mark.parametrize("name", LIGHT)
def test_the_golden_script_builds_the_live_model(name):
    golden = live.module((GOLDEN / f"{name}.py").read_text("utf-8")).build_model()
    model = live.model(recipe(name))
    assert config(golden) == config(model)
    assert model.count_params() == weights(name)


@settings(max_examples=25, deadline=None)
@given(fitting_towers)
def test_any_tower_that_fits_builds_with_our_shapes(tower):
    stages = walk(tower)
    model = live.model(Project("any", tower))
    assume(model.layers)  # Keras has no shape for a tower of nothing
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


def run(folder: Path, text: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a script in an empty folder, as its owner would."""
    (folder / "train.py").write_text(text, encoding="utf-8")
    taken = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "train.py"],
        cwd=folder,
        env={**taken, **environment},
        capture_output=True,
        text=True,
    )


def test_a_script_runs_by_itself(tmp_path):
    text = (GOLDEN / "digits-cnn.py").read_text("utf-8")
    done = run(tmp_path, text.replace("EPOCHS = 15", "EPOCHS = 3"))
    assert done.returncode == 0, done.stderr[-2000:]
    assert "test accuracy 0." in done.stdout
    assert (tmp_path / "model.keras").is_file()


@pytest.fixture
def made_mnist(tmp_path) -> Path:
    """A folder with an `mnist.npz` as Keras has it: bars, told by their place."""
    labels = np.arange(70_000) % 10
    pictures = np.zeros((70_000, 28, 28), "uint8")
    pictures[np.arange(70_000), 2 * labels] = 255
    folder = tmp_path / "data sets"
    folder.mkdir()
    np.savez(
        folder / "mnist.npz",
        x_train=pictures[:60_000],
        y_train=labels[:60_000],
        x_test=pictures[60_000:],
        y_test=labels[60_000:],
    )
    return folder


def test_a_script_trains_on_the_mnist_of_a_folder(tmp_path, made_mnist):
    text = (GOLDEN / "mnist-mlp.py").read_text("utf-8")
    text = text.replace("EPOCHS = 10", "EPOCHS = 1")
    done = run(tmp_path, text, BRICKYARD_DATASETS=str(made_mnist))
    assert "test accuracy 1.0000" in done.stdout, done.stderr[-2000:]


def test_mnist_is_split_as_its_lectures_do(made_mnist, monkeypatch):
    monkeypatch.setenv("BRICKYARD_DATASETS", str(made_mnist))
    train, val, test = live.module(script(recipe("mnist-mlp"))).load_data()
    assert [len(x) for x, _ in (train, val, test)] == [50_000, 10_000, 10_000]
    assert train[0].shape == (50_000, 28, 28, 1)
    assert (train[0].dtype, train[0].max()) == (np.float32, 1.0)
