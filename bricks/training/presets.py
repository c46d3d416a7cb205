"""Presets: trainings by purpose, and what was changed since one was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bricks.training.measured import WAYS
from bricks.training.training import Training
from bricks.words import N_

OWN = ("seed", "class_weights", "loss", "metrics", *WAYS, "measured")
"""What no preset touches: it belongs to the data, to the machine, or to chance."""


@dataclass(frozen=True)
class Preset:
    """A training for a purpose; what it does not set is the default."""

    kind: str
    said: str
    about: str
    sets: Mapping[str, Any]

    def applied(self, training: Training) -> Training:
        """This training, with what belongs to the given one kept."""
        return replace(Training(**self.sets), **{n: getattr(training, n) for n in OWN})


@dataclass(frozen=True)
class Change:
    """A setting that is not as the preset has it."""

    setting: str
    preset: Any
    now: Any


def changed(training: Training, preset: Preset) -> tuple[Change, ...]:
    """What differs from the preset, in the order of the settings."""
    wanted = vars(preset.applied(training))
    now = vars(training)
    rows = (Change(name, wanted[name], now[name]) for name in now)
    return tuple(row for row in rows if row.preset != row.now)


PRESETS = {
    preset.kind: preset
    for preset in (
        Preset(
            "quick",
            N_("A quick look"),
            N_("Three epochs, to see whether it learns at all."),
            {"epochs": 3},
        ),
        Preset(
            "good",
            N_("A good result"),
            N_(
                "As long as it gets better: smaller steps on a plateau, "
                "the best weights at the end."
            ),
            {
                "batch_size": 64,
                "epochs": 60,
                "callbacks": {
                    "early_stopping": {"patience": 8, "restore_best_weights": True},
                    "reduce_on_plateau": {"factor": 0.5, "patience": 3},
                    "stop_on_nan": {},
                },
            },
        ),
        Preset(
            "book",
            N_("The book's"),
            N_(
                "As in the first examples of books: RMSprop, five epochs, 64 at a time."
            ),
            {"batch_size": 64, "epochs": 5, "optimizer": "rmsprop"},
        ),
    )
}
