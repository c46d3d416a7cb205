"""What a run remembers of itself: its finished epochs, and which was the best."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

COLUMNS = (
    "epoch",
    "loss",
    "accuracy",
    "mae",
    "val_loss",
    "val_accuracy",
    "val_mae",
    "learning_rate",
    "seconds",
    "images_per_second",
)


@dataclass
class Journal:
    """Each finished epoch's figures, in order, and the best validation accuracy.

    `ended` is of how many epochs it was when it ended before the last one, since it got
    no better; None where it did not.
    """

    figures: list[dict[str, Any]] = field(default_factory=list)
    best: float | None = None
    ended: int | None = None

    @property
    def seconds(self) -> float:
        """How long the finished epochs took."""
        return sum(figure["seconds"] for figure in self.figures)

    def to_json(self) -> dict[str, Any]:
        """As plain data that `Journal(**data)` takes back."""
        return {"figures": self.figures, "best": self.best, "ended": self.ended}

    def goes_on(self, epochs: int) -> bool:
        """Whether a training of so many epochs has any left."""
        return len(self.figures) < epochs and (self.ended or 0) < epochs

    def to_csv(self) -> str:
        """A line for each epoch: the usual columns that there are, then others."""
        text = io.StringIO()
        named = dict.fromkeys(name for row in self.figures for name in row)
        usual = [name for name in COLUMNS if name in named]
        others = [name for name in named if name not in COLUMNS]
        lines = csv.DictWriter(text, [*usual, *others], lineterminator="\n")
        lines.writeheader()
        lines.writerows(self.figures)
        return text.getvalue()
