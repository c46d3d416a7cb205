"""The same numbers on TensorFlow, JAX and PyTorch."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.keras


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_another_backend_tells_the_same(backend):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed; Brickyard itself runs on TensorFlow")
    from tests.explain.everything import everything

    done = subprocess.run(
        [sys.executable, "-m", "tests.explain.everything"],
        cwd=ROOT,
        env={**os.environ, "KERAS_BACKEND": backend},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    theirs, ours = json.loads(done.stdout.splitlines()[-1]), everything()
    assert theirs.keys() == ours.keys()
    for name, numbers in ours.items():
        np.testing.assert_allclose(theirs[name], numbers, rtol=2e-3, atol=1e-4)


def test_the_numbers_are_those_of_the_model():
    from tests.explain.everything import everything

    found = everything()
    assert found["sum"] == pytest.approx(found["place"], abs=1e-6)
