"""How the code trains its model, as the settings of a training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from bricks.brick import Label
from bricks.catalog import data_brick
from bricks.param import Param
from bricks.tower import Placed
from bricks.training import LEARNING_RATES, SETTINGS, Training, optimizers
from bricks.training.part import Part
from bricks.training.training import FURTHER
from bricks.walk import label_brick
from bricks.words import N_
from codegen.fit import ALL
from codegen.read.header import Header
from codegen.read.listeners import listeners
from codegen.read.measured import loss_of, metrics_of
from codegen.read.notes import Notes
from codegen.read.plans import is_plan, plan
from codegen.read.seen import Seen
from codegen.read.setting import NOTHING, setting
from codegen.read.two_steps import epochs, first_round
from codegen.read.values import UNKNOWN, Made, Model, Name

_PARAMS = {param.name: param for param in SETTINGS}
_ALL = _PARAMS | {param.name: param for param in FURTHER}
_RATES = ("learning_rate", "lr")
_KINDS = {p.keras.lower(): p for p in optimizers().values() if not p.whole}
_OLD_RATES = {"adadelta": 1.0, "adagrad": 0.01}  # what Keras 1 began with
# What makes an optimizer another one; zero, False and None, their defaults, do not.
_CHANGES = (
    "momentum",
    "nesterov",
    "decay",
    "amsgrad",
    "centered",
    "clipvalue",
    "global_clipnorm",
    "use_ema",
    "gradient_accumulation_steps",
)
_COMPILED = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Around:
    """What the settings of a training are read with: the model, what was seen beside
    it, the data that it stands on, and the head of the code if Brickyard printed it."""

    model: Model
    seen: Seen
    notes: Notes
    data: Placed
    head: Header | None

    @property
    def printed(self) -> bool:
        """Whether Brickyard printed the code."""
        return self.head is not None

    @property
    def label(self) -> Label:
        """The label brick of the data."""
        return label_brick(self.data)

    def batches(self, batch_size: int) -> int:
        """How many batches an epoch has; of printed code a plan counts epochs."""
        data = data_brick(self.data.kind)
        if self.printed or data is None:
            return 1
        return ceil(data.split(data.full(self.data.settings))[0] / max(1, batch_size))


def training(around: Around) -> Training:
    """The training that `compile` and `fit` tell; defaults where they don't."""
    found: dict[str, Any] = {}
    compiled, fitted = around.model.compiled, around.model.fitted
    if fitted is not None:
        found |= _fit(fitted, around)
    if compiled is not None:
        found |= _optimizer(compiled.get("optimizer"), around, found)
        found |= _compiled(compiled, around)
    first = first_round(around.model)
    if around.head is not None:
        told = around.head.training.items()
        found |= {name: n for name, n in told if not _ALL[name].wrong(n)}
    elif first is not None:
        found |= _in_two_steps(first.compiled or {}, around, found)
    seed = around.seen.seed
    if seed is not None and not _PARAMS["seed"].wrong(seed):
        found["seed"] = seed
    if around.seen.precision:
        found["precision"] = around.seen.precision
    if found.get("optimizer") == "sgd" and found.get("batch_size") == 0:
        found |= {"optimizer": "gd"}
        del found["batch_size"]
    return Training(**found)


def _in_two_steps(
    first: Mapping[str, Any], around: Around, last: Mapping[str, Any]
) -> dict[str, Any]:
    """The head's epochs and learning rate first; the last round's are fine-tuning."""
    counted = epochs(around.model)
    if counted is None:
        said = N_(
            "How many epochs each of the trainings has can't be read; only the last "
            "of them is kept."
        )
        around.notes.say(around.model.line, said)
        return {}
    frozen, total = counted
    found: dict[str, Any] = {"frozen_epochs": frozen, "epochs": total}
    begun = _optimizer(first.get("optimizer"), around, last)
    rate = last.get("learning_rate", Training().learning_rate)
    found["learning_rate"] = begun.get("learning_rate", Training().learning_rate)
    if not _ALL["fine_tuning_rate"].wrong(rate):
        found["fine_tuning_rate"] = rate
    kinds = begun.get("optimizer", "adam"), last.get("optimizer", "adam")
    if kinds[0] != kinds[1]:
        said = N_(
            "The code trains the head with {first} and then the base with {last}; "
            "here it is {last} all the time."
        )
        around.notes.say(around.model.line, said, first=kinds[0], last=kinds[1])
    return {k: v for k, v in found.items() if not _ALL[k].wrong(v)}


def _optimizer(given: Any, around: Around, fit: Mapping[str, Any]) -> dict[str, Any]:
    if given is None or given is UNKNOWN:
        return {}
    name = given.kind if isinstance(given, Made) else given
    name = name.last if isinstance(name, Name) else str(name)
    part = _KINDS.get(name.lower().removesuffix("optimizer"))
    if part is None:
        line = given.line if isinstance(given, Made) else around.model.line
        said = N_("There is no optimizer {name} here; it is adam now.")
        around.notes.say(line, said, name=name)
        return {}
    usual = LEARNING_RATES[part.kind]
    if around.seen.old:
        usual = _OLD_RATES.get(part.kind, usual)
    found = {"optimizer": part.kind, "learning_rate": usual}
    if not isinstance(given, Made):
        return found
    settings = arguments(part, given, given.args[1:], around.notes)
    for key in (k for k, v in given.named.items() if v and k in _CHANGES):
        if key not in part.by_name:
            said = N_("{setting} of {name} is no setting of a training here.")
            around.notes.say(given.line, said, setting=key, name=name)
    return {**found, "optimizer_settings": settings, **_rate(given, around, fit)}


def arguments(
    part: Part, made: Made, args: tuple[Any, ...], notes: Notes
) -> dict[str, Any]:
    """The settings of a part among the arguments of Keras' class."""
    given = dict(zip(part.by_name, args)) | dict(made.named)
    found = {}
    for name, param in part.by_name.items():
        value = given.get(name)
        if value is None:
            continue
        kept = _within(param, value)
        if kept is NOTHING:
            said = N_("{setting} of {name} can't be read; it keeps its default.")
            notes.say(made.line, said, setting=name, name=made.kind)
        else:
            found[name] = kept
    return found


def _within(param: Param, value: Any) -> Any:
    """The value that a setting takes within its limits, or NOTHING."""
    kept = setting(param, value)
    return NOTHING if kept is NOTHING or param.wrong(kept) else kept


def _rate(made: Made, around: Around, fit: Mapping[str, Any]) -> dict[str, Any]:
    """The learning rate among an optimizer's arguments, or the plan for it."""
    given: Any = made.args[0] if made.args else None
    given = next((made.named[key] for key in _RATES if key in made.named), given)
    planned: dict[str, Any] = {}
    if isinstance(given, Made) and is_plan(given):
        given, planned = plan(given, around.batches(fit.get("batch_size", 32)), around)
    if given is None:
        return planned
    value = _within(_PARAMS["learning_rate"], given)
    if value is NOTHING:
        said = N_("The learning rate can't be read; it keeps its default.")
        around.notes.say(made.line, said)
        return planned
    return {"learning_rate": float(value), **planned}


def _compiled(compiled: Mapping[str, Any], around: Around) -> dict[str, Any]:
    """What is made small, what else is measured, and how Keras runs it."""
    found: dict[str, Any] = {
        "loss": loss_of(compiled.get("loss"), around.label),
        "metrics": metrics_of(compiled.get("metrics"), around.label),
    }
    jit, steps = compiled.get("jit_compile"), compiled.get("steps_per_execution")
    if isinstance(jit, bool):
        found["compile"] = _COMPILED[jit]
    if isinstance(steps, int) and 0 < steps <= 1_024:
        # Of two numbers the first is read; where the tower's size chose, it is 1.
        found["steps"] = steps if steps > 1 or not around.seen.stepped else 0
    return found


def _fit(fit: dict[str, Any], around: Around) -> dict[str, Any]:
    """Batch size and epochs; what is not given is Keras' own default."""
    flow = fit.get("x")
    batch = fit.get("batch_size")
    if isinstance(flow, Made):
        batch = flow.named.get("batch_size", batch)
    found: dict[str, Any] = {"batch_size": 32, "epochs": 1}
    if fit.get("class_weight") is not None:
        found["class_weights"] = True
    if fit.get("shuffle") is False:
        found["shuffle"] = False
    found["callbacks"] = listeners(fit.get("callbacks"), around.notes, arguments)
    batch = around.seen.batch if batch is None else batch
    given = {
        "batch_size": 0 if batch == ALL else batch,
        "epochs": fit.get("epochs", fit.get("nb_epoch")),
    }
    for name, value in given.items():
        if value is None:
            continue
        kept = _within(_PARAMS[name], value)
        if kept is NOTHING:
            said = N_("{setting} of the training can't be read; it keeps its default.")
            around.notes.say(around.model.line, said, setting=name)
            found.pop(name)
        else:
            found[name] = kept
    return found
