"""`python -m codegen read`: a project on standard output, notes on standard error."""

from __future__ import annotations

import json

import pytest

from bricks.project import Project
from bricks.recipes import recipe
from codegen.__main__ import main
from codegen.source import script

GOOD = """\
from keras import layers, Sequential
model = Sequential([layers.Flatten(input_shape=(28, 28, 1))])
model.add(layers.Lambda(lambda x: x))
model.add(layers.Dense(10, activation="softmax"))
"""


@pytest.fixture
def code(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_the_project_is_printed_and_notes_are_told(code, capsys):
    assert main(["read", str(code)]) == 0
    printed = capsys.readouterr()
    kinds = [row["kind"] for row in json.loads(printed.out)["tower"]]
    assert kinds == ["MNIST", "Flatten", "Dense"]
    assert "3: A Lambda layer is code of its own" in printed.err


def test_it_is_written_where_o_says(code, tmp_path, capsys):
    out = tmp_path / "mine.brick.json"
    assert main(["read", str(code), "-o", str(out)]) == 0
    assert Project.from_json(out.read_bytes()).name == "model"
    assert capsys.readouterr().out == ""


def test_a_tower_with_problems_is_1_and_no_code_is_2(tmp_path, capsys):
    file = tmp_path / "mine.py"
    file.write_text(GOOD.replace("10", "7"), encoding="utf-8")
    assert main(["read", str(file)]) == 1
    file.write_text("Dear all,\nno code.", encoding="utf-8")
    assert main(["read", str(file)]) == 2
    assert capsys.readouterr().err.endswith("This is not Python code.\n")
    assert main(["read", str(tmp_path / "gone.py")]) == 2


def test_a_printed_script_is_read_as_a_file_too(tmp_path, capsys):
    file = tmp_path / "train.py"
    file.write_text(script(recipe("mnist-cnn")), encoding="utf-8")
    assert main(["read", str(file)]) == 0
    assert Project.from_json(capsys.readouterr().out).name == "MNIST CNN"
