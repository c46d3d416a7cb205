"""The nets that hold the house: lint, format, types, and who may lean on whom."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize("package", ["bricks", "requirements"])
def test_a_package_imports_only_the_standard_library(package):
    graph = grimp.build_graph(package, include_external_packages=True)
    outside = {name for name in graph.modules if name.split(".")[0] != package}
    assert outside <= sys.stdlib_module_names
