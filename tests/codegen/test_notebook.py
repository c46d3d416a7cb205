"""Notebooks: valid, whole, explained, and run from top to bottom by Jupyter itself."""

from __future__ import annotations

import ast
import json
import os
import textwrap
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest

from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from codegen.answered import answered
from codegen.notebook import notebook
from codegen.source import script
from tests.pictures import folder_of
from tests.training.workshop import digits
from training.imagenet import asks

nbformat = pytest.importorskip("nbformat")
POINT = b"\x89PNG\r\n\x1a\n"


def cells(project, kind, **more):
    book = json.loads(notebook(project, **more))
    found = (cell for cell in book["cells"] if cell["cell_type"] == kind)
    return ["".join(cell["source"]) for cell in found]


TRAINED = [name for name in recipe_names() if not asks(recipe(name).tower.data)]


@pytest.mark.parametrize("name", TRAINED)
def test_a_notebook_is_valid_and_its_code_is_the_script_s(name):
    project = recipe(name)
    nbformat.validate(json.loads(notebook(project, picture=POINT)))
    code = "\n\n".join(cells(project, "code"))
    ast.parse(code)
    wanted = script(project).split('"""', 2)[2].split("\nif __name__")[0]
    before, behind = wanted.split("\ndef main():\n")
    main, *pictures = behind.split("\n\n\n")
    steps = textwrap.dedent(main).splitlines()[1:]
    steps = [line.replace("train(model,", "history = train(model,") for line in steps]
    kept = "\n".join([before, *pictures]).splitlines()
    assert {*kept, *steps} - set(code.splitlines()) == set()


@pytest.mark.parametrize("name", [n for n in recipe_names() if n not in TRAINED])
def test_a_notebook_of_a_network_that_is_asked_has_its_script_s_functions(name):
    project = recipe(name)
    nbformat.validate(json.loads(notebook(project, picture=POINT)))
    code = "\n\n".join(cells(project, "code"))
    ast.parse(code)
    before = script(project).split('"""', 2)[2].split("\ndef main():\n")[0]
    assert {*before.splitlines()} - set(code.splitlines()) == set()
    assert 'PICTURES = ["elephant.jpg"]' in code


def test_explanations_are_in_the_language_that_is_asked_for():
    title, *parts = cells(
        recipe("mnist-cnn"), "markdown", tell=lambda said: f"« {said}"
    )
    assert "« A tower of 7 bricks on MNIST" in title
    assert [part.splitlines()[0] for part in parts] == [
        "## « Before you begin",
        "## « The examples",
        "## « The tower",
        "## « The training",
        "## « Train it",
        "## « How it went",
        "## « A few answers",
    ]
    assert all(part.splitlines()[2].startswith("« ") for part in parts)


def test_the_picture_is_attached_to_the_first_cell():
    first = json.loads(notebook(digits(), picture=POINT))["cells"][0]
    (kept,) = first["attachments"].values()
    assert b64decode(kept["image/png"]) == POINT
    (name,) = first["attachments"]
    assert f"(attachment:{name})" in "".join(first["source"])
    assert "attachment" not in notebook(digits())


def test_a_name_can_not_break_out_of_its_heading():
    project = replace(digits(), name="a](x) <script> # b\n## c `d`")
    (title, *_) = cells(project, "markdown")
    first, second, *_ = title.splitlines()
    assert first == "# a (x) script b c d"
    assert second == ""


def test_own_pictures_are_said_to_lie_beside_the_notebook():
    said = "\n".join(cells(recipe("book-cats-dogs"), "markdown"))
    assert "your own pictures" in said
    assert "pip install keras tensorflow matplotlib pillow" in said
    assert "your own table" in "\n".join(cells(recipe("numbers-value"), "markdown"))


ANSWERED = {
    "autoencoder": ("float32", 20),
    "book-cats-dogs": ("uint8", 10),
    "numbers-value": ("float32", 0),
    "text-flatten": ("int32", 0),
}
"""What a test example's numbers are, and how many pictures are shown."""


@pytest.mark.keras
@pytest.mark.parametrize("name", ANSWERED)
def test_the_last_cell_shows_ten_answers_of_any_kind(name, capsys):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    kind, pictures = ANSWERED[name]
    known = {}
    exec(script(recipe(name)), known)
    model = known["build_model"]()
    x = np.ones((12, *model.input_shape[1:]), kind)
    known |= {"data": (None, None, (x, np.zeros(12))), "model": model, "plt": pyplot}
    exec(answered(recipe(name)), known)
    assert len(pyplot.gcf().axes) == pictures
    assert capsys.readouterr().out.count("→") == (0 if pictures else 10)
    pyplot.close("all")


def ran(project, folder):
    """All outputs of a notebook that Jupyter has run in a folder."""
    nbclient = pytest.importorskip("nbclient")
    book = nbformat.reads(notebook(project, picture=POINT), 4)
    place = {"metadata": {"path": str(folder)}}
    # Streamlit, which other tests of this process have run, tells matplotlib not to
    # draw; Jupyter has its own word for that.
    jupyter = {name: os.environ[name] for name in os.environ if name != "MPLBACKEND"}
    nbclient.NotebookClient(book, timeout=300, resources=place).execute(env=jupyter)
    return [output for cell in book.cells for output in cell.get("outputs", ())]


def said(outputs):
    return "".join(output.get("text", "") for output in outputs)


def pictures(outputs):
    return sum("image/png" in output.get("data", {}) for output in outputs)


@pytest.mark.keras
@pytest.mark.slow
def test_jupyter_runs_a_notebook_from_top_to_bottom(tmp_path):
    outputs = ran(digits(), tmp_path)
    assert "test accuracy" in said(outputs)
    assert pictures(outputs) == 2, "the curves, and ten digits"
    assert (tmp_path / "model.keras").is_file()


@pytest.mark.keras
@pytest.mark.slow
def test_jupyter_runs_a_notebook_on_pictures_that_lie_beside_it(tmp_path):
    folder_of(tmp_path / "my_pictures", {"cat": 16, "dog": 16})
    data = Placed("Images", {"image_size": 24}, id=GROUND)
    bricks = (Placed("Flatten"), Placed("Dense", {"units": 1, "activation": "sigmoid"}))
    project = Project("Pets", Tower(data, bricks), Training(epochs=1, batch_size=8))
    outputs = ran(project, tmp_path)
    assert "test accuracy" in said(outputs)
    assert pictures(outputs) == 2
