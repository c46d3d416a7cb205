"""What a tower's data are, so that runs on the same can be put side by side."""

from __future__ import annotations

from typing import Any

from bricks.catalog import data_brick
from bricks.project import Project
from codegen import drawn
from training.imagenet import asks, class_names
from training.picture import prepares
from ui.views import tested


def ground_json(project: Project) -> dict[str, Any]:
    """What a tower's data are; runs on the same can be given the same example."""
    placed = project.tower.data
    brick = data_brick(placed.kind)
    full = brick.full(placed.settings) if brick else {}
    return {
        "kind": placed.kind,
        "dataset": full.get("dataset") or None,
        "title": str(full.get("title") or placed.kind),
        "unit": tested.unit(placed),
        "asks": asks(placed),
        "draws": prepares(project) in drawn.STROKES,
        "classes": list(class_names(placed)),
    }
