"""Numbers of half the size: where a script switches to them, and what stays whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bricks.brick import Container
from bricks.catalog import catalog
from bricks.literal import literal
from bricks.walk import Stage

WHOLE = 'dtype="float32"'
"""The argument of a layer that computes with numbers of the whole size."""


def switched(precision: str, model: list[str]) -> list[str]:
    """The lines of `build_model` that make and return the model, as many as they were
    and then those that take the policy back, so that it is no other model's."""
    if precision == "float32":
        return model
    at = next(n for n, line in enumerate(model) if line.startswith("    return "))
    made = model[at].replace("    return ", "    model = ", 1)
    return [*model[:at], made, *model[at + 1 :], *_back()]


def policy(precision: str, why: str | None = None) -> list[str]:
    """The lines that switch to a precision and say `why`, none where nothing is to be
    done."""
    if precision == "float32":
        return []
    told = [f"    {why}"] if why else []
    return [*told, f"    keras.config.set_dtype_policy({literal(precision)})"]


def halved(precision: str, lines: list[str]) -> list[str]:
    """Lines that run under the policy, which is taken back behind them."""
    if precision == "float32":
        return lines
    return [*policy(precision), *lines, *_back()[:1]]


def _back() -> list[str]:
    return ['    keras.config.set_dtype_policy("float32")', "    return model"]


def whole(precision: str, layers: Iterable[Stage]) -> frozenset[str]:
    """The bricks whose numbers stay whole: from the last function of the tower up."""
    if precision == "float32":
        return frozenset()
    return frozenset(_top([*layers]))


def _top(layers: list[Stage]) -> Iterator[str]:
    for stage in reversed(layers):
        brick = catalog().get(stage.placed.kind)
        if brick is None or isinstance(brick, Container):
            return
        yield stage.placed.id
        if stage.placed.kind == "Dense" or brick.ends_with(stage.placed.settings):
            return
