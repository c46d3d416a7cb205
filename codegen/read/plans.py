"""A learning rate that changes by a plan, as a schedule of a training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bricks.param import is_number
from bricks.training import schedules
from bricks.training.schedule import Schedule
from bricks.words import N_
from codegen.read.setting import NOTHING, setting
from codegen.read.values import Made

if TYPE_CHECKING:
    from codegen.read.trained import Around

_ORDER = {
    "ExponentialDecay": (
        "initial_learning_rate",
        "decay_steps",
        "decay_rate",
        "staircase",
    ),
    "CosineDecay": (
        "initial_learning_rate",
        "decay_steps",
        "alpha",
        "name",
        "warmup_target",
        "warmup_steps",
    ),
}
_FIRST = ("initial_learning_rate", "values")


def is_plan(made: Made) -> bool:
    """Whether this is one of Keras' schedules."""
    return ".schedules." in made.path or made.kind in _ORDER


def plan(made: Made, batches: int, around: Around) -> tuple[Any, dict[str, Any]]:
    """The learning rate that it begins with, and the schedule, of which an epoch has
    so many batches."""
    given = dict(zip(_ORDER.get(made.kind, _FIRST[:1]), made.args)) | dict(made.named)
    first = given.get("initial_learning_rate")
    part = _schedule(made.kind, given)
    if part is None:
        said = N_("There is no schedule {name} here; the learning rate stays.")
        around.notes.say(made.line, said, name=made.kind)
        return first, {}
    if part.kind == "warmup_cosine":
        first = given["warmup_target"]
    settings = {}
    for name, param in part.by_name.items():
        value = _value(name, given, batches)
        kept = NOTHING if value is None else setting(param, value)
        if kept is not NOTHING and not param.wrong(kept):
            settings[name] = kept
    if not around.printed and any(name.endswith("_epochs") for name in part.by_name):
        said = N_("The steps of {name} are counted in whole epochs here.")
        around.notes.say(made.line, said, name=made.kind)
    return first, {"schedule": part.kind, "schedule_settings": settings}


def _schedule(kind: str, given: dict[str, Any]) -> Schedule | None:
    """Which of ours this is, by Keras' class and what it is given."""
    if kind == "ExponentialDecay":
        return schedules()["step" if given.get("staircase") is True else "exponential"]
    if kind == "CosineDecay":
        warms = given.get("warmup_target") is not None
        return schedules()["warmup_cosine" if warms else "cosine"]
    return None


def _value(name: str, given: dict[str, Any], batches: int) -> Any:
    """The value of a setting; epochs are as many as the steps make."""
    if not name.endswith("_epochs"):
        return given.get(name)
    steps: Any = given.get(name.removesuffix("epochs") + "steps")
    return max(1, round(steps / batches)) if is_number(steps) else None
