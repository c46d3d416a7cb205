"""The settings of a training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from bricks.param import Choice, Flag, Param, Share, Whole
from bricks.training.callbacks import callbacks
from bricks.training.measured import still
from bricks.training.measures import LOSSES, METRICS
from bricks.training.optimizer import Optimizer
from bricks.training.optimizers import OPTIMIZERS, optimizers
from bricks.training.part import Settings
from bricks.training.schedules import schedules
from bricks.tuples import Several
from bricks.words import N_

SETTINGS: tuple[Param, ...] = (
    Whole(
        name="batch_size",
        default=128,
        least=0,
        most=8_192,
        help=N_(
            "How many pictures go through the tower before the weights change; "
            "0 takes all at once."
        ),
    ),
    Whole(
        name="epochs",
        default=10,
        most=1_000,
        help=N_("How often it sees every picture."),
    ),
    Choice(
        name="optimizer",
        default="adam",
        choices=tuple(OPTIMIZERS),
        help=N_("The rule that changes the weights; adam is a good start."),
    ),
    Share(
        name="learning_rate",
        default=0.001,
        least=1e-6,
        most=10.0,
        help=N_("How far each step goes; too large and the loss jumps about."),
    ),
    Whole(
        name="seed",
        default=42,
        least=0,
        most=2**31 - 1,
        help=N_("Where chance begins; the same seed repeats the run."),
    ),
    Flag(
        name="class_weights",
        default=False,
        help=N_("Mistakes in classes with few examples count more."),
    ),
)
"""What every training is asked for, and every project file has."""

FURTHER: tuple[Param, ...] = (
    Choice(
        name="loss",
        default=None,
        choices=(None, *LOSSES),
        help=N_("What the training makes small; the label brick has one of its own."),
    ),
    Several(
        name="metrics",
        default=(),
        choices=tuple(METRICS),
        help=N_("What else is measured, beside what the label brick asks for."),
    ),
    Choice(
        name="schedule",
        default=None,
        choices=(None, *schedules()),
        help=N_("How the learning rate changes while the tower learns."),
    ),
    Flag(
        name="shuffle",
        default=True,
        help=N_("Every epoch sees the examples in another order."),
    ),
    Choice(
        name="precision",
        default="float32",
        choices=("float32", "mixed_bfloat16", "mixed_float16"),
        help=N_(
            "Numbers of half the size are faster on newer graphics cards, "
            "and slower elsewhere."
        ),
    ),
    Choice(
        name="compile",
        default="auto",
        choices=("auto", "yes", "no"),
        help=N_("Whether XLA joins the steps; the start takes longer then."),
    ),
    Whole(
        name="steps",
        default=0,
        least=0,
        most=1_024,
        help=N_("How many batches run in one go; 0 leaves it to the tower's size."),
    ),
    Whole(
        name="frozen_epochs",
        default=0,
        least=0,
        most=1_000,
        help=N_(
            "For so many epochs every pretrained base stays shut and only the rest "
            "learns; then its padlock counts."
        ),
    ),
    Share(
        name="fine_tuning_rate",
        default=1e-5,
        least=1e-8,
        most=1.0,
        help=N_(
            "The learning rate after the frozen epochs; a large one would spoil what "
            "the base knows."
        ),
    ),
)
"""What a training may be asked for, beside the settings of its parts."""


@dataclass(frozen=True)
class Training:
    """The settings of a training; each is described in `SETTINGS` or `FURTHER`.

    `optimizer_settings`, `schedule_settings` and each of `callbacks` hold what differs
    from the defaults of the part; what the part does not have is dropped, so that
    another optimizer can be put in by `replace`. `loss` is the label brick's own where
    it is None, `metrics` are beyond the label brick's. `measured` has the reason why a
    precision, `compile` or `steps` was chosen, as long as that is not changed.
    """

    batch_size: int = 128
    epochs: int = 10
    optimizer: str = "adam"
    learning_rate: float = 0.001
    seed: int = 42
    class_weights: bool = False
    optimizer_settings: Settings = field(default_factory=dict)
    loss: str | None = None
    metrics: tuple[str, ...] = ()
    callbacks: Mapping[str, Settings] = field(default_factory=dict)
    schedule: str | None = None
    schedule_settings: Settings = field(default_factory=dict)
    precision: str = "float32"
    compile: str = "auto"
    steps: int = 0
    shuffle: bool = True
    frozen_epochs: int = 0
    fine_tuning_rate: float = 1e-5
    measured: Mapping[str, Settings] = field(default_factory=dict)

    def __post_init__(self) -> None:
        plan = schedules().get(self.schedule or "")
        on = {k: p for k, p in callbacks().items() if k in self.callbacks}
        kept = {
            "optimizer_settings": self.rule.differing(self.optimizer_settings),
            "metrics": tuple(name for name in METRICS if name in self.metrics),
            "callbacks": {k: p.differing(self.callbacks[k]) for k, p in on.items()},
            "schedule_settings": plan.differing(self.schedule_settings) if plan else {},
            "measured": still(self.measured, vars(self)),
        }
        for name, value in kept.items():
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        plain = (self.batch_size, self.epochs, self.optimizer, self.learning_rate)
        return hash((*plain, self.seed, self.schedule, tuple(self.callbacks)))

    @property
    def rule(self) -> Optimizer:
        """The optimizer as a part."""
        return optimizers()[self.optimizer]

    @property
    def whole(self) -> bool:
        """Whether all examples make one batch: gradient descent proper."""
        return self.rule.whole or self.batch_size == 0

    def batch(self, examples: int) -> int:
        """How many of so many examples are in one batch."""
        return max(1, examples) if self.whole else self.batch_size

    def to_json(self) -> dict[str, Any]:
        """As plain data: `SETTINGS` always, others where they are not the default."""
        always = {param.name for param in SETTINGS}
        usual = Training()
        return {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name in always or getattr(self, f.name) != getattr(usual, f.name)
        }
