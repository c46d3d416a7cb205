"""How the code trains its model, as the settings of a training."""

from __future__ import annotations

from typing import Any

from bricks.training import LEARNING_RATES, OPTIMIZERS, SETTINGS, Training
from bricks.words import N_
from codegen.read.notes import Notes
from codegen.read.seen import Seen
from codegen.read.setting import NOTHING, setting
from codegen.read.values import UNKNOWN, Made, Model, Name

_PARAMS = {param.name: param for param in SETTINGS}
_RATES = ("learning_rate", "lr")
# What makes an optimizer another one; zero, False and None, their defaults, do not.
_CHANGES = (
    "momentum",
    "nesterov",
    "decay",
    "weight_decay",
    "amsgrad",
    "centered",
    "clipnorm",
    "clipvalue",
    "global_clipnorm",
)


def training(model: Model, seen: Seen, notes: Notes) -> Training:
    """The training that `compile` and `fit` tell; defaults where they don't."""
    found: dict[str, Any] = {}
    if model.compiled is not None:
        found |= _optimizer(model.compiled.get("optimizer"), model, notes)
    if model.fitted is not None:
        found |= _fit(model.fitted, seen, model, notes)
    if seen.seed is not None and not _PARAMS["seed"].wrong(seen.seed):
        found["seed"] = seen.seed
    return Training(**found)


def _optimizer(given: Any, model: Model, notes: Notes) -> dict[str, Any]:
    if given is None or given is UNKNOWN:
        return {}
    name = given.kind if isinstance(given, Made) else given
    name = name.last if isinstance(name, Name) else str(name)
    word = name.lower().removesuffix("optimizer")
    if word not in OPTIMIZERS:
        line = given.line if isinstance(given, Made) else model.line
        said = N_("There is no optimizer {name} here; it is adam now.")
        notes.say(line, said, name=name)
        return {}
    if isinstance(given, Made):
        for key in (k for k, v in given.named.items() if v and k in _CHANGES):
            said = N_("{setting} of {name} is no setting of a training here.")
            notes.say(given.line, said, setting=key, name=name)
    rate = _rate(given, notes) if isinstance(given, Made) else None
    return {"optimizer": word, "learning_rate": rate or LEARNING_RATES[word]}


def _rate(made: Made, notes: Notes) -> float | None:
    """The learning rate among an optimizer's arguments."""
    given: Any = made.args[0] if made.args else None
    given = next((made.named[key] for key in _RATES if key in made.named), given)
    if given is None:
        return None
    value = setting(_PARAMS["learning_rate"], given)
    if value is NOTHING or _PARAMS["learning_rate"].wrong(value):
        said = N_("The learning rate can't be read; it keeps its default.")
        notes.say(made.line, said)
        return None
    return float(value)


def _fit(fit: dict[str, Any], seen: Seen, model: Model, notes: Notes) -> dict[str, Any]:
    """Batch size and epochs; what is not given is Keras' own default."""
    flow = fit.get("x")
    batch = fit.get("batch_size")
    if isinstance(flow, Made):
        batch = flow.named.get("batch_size", batch)
    found: dict[str, Any] = {"batch_size": 32, "epochs": 1}
    if fit.get("class_weight") is not None:
        found["class_weights"] = True
    given = {
        "batch_size": seen.batch if batch is None else batch,
        "epochs": fit.get("epochs", fit.get("nb_epoch")),
    }
    for name, value in given.items():
        if value is None:
            continue
        kept = setting(_PARAMS[name], value)
        if kept is NOTHING or _PARAMS[name].wrong(kept):
            said = N_("{setting} of the training can't be read; it keeps its default.")
            notes.say(model.line, said, setting=name)
            found.pop(name)
        else:
            found[name] = kept
    return found
