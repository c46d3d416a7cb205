"""predict.py tells of picture files what the trained tower itself tells of them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bricks.project import Project
from bricks.recipes import read
from bricks.tower import Placed
from codegen.predict import predict
from codegen.source import script
from tests.pictures import folder_of, points

PICTURES = ["mnist-deep-cnn", "digits-cnn", "fashion-mlp", "shapes-cnn"]
PICTURES += ["book-cats-dogs", "school-bn-cnn", "resnet-50"]
OTHERS = ["autoencoder", "text-lstm", "numbers-value", "numbers-classes"]


@pytest.mark.parametrize("name", PICTURES)
def test_it_is_laid_out_as_ruff_would(name, tmp_path):
    path = tmp_path / "predict.py"
    path.write_text(predict(read(name)), "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    assert subprocess.run([*ruff, "format", "--check", path]).returncode == 0
    assert subprocess.run([*ruff, "check", "--select", "F", path]).returncode == 0


@pytest.mark.parametrize("name", OTHERS)
def test_towers_that_see_no_pictures_or_give_them_back_have_none(name):
    assert predict(read(name)) is None


def test_a_name_of_any_letters_harms_nothing():
    project = replace(read("digits-cnn"), name='x"""\nimport os; os._exit(7)\n"""')
    text = predict(project)
    assert compile(text, "predict.py", "exec")
    assert "import os" not in text.split('"""')[2]


def exported(project: Project, folder: Path, ending: str):
    """The tower with its first weights, as model.onnx or model.keras in the folder."""
    import keras

    from codegen import live
    from training.worker.exports import formats

    keras.utils.set_random_seed(5)
    model = live.module(script(project)).build_model()
    path = folder / f"model{ending}"
    if ending == ".keras":
        model.save(path)
    else:
        formats.make("onnx", model, path)
    (folder / "predict.py").write_text(predict(project), "utf-8")
    return model


def run(folder: Path, *pictures: Path) -> subprocess.CompletedProcess[str]:
    """predict.py in a process that knows nothing of Brickyard."""
    command = [sys.executable, "-I", folder / "predict.py", *pictures]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder)


@pytest.mark.keras
@pytest.mark.parametrize("ending", [".onnx", ".keras"])
def test_it_tells_of_test_pictures_what_the_model_tells(ending, tmp_path):
    from codegen import live

    project = read("digits-cnn")
    model = exported(project, tmp_path, ending)
    x, _ = live.module(script(project)).load_data()[2]
    shares = model.predict(np.round(x[:4] * 255) / 255, verbose=0)
    files = [tmp_path / f"{number}.png" for number in range(4)]
    for file, digit in zip(files, x):
        Image.fromarray(np.round(digit[..., 0] * 255).astype("uint8")).save(file)
    told = run(tmp_path, *files)
    assert told.returncode == 0, told.stderr
    for line, share in zip(told.stdout.splitlines(), shares, strict=True):
        best = np.argsort(-share)[:3]
        expected = "  ".join(f"{n} {share[n]:.1%}" for n in best)
        assert line.endswith(f": {expected}")


@pytest.mark.keras
def test_it_reads_own_pictures_as_the_tower_read_them(tmp_path):
    from codegen import live

    settings = {"image_size": (20, 30), "fit": "pad", "label": "YesNo"}
    project = read("book-cats-dogs")
    bricks = (Placed("Flatten"), Placed("Dense", {"units": 1, "activation": "sigmoid"}))
    data = Placed("Images", settings)
    tower = replace(project.tower, data=data, bricks=bricks)
    project = replace(project, tower=tower)
    model = exported(project, tmp_path, ".onnx")
    folder = folder_of(tmp_path / "own", {"a": 2})
    files = sorted(folder.rglob("*.jpg"))
    read_picture = live.module(script(project)).read_picture
    x = np.stack([read_picture(file) for file in files]) / np.float32(255)
    told = run(tmp_path, *files)
    shares = model.predict(x, verbose=0)[:, 0]
    for line, yes in zip(told.stdout.splitlines(), shares, strict=True):
        assert f"1 {yes:.1%}" in line
        assert f"0 {1 - yes:.1%}" in line


@pytest.mark.keras
def test_a_photographed_digit_is_made_as_mnist_has_its_own(tmp_path):
    """Dark ink on bright paper, large and off the centre, is told as the same digit
    in MNIST's form is."""
    from codegen import drawn

    project = read("mnist-mlp")
    exported(project, tmp_path, ".onnx")
    paper = np.full((300, 200), 230, "uint8")
    paper[40:200, 120:140] = 30
    Image.fromarray(paper).save(tmp_path / "one.jpg")
    whole = drawn.from_picture(Image.open(tmp_path / "one.jpg"), "mnist")
    Image.fromarray(whole[..., 0]).save(tmp_path / "small.png")
    told = run(tmp_path, tmp_path / "one.jpg", tmp_path / "small.png")
    one, small = (line.split(": ")[1] for line in told.stdout.splitlines())
    assert one == small


@pytest.mark.keras
def test_a_file_that_is_no_picture_is_passed_over_and_said(tmp_path):
    exported(read("digits-cnn"), tmp_path, ".onnx")
    good, bad = tmp_path / "good.png", tmp_path / "bad.png"
    points(0, 0).save(good)
    bad.write_bytes(b"no picture")
    told = run(tmp_path, bad, good)
    assert told.returncode == 1
    assert "bad.png: it can't be read as a picture" in told.stderr
    assert "Traceback" not in told.stderr
    assert len(told.stdout.splitlines()) == 1


def test_without_a_model_it_says_where_it_looked(tmp_path):
    (tmp_path / "predict.py").write_text(predict(read("digits-cnn")), "utf-8")
    told = run(tmp_path, tmp_path / "any.png")
    assert told.returncode == 1
    assert "There is no model in" in told.stderr
