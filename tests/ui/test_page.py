"""The page's process stays light, and its answers say all that the board needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bricks.project import Project
from bricks.recipes import recipe
from tests.towers import tower
from ui.board.catalogue import catalogue_json
from ui.board.payload import payload


def test_the_page_imports_neither_keras_nor_tensorflow():
    code = (
        "import sys, app, ui.shell\n"
        "heavy = ('keras', 'tensorflow', 'jax', 'torch')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr


def test_an_answer_tells_shapes_problems_and_what_would_fit():
    data = payload(Project("p", tower(("Dense", {"units": 10}))), "ko")
    dense = data["tower"][1]
    assert dense["gets"] == (28, 28, 1)
    assert dense["problem"]["repair"] == "앞에 Flatten 놓기"
    assert data["seams"] == {"shapes": [(28, 28, 1)], "of": {"data": 0}}
    assert data["misfits"]["Dense"] == [0]
    assert "Flatten" not in data["misfits"]
    assert data["health"]["problems"] == 1
    json.dumps(data, allow_nan=False)


def test_the_shown_code_leaves_out_the_pictures():
    data = payload(recipe("digits-cnn"), "en")
    assert len(data["code"]) < 5_000
    assert data["appendix"]["mark"] in data["code"]
    first, last = data["tower"][1]["lines"]
    assert "layers.Conv2D" in "\n".join(data["code"].splitlines()[first - 1 : last])


@pytest.mark.parametrize("lang", ["en", "ko", "xx"])
def test_the_catalogue_tells_every_kind(lang):
    kinds = json.loads(catalogue_json(lang))["kinds"]
    assert kinds["Conv2D"]["looks"] == {
        "profile": "slots",
        "left": "filters",
        "right": "kernel_size",
        "plate": False,
    }
    assert [s["name"] for s in kinds["Dropout"]["settings"]] == ["rate"]
