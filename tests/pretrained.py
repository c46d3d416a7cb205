"""Real weights for tests: those in BRICKYARD_DATASETS/models; without them, a skip."""

from __future__ import annotations

import pytest

from bricks.tower import Tower
from training import weights


def needs_weights(tower: Tower) -> None:
    """Skip the test where a file of the tower's bases is not at hand."""
    for _, file in weights.files(tower):
        if weights.found(file.name) is None:
            pytest.skip(f"needs {file.name} in BRICKYARD_DATASETS/models")
