"""What a callback is: a part that listens while Keras trains."""

from __future__ import annotations

from dataclasses import dataclass

from bricks.param import Choice, Param
from bricks.training.measures import METRICS
from bricks.training.part import Part
from bricks.words import N_


@dataclass(frozen=True, kw_only=True)
class Callback(Part):
    """A part that can be switched on.

    `fixed` are arguments that the source always has, with the `imports` and
    `constants` (lines) that they need; `needs` are packages beside Keras. `keeps` names
    what the object remembers of a training: `on_train_begin` forgets it, so a training
    that goes on must put it back after that.
    """

    fixed: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """How many arguments of Keras' class stand before those that are settings."""
        return sum("=" not in argument for argument in self.fixed)


MONITORS = (
    "val_loss",
    *(f"val_{name}" for name in METRICS),
    "loss",
    *METRICS,
)
"""All that a callback may look at; only what a training measures is there to see."""


def monitor() -> Param:
    """Which figure a callback looks at."""
    return Choice(
        name="monitor",
        default="val_loss",
        choices=MONITORS,
        help=N_("The figure that is looked at; val_ is that of the validation."),
    )
