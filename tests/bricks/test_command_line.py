"""`python -m bricks` and `python -m codegen` as a teacher's script calls them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bricks.project import Project
from bricks.recipes import recipe
from tests.towers import tower


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture
def broken(tmp_path):
    """The path of a project whose tower does not hold."""
    bad = recipe("mnist-mlp").to_json().replace('"Flatten"', '"Dropout"', 1)
    path = tmp_path / "broken.brick.json"
    path.write_text(bad, encoding="utf-8")
    return str(path)


def test_check_prints_every_brick_as_json():
    done = run("bricks", "check", "mnist-cnn", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["holds"], report["weights"]) == (0, True, 217_194)
    first = report["bricks"][1]
    assert (first["kind"], first["gets"], first["gives"]) == (
        "Conv2D", [28, 28, 1], [26, 26, 32])  # fmt: skip
    keys = {"kind", "name", "gets", "gives", "weights", "fixed", "problem"}
    assert set(first) == keys


def test_check_tells_what_of_a_base_is_trained(tmp_path):
    head = ("Dense", {"units": 10, "activation": "softmax"})
    base = ("MobileNet", {"include_top": False, "pooling": "avg"})
    path = tmp_path / "base.brick.json"
    made = Project("standing on it", tower(base, head, data="CIFAR10"))
    path.write_text(made.to_json(), encoding="utf-8")
    done = run("bricks", "check", str(path))
    assert done.returncode == 0
    assert "3,239,114 weights, 10,250 trained" in done.stdout
    report = json.loads(run("bricks", "check", str(path), "--json").stdout)
    assert report["fixed"] == report["bricks"][1]["fixed"] == 3_228_864


def test_a_tower_with_problems_exits_1(broken):
    done = run("bricks", "check", broken)
    assert done.returncode == 1
    assert "!" in done.stdout
    assert run("codegen", broken).returncode == 1


@pytest.mark.parametrize(
    "words",
    [
        ("bricks", "check", "nothing"),
        ("bricks", "check", "/"),
        ("codegen", "nothing"),
        ("codegen", "mnist-mlp", "-o", "/nowhere/train.py"),
        ("bricks",),
        ("bricks", "fly"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_read_exits_2_and_says_so_in_a_line(words):
    done = run(*words)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("bricks",), ("bricks", "check"), ("codegen",)])
def test_help_is_printed(words):
    done = run(*words, "--help")
    assert done.returncode == 0
    assert "usage" in done.stdout


def test_lists_name_every_brick_and_recipe():
    assert "MaxPooling2D" in run("bricks", "list").stdout
    assert "book-mnist-convnet" in run("bricks", "recipes").stdout


def test_codegen_writes_a_script_or_a_notebook(tmp_path):
    script, book = tmp_path / "train.py", tmp_path / "train.ipynb"
    assert run("codegen", "digits-cnn", "-o", str(script)).returncode == 0
    assert run("codegen", "digits-cnn", "-o", str(book)).returncode == 0
    assert script.read_text("utf-8") == run("codegen", "digits-cnn").stdout
    assert json.loads(book.read_text("utf-8"))["nbformat"] == 4
