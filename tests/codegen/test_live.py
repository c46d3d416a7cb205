"""What you read is what runs: the printed script against the live model, and Keras."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings

from bricks.catalog import data_brick
from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.tower import GROUND, Placed, Tower
from bricks.walk import walk
from codegen import live
from codegen.bases import is_base
from codegen.source import script
from tests.pretrained import needs_weights
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


# The great networks are built in test_applications, those on bases in test_on_bases.
LIGHT = [
    name
    for name in recipe_names()
    if weights(name) < 10_000_000 and not any(map(is_base, recipe(name).tower))
]


@pytest.mark.parametrize("name", LIGHT)
def test_the_golden_script_builds_the_live_model(name):
    import keras

    needs_weights(recipe(name).tower)
    keras.backend.clear_session()  # which counts layers, those inside of bases, too
    golden = live.module((GOLDEN / f"{name}.py").read_text("utf-8")).build_model()
    keras.backend.clear_session()
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


def test_clothes_are_read_from_what_keras_downloaded(tmp_path):
    """The files that count as being at hand are those that Keras opens."""
    datasets = tmp_path / "keras" / "datasets"
    for name in data_brick("FashionMNIST").cached:
        count = 10_000 if "t10k" in name else 60_000
        head, each = (16, 784) if "images" in name else (8, 1)
        path = datasets / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(bytes(head + count * each), 1))
    text = script(recipe("fashion-mlp")).replace(
        "    main()", "    print(load_data()[1][0].shape)"
    )
    home = str(tmp_path / "keras")
    done = run(tmp_path, text, KERAS_HOME=home, BRICKYARD_DATASETS="")
    assert done.stdout.strip().endswith("(10000, 28, 28, 1)"), done.stderr[-2000:]


@pytest.mark.parametrize(("kind", "classes"), [("CIFAR10", 10), ("CIFAR100", 100)])
def test_photographs_are_read_from_the_named_folder(
    kind, classes, tmp_path, monkeypatch
):
    x = np.random.default_rng(1).integers(0, 256, (50, 32, 32, 3), "uint8")
    y = (np.arange(50) * 2 % classes).reshape(-1, 1)
    path = tmp_path / data_brick(kind).files[0]
    np.savez(path, x_train=x, y_train=y, x_test=x[:20], y_test=y[:20])
    monkeypatch.setenv("BRICKYARD_DATASETS", str(tmp_path))
    text = script(Project("own", Tower(Placed(kind, id=GROUND))))
    made = live.module(text)
    data = made.load_data()
    assert len(made.CLASSES) == classes
    assert [x.shape for x, _ in data] == [(n, 32, 32, 3) for n in (40, 10, 20)]
    np.testing.assert_allclose(data[1][0] * 255, x[40:], rtol=1e-6)
    assert data[2][1].tolist() == y[:20].ravel().tolist()
