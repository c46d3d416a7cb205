"""Every example in a docstring is true."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bricks", "codegen", "explain", "storage", "training", "ui", "uploads")
EXAMPLE = re.compile(r"^ *>>> ", re.MULTILINE)
KERAS = ("explain.", "training.worker.")  # these import it


def modules():
    """Those with an example, by name."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if EXAMPLE.search(path.read_text(encoding="utf-8")):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                keras = name.startswith(KERAS)
                yield pytest.param(name, marks=[pytest.mark.keras] if keras else [])


@pytest.mark.parametrize("name", list(modules()))
def test_the_examples_of_a_module_are_true(name):
    module = importlib.import_module(name.removesuffix(".__init__"))
    failed, tried = doctest.testmod(module)
    assert tried
    assert failed == 0
