"""The optimizers: every module of this folder is one, found by looking here."""

from __future__ import annotations

from functools import cache

from bricks.training.optimizer import Optimizer
from bricks.training.part import found


@cache
def optimizers() -> dict[str, Optimizer]:
    """Every optimizer by its kind, the simplest first."""
    return {part.kind: part for part in found(__path__, __name__, "OPTIMIZER")}


OPTIMIZERS = {kind: part.keras for kind, part in optimizers().items()}
"""The name of Keras' class."""

LEARNING_RATES = {kind: part.learning_rate for kind, part in optimizers().items()}
"""Keras' defaults."""
