"""Values worth trying in place of what a setting is now."""

from __future__ import annotations

from typing import Any

from bricks.padlock import Padlock
from bricks.param import Choice, Flag, OneOf, Pair, Param, Real, Whole
from bricks.tuples import Penalty, Range

Range3 = tuple[float, float, bool]
MOST_CHOICES = 6
VALUES: dict[str, tuple[Any, ...]] = {
    "rate": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
    "dropout": (0.0, 0.1, 0.2, 0.3),
    "recurrent_dropout": (0.0, 0.1, 0.2, 0.3),
    "stddev": (0.0, 0.05, 0.1, 0.2),
    "kernel_size": (3, 5, 7),
    "pool_size": (2, 3),
    "strides": (1, 2),
    "dilation_rate": (1, 2),
    "activation": ("relu", "gelu", "tanh", "elu"),
    "function": ("relu", "gelu", "tanh", "elu"),
    "optimizer": ("sgd", "rmsprop", "adam", "adamw"),
    "momentum": (0.0, 0.5, 0.9, 0.99),
    "rho": (0.9, 0.95, 0.99),
    "beta_1": (0.8, 0.9, 0.95),
    "beta_2": (0.99, 0.999, 0.9999),
    "weight_decay": (0.0001, 0.001, 0.01),
    "clipnorm": (None, 0.5, 1.0, 5.0),
    "epsilon": (1e-8, 1e-7, 1e-5, 1e-3),
    "decay_rate": (0.3, 0.5, 0.9),
    "alpha": (0.0, 0.01, 0.1),
    "precision": ("float32", "mixed_bfloat16"),
}
"""By the setting's name."""
RANGES: dict[str, Range3] = {
    "rate": (0.0, 0.5, False),
    "dropout": (0.0, 0.5, False),
    "recurrent_dropout": (0.0, 0.5, False),
    "stddev": (0.0, 0.5, False),
    "momentum": (0.0, 0.99, False),
    "beta_1": (0.5, 0.99, False),
    "beta_2": (0.9, 0.9999, False),
    "rho": (0.8, 0.99, False),
    "weight_decay": (0.00001, 0.1, True),
    "epsilon": (1e-9, 0.01, True),
    "decay_rate": (0.1, 0.99, False),
    "alpha": (0.0, 0.2, False),
}
"""From, to, and whether each power of ten counts alike."""
PENALTIES = (None, ("l2", 0.0001), ("l2", 0.001), ("l2", 0.01))


def values(param: Param, now: Any) -> tuple[Any, ...]:
    """A few values, what it is now among them; none where nothing can be advised."""
    allowed = [v for v in (now, *_values(param, now)) if param.wrong(v) is None]
    return tuple(sorted(dict.fromkeys(allowed), key=_order))


def span(param: Param, now: Any) -> Range3 | None:
    """A range worth searching, or None where it is no number."""
    if isinstance(param, Pair) or not isinstance(param, Whole | Real):
        return None
    if param.name in RANGES:
        low, high, log = RANGES[param.name]
        return max(low, param.least), min(high, param.most), log
    if not isinstance(now, int | float) or now <= 0 or param.name == "seed":
        return None
    if param.name == "learning_rate":
        return max(param.least, 1e-5), min(param.most, 0.1), True
    if param.name == "fine_tuning_rate":
        return 1e-6, 1e-3, True
    if not isinstance(param, Whole):
        return None
    if param.name == "repeat":
        return 1, min(param.most, now + 3), False
    low, high = max(param.least, now // 4, 1), min(param.most, now * 4)
    return (low, high, True) if low < high else None


def _values(param: Param, now: Any) -> tuple[Any, ...]:
    if isinstance(param, OneOf):
        return param.choices
    if param.name in VALUES:
        return VALUES[param.name]
    if isinstance(param, Flag | Padlock):
        return (False, True)
    if isinstance(param, Choice):
        return param.choices[:MOST_CHOICES]
    if isinstance(param, Penalty):
        return PENALTIES
    return _numbers(param, now) if isinstance(now, int | float) else ()


def _numbers(param: Param, now: float) -> tuple[Any, ...]:
    """Smaller and larger ones."""
    if param.name == "seed":
        return tuple(now + further for further in range(1, 5))
    if param.name == "repeat":
        return (now - 1, now + 1)
    if param.name in ("learning_rate", "fine_tuning_rate"):
        return tuple(float(f"{now * times:.1g}") for times in (0.1, 0.3, 3, 10))
    if isinstance(param, Whole):
        return (now // 2, now * 2) if now else ()
    if isinstance(param, Range):
        return (0.0, now / 2, param.clamped(now * 2))
    return ()


def _order(value: Any) -> tuple[int, Any]:
    """None first, numbers by size, words as they came."""
    if value is None:
        return 0, 0
    if isinstance(value, str | bool | tuple):
        return 2, 0
    return 1, value
