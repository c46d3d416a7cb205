"""Two rounds of `fit`, the head alone and then the base too, as one training."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from codegen.read.models import ancestors
from codegen.read.padlocks import is_shut
from codegen.read.values import Model, Pretrained, Round, Standing


def first_round(model: Model) -> Round | None:
    """The first round of a training in two steps: the base is shut in it, and at the
    end it is not; None of any other training."""
    shut = [_all_shut(model, done) for done in model.rounds]
    if len(shut) < 2 or not shut[0] or shut[-1]:
        return None
    return model.rounds[0]


def epochs(model: Model) -> tuple[int, int] | None:
    """How many epochs the shut rounds have, and all rounds; None where that can't be
    known. `initial_epoch` says that the count goes on."""
    total = frozen = 0
    for done in model.rounds:
        given = done.fitted.get("epochs", done.fitted.get("nb_epoch", 1))
        if not isinstance(given, int):
            return None
        total = given if "initial_epoch" in done.fitted else total + given
        if _all_shut(model, done):
            frozen = total
    return frozen, total


def _all_shut(model: Model, done: Round) -> bool:
    standing = [*standings(model)]
    return bool(standing) and all(
        is_shut(done.padlocks.get(s.base, s.base.padlock), s.inside, s.upto)
        for s in standing
    )


def standings(model: Model) -> Iterable[Standing]:
    """The bases in a model."""
    waiting: list[Any] = [model]
    seen: set[Any] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if isinstance(one, Standing):
            yield one
        elif isinstance(one, Model):
            nested = one.nested if isinstance(one, Pretrained) else None
            nodes = ancestors(one.outputs[0]) if one.outputs else []
            graph = [node.layer for node in nodes if node.layer is not None]
            inside = [nested] if nested and one is not model else None
            waiting += inside or one.steps or graph
