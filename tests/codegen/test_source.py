"""The printed script: formatted, deterministic, and nobody's code but ours."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bricks.project import Project, clean_name
from bricks.recipes import recipe, recipe_names
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from codegen.source import printed, script
from tests.towers import projects, tower

GOLDEN = Path(__file__).parents[1] / "golden"
LONG = Project(
    "long",
    tower(
        (
            "Conv2D",
            {
                "filters": 16,
                "kernel_size": (3, 5),
                "strides": 2,
                "padding": "same",
                "activation": "leaky_relu",
                "use_bias": False,
                "kernel_initializer": "he_normal",
                "bias_initializer": "zeros",
            },
        ),
        ("Conv2D", {"filters": 8, "kernel_size": 3, "kernel_initializer": "he_normal"}),
        ("BatchNormalization", {"momentum": 0.9, "epsilon": 1e-05}),
        ("Flatten", {}),
        ("Dense", {"units": 10, "activation": "softmax"}),
        data="Digits",
    ),
    Training(batch_size=32, optimizer="sgd", learning_rate=0.01),
)


def ruff(folder: Path, *words: str) -> str:
    """What ruff, without any settings of ours, has to say of every file."""
    command = [sys.executable, "-m", "ruff", *words, "--isolated", "."]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", recipe_names())
def test_recipes_print_as_their_golden_scripts(name):
    assert script(recipe(name)) == (GOLDEN / f"{name}.py").read_text("utf-8")


def test_ruff_leaves_every_script_as_it_is(tmp_path):
    texts = {name: script(recipe(name)) for name in recipe_names()}
    texts["long"] = script(LONG)
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    assert ruff(tmp_path, "check") == "All checks passed!\n"
    assert "reformatted" not in ruff(tmp_path, "format", "--check")


def test_ruff_leaves_any_tower_as_it_is(tmp_path):
    written = []

    @settings(max_examples=60, deadline=None)
    @given(projects)
    def write(project):
        path = tmp_path / f"tower{len(written)}.py"
        written.append(path)
        path.write_text(script(project), encoding="utf-8")

    write()
    assert len(written) >= 60
    assert ruff(tmp_path, "check") == "All checks passed!\n"
    assert "would be reformatted" not in ruff(tmp_path, "format", "--check", "--diff")
    assert "reformatted" not in ruff(tmp_path, "format", "--check")


@given(projects)
def test_printing_is_deterministic_and_parses(project):
    text = script(project)
    assert text == script(project)
    ast.parse(text)


NASTY = [
    'x"); import os; os.system("touch pwned',
    "'''",
    '"""',
    "\\",
    "a\nimport os",
    "{__import__('os')}",
    "탑 🗼",
    "\u2028",
    "__init__",
]


@given(st.text() | st.sampled_from(NASTY), st.text() | st.sampled_from(NASTY))
def test_a_name_never_becomes_code(name, brick):
    def named(project_name, brick_name):
        placed = Placed("Flatten", name=brick_name or None)
        built = Tower(Placed("MNIST", id=GROUND), (placed,))
        return ast.parse(script(Project(project_name, built)))

    def shape(tree):
        return [type(node).__name__ for node in ast.walk(tree)]

    assert shape(named(name, clean_name(brick))) in (
        shape(named("a", "b")),
        shape(named("a", "")),
    )


def test_two_bricks_of_one_name_get_two_names():
    bricks = [Placed("Dropout", {"rate": 0.1}, "twin") for _ in range(3)]
    text = script(Project("p", Tower(Placed("MNIST", id=GROUND), tuple(bricks))))
    assert [text.count(f'"{name}"') for name in ("twin", "twin_2", "twin_3")] == [1] * 3


def test_every_brick_knows_its_lines():
    made = printed(LONG)
    lines = made.text.splitlines()
    for placed in LONG.tower.bricks:
        first, last = made.lines[placed.id]
        assert f"layers.{placed.kind}(" in "\n".join(lines[first - 1 : last])
    first, last = made.lines[GROUND]
    assert lines[first - 1] == "def load_data():"
    assert lines[last - 1].startswith("    return ")


def test_only_what_differs_from_the_default_is_printed():
    text = script(recipe("mnist-cnn"))
    assert 'layers.Conv2D(32, 3, activation="relu"),  # 26 x 26 x 32' in text
    assert "padding" not in text
