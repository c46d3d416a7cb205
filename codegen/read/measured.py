"""The loss and the metrics that code compiles with, by the names of ours."""

from __future__ import annotations

from typing import Any

from bricks.brick import Label
from bricks.training.measures import LOSSES, METRICS
from codegen.layer import snake
from codegen.read.values import Made, Name

_ALIASES = {
    "mean_squared_error": "mse",
    "mean_absolute_error": "mae",
    "mean_squared_logarithmic_error": "msle",
    "mean_absolute_percentage_error": "mape",
    "logcosh": "log_cosh",
    "root_mean_squared_error": "rmse",
    "r2_score": "r2",
    "acc": "accuracy",
}
_TOP = ("sparse_top_k_categorical_accuracy", "top_k_categorical_accuracy")


def loss_of(given: Any, label: Label) -> str | None:
    """The loss, where it is another one that the label brick offers."""
    name = name_of(given)
    known = name in LOSSES and name in label.losses and name != label.loss
    return name if known else None


def metrics_of(given: Any, label: Label) -> tuple[str, ...]:
    """The metrics beyond the label brick's own that it offers."""
    items = given if isinstance(given, list | tuple) else [given]
    names = (name_of(item) for item in items)
    return tuple(n for n in names if n in METRICS and n in label.metrics_offered)


def name_of(given: Any) -> str:
    """Our name of what is a text, a class, a function or an object in code."""
    if isinstance(given, Made):
        name = snake(given.kind)
        if name in _TOP:
            k = given.named.get("k", given.args[0] if given.args else 5)
            return f"top_{k}" if isinstance(k, int) else ""
    else:
        name = given.last if isinstance(given, Name) else given
        name = snake(name) if isinstance(name, str) else ""
    name = "top_5" if name in _TOP else name
    return _ALIASES.get(name, name)
