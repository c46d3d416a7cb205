"""What every part of the settings must know: whose they are, and what they are now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bricks.brick import Label
from bricks.catalog import catalog, data_brick
from bricks.project import Project
from bricks.training import Training
from ui.words import Translate

Chosen = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """The training of project `id`; `label` is None where the data are unknown."""

    id: str
    training: Training
    label: Label | None
    classes: bool
    _: Translate

    @property
    def extra(self) -> tuple[str, ...]:
        """Metrics that may be measured beside the label's own."""
        if self.label is None:
            return ()
        own = self.label.metrics
        return tuple(name for name in self.label.metrics_offered if name not in own)

    @property
    def measured(self) -> tuple[str, ...]:
        """All figures that this training tells of each epoch."""
        own = self.label.metrics if self.label else ()
        return ("loss", *own, *(m for m in self.extra if m in self.training.metrics))


def asked(id: str, project: Project, _: Translate) -> Asked:
    """What is asked for a project's training."""
    ground = project.tower.data
    data = data_brick(ground.kind)
    kind = data.label(ground.settings) if data else ""
    label = catalog().get(kind)
    classes = kind in ("YesNo", "Category")
    known = label if isinstance(label, Label) else None
    return Asked(id, project.training, known, classes, _)
