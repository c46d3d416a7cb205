"""How a script trains its model: what it compiles and fits, its callbacks and plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bricks.brick import Label, Loading
from bricks.literal import literal
from bricks.param import Param
from bricks.training import Training, callbacks, schedules
from bricks.training.callback import Callback
from bricks.training.clash import running
from bricks.training.measured import reason
from bricks.training.measures import rises, written
from bricks.training.part import Part, Settings
from codegen.layout import Call, laid

ALL = 1_000_000_000  # a batch size that no data set fills
_COMPILED = {"yes": "True", "no": "False"}


@dataclass(frozen=True)
class Fit:
    """A training on the data and with the label that it is printed for.

    `steps` is how many batches Keras should run in one go, where the training leaves
    that to the tower's size; `classes` says whether there are any.
    """

    training: Training
    label: Label
    loading: Loading
    steps: int
    classes: bool

    @property
    def weighted(self) -> bool:
        """Whether there are classes that weights can be given to."""
        return self.training.class_weights and self.classes and not self.label.itself

    @property
    def on(self) -> dict[str, Callback]:
        """The callbacks that take part."""
        return {kind: callbacks()[kind] for kind in running(self.training)}

    @property
    def loss(self) -> str:
        """The training's own loss, where the label offers it."""
        own = self.training.loss
        return own if own in self.label.losses and own else self.label.loss

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
        for part in self.on.values():
            yield from part.imports

    def constants(self) -> list[str]:
        """The numbers of the training, by name."""
        training = self.training
        return [
            *self._batch_size(),
            f"EPOCHS = {training.epochs}",
            f"LEARNING_RATE = {literal(training.learning_rate)}",
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

    def functions(self) -> list[str]:
        """Functions that `train` needs, with two empty lines after each."""
        return [
            *(_WEIGHTS if self.weighted else []),
            *(_schedule(self.training) if self.training.schedule else []),
            *(_callbacks(self) if self.on else []),
        ]

    def train(self) -> list[str]:
        """The script's `train`."""
        pairs, examples, against = _fed(self)
        return [
            "def train(model, data, callbacks=(), initial_epoch=0):",
            '    """Compile the model and fit it; returns Keras\' History."""',
            f"    {pairs}",
            *self._counted(),
            "    model.compile(",
            *self._compiled(),
            "    )",
            "    return model.fit(",
            *(f"        {example}" for example in examples),
            "        epochs=EPOCHS,",
            "        initial_epoch=initial_epoch,",
            f"        validation_data={against},",
            *(["        class_weight=class_weights(y),"] if self.weighted else []),
            *([] if self.training.shuffle else ["        shuffle=False,"]),
            f"        callbacks={self._listening()},",
            "    )",
        ]

    def _counted(self) -> list[str]:
        if not self.training.schedule or self.training.whole:
            return []
        return ["    steps = math.ceil(len(x) / BATCH_SIZE)"]

    def _compiled(self) -> list[str]:
        metrics = tuple(map(written, (*self.label.metrics, *self.extra)))
        measured = Call("metrics=", metrics, brackets="[]")
        several = self.training.steps or self.steps > 1
        jit = _COMPILED.get(self.training.compile)
        return [
            *laid(self._optimizer(), 8, after=","),
            f"        loss={literal(self.loss)},",
            *(laid(measured, 8, after=",") if metrics else []),
            *(["        steps_per_execution=STEPS_PER_EXECUTION,"] if several else []),
            *(self._reason("compile") if jit else []),
            *([f"        jit_compile={jit},"] if jit else []),
        ]

    def _reason(self, setting: str) -> list[str]:
        told = reason(self.training.measured, setting)
        return [f"        {told}"] if told else []

    def _optimizer(self) -> Call:
        training = self.training
        rate = "LEARNING_RATE"
        if training.schedule:
            rate = f"make_schedule({'steps=1' if training.whole else 'steps'})"
        own = _arguments(training.rule, training.optimizer_settings)
        head = f"optimizer=keras.optimizers.{training.rule.keras}"
        return Call(head, (f"learning_rate={rate}", *own))

    def _listening(self) -> str:
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


_WEIGHTS = '''\
def class_weights(y):
    """A weight for each class: the fewer its examples, the more each one counts."""
    counts = np.bincount(y)
    return {n: len(y) / len(counts) / count for n, count in enumerate(counts) if count}


'''.splitlines()


def _schedule(training: Training) -> list[str]:
    plan = schedules()[training.schedule or ""]
    arguments = plan.arguments(plan.full(training.schedule_settings))
    call = Call(f"keras.optimizers.schedules.{plan.keras}", arguments)
    return [
        "def make_schedule(steps):",
        '    """The learning rate batch by batch; an epoch has so many steps."""',
        *laid(call, 4, "return "),
        "",
        "",
    ]


def _callbacks(fit: Fit) -> list[str]:
    calls = tuple(
        _callback(part, fit.training.callbacks[kind], fit)
        for kind, part in fit.on.items()
    )
    return [
        "def make_callbacks():",
        '    """What listens while the model learns."""',
        *laid(Call("", calls, brackets="[]"), 4, "return "),
        "",
        "",
    ]


def _callback(part: Callback, settings: Settings, fit: Fit) -> Call:
    watched = fit.monitor(settings.get("monitor", "val_loss"))
    seen = {**settings, "monitor": watched}
    own = tuple(_arguments(part, part.differing(seen)))
    known = watched.endswith("loss")  # Keras knows by itself that less is better
    mode = () if known else (f'mode="{"max" if rises(watched) else "min"}"',)
    return Call(f"keras.callbacks.{part.keras}", (*part.fixed, *own, *mode))


def _arguments(part: Part, settings: Settings) -> Iterator[str]:
    """What differs from the defaults, as `name=value`."""
    for param in part.params:
        if param.name in settings:
            yield f"{param.name}={_value(param, settings[param.name])}"


def _value(param: Param, value: object) -> str:
    return param.written(value) or literal(value)


def _fed(fit: Fit) -> tuple[str, list[str], str]:
    """How the data come apart, the lines of what is fitted, and what validates."""
    batched = "batch_size=BATCH_SIZE,"
    if fit.training.whole:
        batched = "batch_size=len(x),  # all at once: gradient descent proper"
    if fit.loading.feeding:
        own = ", shuffle=True" if fit.training.shuffle else ""
        fed = [f"Batches(x, y{own}),"]
        return "(x, y), validation, _ = data", fed, "Batches(*validation)"
    if fit.label.itself:
        return "(x, _), (x_val, _), _ = data", ["x,", "x,", batched], "(x_val, x_val)"
    return "(x, y), validation, _ = data", ["x,", "y,", batched], "validation"
