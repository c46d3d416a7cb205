"""The nets that hold the house: lint, format, types, and who may lean on whom."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from packaging.requirements import Requirement

from requirements import lock

ROOT = Path(__file__).parents[2]
APP = ("bricks", "codegen", "storage", "uploads", "training", "explain", "ui")
IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["-m", "ruff", "check", "."], id="lint"),
        pytest.param(["-m", "ruff", "format", "--check", "."], id="format"),
        pytest.param(["-m", "mypy"], id="types"),
        pytest.param(["-c", IMPORTS, "--no-cache"], id="imports"),
    ],
)
def test_nothing_is_found(command):
    told = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout + told.stderr


def outside(*packages, except_in=()):
    """What packages import from elsewhere, but for the standard library."""
    graph = grimp.build_graph(*packages, include_external_packages=True)
    return {
        name
        for name in graph.modules
        if name.split(".")[0] not in packages
        and name not in sys.stdlib_module_names
        and graph.find_modules_that_directly_import(name) - set(except_in)
    }


@pytest.mark.parametrize("package", ["bricks", "requirements"])
def test_a_package_imports_only_the_standard_library(package):
    assert outside(package) == set()


def test_the_app_imports_only_what_the_ranges_name():
    ranges = map(Requirement, lock.lines(lock.RANGES))
    named = {range.name.replace("-", "_") for range in ranges}
    tools = ["ui.text.__main__"]  # not the app
    imported = outside(*APP, except_in=tools)
    operators = {"mlflow", "tensorboard", "jax", "torch"}  # theirs to install
    assert imported - operators <= named | {"PIL"}
