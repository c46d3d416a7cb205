"""The pretrained bases of a tower, as rules ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bricks.brick import Base
from bricks.catalog import catalog
from bricks.walk import Stage, every


def bases(stages: Sequence[Stage]) -> Iterator[tuple[Stage, dict[str, Any]]]:
    """Every base that fits, with all its settings."""
    for stage in every(stages):
        brick = catalog().get(stage.placed.kind)
        if isinstance(brick, Base) and stage.gives is not None:
            yield stage, brick.full(stage.placed.settings)


def knowing(stages: Sequence[Stage]) -> Iterator[tuple[Stage, dict[str, Any]]]:
    """Those with ImageNet's weights that training would change."""
    for stage, settings in bases(stages):
        if (
            settings.get("weights", True)
            and stage.weights > stage.fixed
            and _thawed(stage)
        ):
            yield stage, settings


def _thawed(stage: Stage) -> bool:
    """Whether a gradient comes into the base at all."""
    return stage.trained_madds > 0
