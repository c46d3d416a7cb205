"""What a script is printed with to train its model: numbers, compile, callbacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bricks.brick import Label, Loading
from bricks.literal import literal
from bricks.param import Param
from bricks.training import Training, callbacks
from bricks.training.callback import Callback
from bricks.training.clash import running
from bricks.training.measured import reason
from bricks.training.measures import written
from bricks.training.part import Part, Settings
from codegen.frozen import Split
from codegen.layout import Call, laid

ALL = 1_000_000_000  # a batch size that no data set fills
_COMPILED = {"yes": "True", "no": "False"}


@dataclass(frozen=True)
class Fit:
    """A training on the data and with the label that it is printed for.

    `steps` is how many batches Keras should run in one go, where the training leaves
    that to the size of what is fitted first; `classes` says whether there are any.
    `split` is where the tower comes apart for features that are worked out once, and
    `two` says that it is trained in two steps.
    """

    training: Training
    label: Label
    loading: Loading
    steps: int
    classes: bool
    split: Split | None = None
    two: bool = False

    @property
    def weighted(self) -> bool:
        """Whether there are classes that weights can be given to."""
        return self.training.class_weights and self.classes and not self.label.itself

    @property
    def on(self) -> dict[str, Callback]:
        """The callbacks that take part."""
        kinds = running(self.training)
        if self.split and not self.two:  # it would keep the head and not the model
            kinds = tuple(kind for kind in kinds if kind != "best_checkpoint")
        return {kind: callbacks()[kind] for kind in kinds}

    @property
    def loss(self) -> str:
        """The training's own loss, where the label offers it."""
        own = self.training.loss
        return own if own in self.label.losses and own else self.label.loss

    @property
    def measure(self) -> str:
        """What people look at first, by which the best model is chosen."""
        return (*self.label.metrics, "loss")[0]

    @property
    def extra(self) -> tuple[str, ...]:
        """What is measured beside the label's own metrics."""
        chosen, label = self.training.metrics, self.label
        offered = (m for m in label.metrics_offered if m not in label.metrics)
        return tuple(metric for metric in offered if metric in chosen)

    @property
    def needs(self) -> tuple[str, ...]:
        """Packages beside Keras."""
        own = (need for part in self.on.values() for need in part.needs)
        return (*self.loading.needs, *own)

    def imports(self) -> Iterator[str]:
        """The imports of all that is printed here, and of the loading."""
        yield from self.loading.imports
        if self.weighted:
            yield "import numpy as np"
        if self.training.schedule and not self.training.whole:
            yield "import math"
        if self.split:
            yield from ("import os", "import tempfile", "from pathlib import Path")
            yield "import numpy as np"
        for part in self.on.values():
            yield from part.imports

    def constants(self) -> list[str]:
        """The numbers of the training, by name."""
        training, fine = self.training, literal(self.training.fine_tuning_rate)
        return [
            *self._batch_size(),
            f"EPOCHS = {training.epochs}",
            *([f"FROZEN_EPOCHS = {training.frozen_epochs}"] if self.two else []),
            f"LEARNING_RATE = {literal(training.learning_rate)}",
            *([f"FINE_TUNING_RATE = {fine}"] if self.two else []),
            f"SEED = {training.seed}",
        ]

    def _batch_size(self) -> list[str]:
        if not self.training.whole:
            return [f"BATCH_SIZE = {self.training.batch_size}"]
        why = "  # all examples at once: gradient descent proper"
        return [f"BATCH_SIZE = {ALL:_}{why}"] if self.loading.feeding else []

    def further_constants(self) -> list[str]:
        """Those of callbacks, and the steps in one go with their reason."""
        parts = [line for part in self.on.values() for line in part.constants]
        why = reason(self.training.measured, "steps")
        return [*parts, *_steps(self.training.steps, self.steps, why)]

    @property
    def several(self) -> bool:
        """Whether the number of batches in one go is told."""
        return bool(self.training.steps) or self.steps > 1

    def compiled(self, rate: str, go: str | None) -> list[str]:
        """The arguments of `compile`, with this source of the learning rate, and of the
        batches in one go where they are told."""
        metrics = tuple(map(written, (*self.label.metrics, *self.extra)))
        measured = Call("metrics=", metrics, brackets="[]")
        jit = _COMPILED.get(self.training.compile)
        return [
            *laid(self._optimizer(rate), 8, after=","),
            f"        loss={literal(self.loss)},",
            *(laid(measured, 8, after=",") if metrics else []),
            *([f"        steps_per_execution={go},"] if go else []),
            *(self._reason("compile") if jit else []),
            *([f"        jit_compile={jit},"] if jit else []),
        ]

    def _reason(self, setting: str) -> list[str]:
        told = reason(self.training.measured, setting)
        return [f"        {told}"] if told else []

    def _optimizer(self, rate: str) -> Call:
        training = self.training
        own = arguments(training.rule, training.optimizer_settings)
        head = f"optimizer=keras.optimizers.{training.rule.keras}"
        return Call(head, (f"learning_rate={rate}", *own))

    @property
    def scheduled(self) -> str | None:
        """The call that makes the plan for the learning rate, where there is one."""
        if not self.training.schedule:
            return None
        return f"make_schedule({'steps=1' if self.training.whole else 'steps'})"

    @property
    def counted(self) -> list[str]:
        """The line that counts the batches of an epoch, where the plan needs it."""
        if not self.training.schedule or self.training.whole:
            return []
        return ["    steps = math.ceil(len(x) / BATCH_SIZE)"]

    @property
    def listening(self) -> str:
        """What hears of the training."""
        return "[*make_callbacks(), *callbacks]" if self.on else "list(callbacks)"

    def monitor(self, wanted: str) -> str:
        """The figure that a callback looks at, where this training tells it."""
        told = ("loss", *self.label.metrics, *self.extra)
        return wanted if wanted.removeprefix("val_") in told else "val_loss"


def _steps(chosen: int, found: int, measured: str | None = None) -> list[str]:
    """The batches in one go; a chosen number is written so that it can be told."""
    if chosen == 1:
        why = measured or "# One batch at a time, as was chosen."
        return [why, "STEPS_PER_EXECUTION = 1"]
    if chosen:
        go = f'{chosen} if keras.config.backend() != "torch" else 1'
        usual = "# As many batches in one go as were chosen; PyTorch takes one."
        return [measured or usual, f"STEPS_PER_EXECUTION = {go}"]
    if found == 1:
        return []
    return [
        "# Several small batches in one go save time in Python; PyTorch takes one.",
        f'STEPS_PER_EXECUTION = 1 if keras.config.backend() == "torch" else {found}',
    ]


def arguments(part: Part, settings: Settings) -> Iterator[str]:
    """What differs from the part's defaults, as `name=value`."""
    for param in part.params:
        if param.name in settings:
            yield f"{param.name}={_value(param, settings[param.name])}"


def _value(param: Param, value: object) -> str:
    return param.written(value) or literal(value)
