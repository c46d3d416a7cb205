"""What came of a run, in the few figures by which runs are compared."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bricks.words import N_, Text


@dataclass(frozen=True)
class Outcome:
    """The best figures on validation, and those of the test; None where there are none.

    `best_epoch` is that of the best accuracy, or else of the least loss.
    """

    accuracy: float | None = None
    loss: float | None = None
    mae: float | None = None
    best_epoch: int | None = None
    test: Mapping[str, float] = field(default_factory=dict)
    seconds: float | None = None
    """Of training alone."""

    @property
    def rank(self) -> tuple[int, float] | None:
        """By which the better of two runs on the same data comes first."""
        if self.accuracy is not None:
            return 0, -self.accuracy
        if self.mae is not None:
            return 1, self.mae
        return None if self.loss is None else (2, self.loss)


def outcome(epochs: Sequence[Mapping[str, Any]], report: Mapping[str, Any]) -> Outcome:
    """Of a run's finished epochs, and of its report where there is one."""
    accuracy, right = _best(epochs, "val_accuracy", max)
    loss, least = _best(epochs, "val_loss", min)
    mae, nearest = _best(epochs, "val_mae", min)
    test = report.get("test", {})
    return Outcome(
        accuracy,
        loss,
        mae,
        right or nearest or least,
        {name: value for name, value in test.items() if _is_figure(value)},
        sum(epoch.get("seconds", 0.0) for epoch in epochs) if epochs else None,
    )


def _best(
    epochs: Sequence[Mapping[str, Any]], name: str, choose: Any
) -> tuple[float | None, int | None]:
    """The best value of a figure, and the first epoch that had it."""
    known = [(e[name], e["epoch"]) for e in epochs if _is_figure(e.get(name))]
    if not known:
        return None, None
    best = choose(value for value, _ in known)
    return best, next(epoch for value, epoch in known if value == best)


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def best(outcomes: Iterable[tuple[str, Outcome]]) -> str | None:
    """The id of the best of some runs on the same data."""
    ranked = [(one.rank, id) for id, one in outcomes if one.rank is not None]
    return min(ranked, key=lambda row: row[0])[1] if ranked else None


def summary(first: Outcome, second: Outcome, examples: int = 0) -> list[Text]:
    """How the second run did against the first: "validation accuracy +0.8 points".

    Where there are so many validation `examples`, a difference of accuracies that two
    runs of one tower could have as well is said to be no more than that.
    """
    told = [
        _points(N_("validation accuracy {change} points"), first, second, "accuracy"),
        _points(N_("validation error {change}"), first, second, "mae"),
        _points(N_("validation loss {change}"), first, second, "loss"),
    ]
    was, now = first.test.get("accuracy"), second.test.get("accuracy")
    if was is not None and now is not None:
        values = {"change": _signed(100 * (now - was), ".1f")}
        told.append(Text(N_("test accuracy {change} points"), values))
    told.append(_time(first, second))
    if within_chance(first.accuracy, second.accuracy, examples):
        said = N_("on {count} validation examples, chance alone may do as much")
        told.append(Text(said, {"count": f"{examples:,}"}))
    return [text for text in told if text is not None]


def _points(said: str, first: Outcome, second: Outcome, name: str) -> Text | None:
    was, now = getattr(first, name), getattr(second, name)
    if was is None or now is None:
        return None
    points = name == "accuracy"
    change = 100 * (now - was) if points else now - was
    return Text(said, {"change": _signed(change, ".1f" if points else ".2g")})


def _signed(value: float, form: str) -> str:
    """
    >>> _signed(0.84, ".1f"), _signed(-0.0123, ".2g"), _signed(0.01, ".1f")
    ('+0.8', '−0.012', '±0.0')
    """
    told = format(abs(value), form)
    sign = "±" if float(told) == 0 else "+" if value > 0 else "−"
    return sign + told


def _time(first: Outcome, second: Outcome) -> Text | None:
    if not first.seconds or not second.seconds:
        return None
    times = f"{second.seconds / first.seconds:.2g}"
    return Text(N_("{times} × the training time"), {"times": times})


def within_chance(was: float | None, now: float | None, examples: int) -> bool:
    """Whether two shares of so many examples each lie within two standard errors.

    >>> within_chance(0.90, 0.91, 360), within_chance(0.90, 0.99, 360)
    (True, False)
    """
    if was is None or now is None or not examples or was == now:
        return False
    spread = math.sqrt((was * (1 - was) + now * (1 - now)) / examples)
    return abs(now - was) < 2 * spread
