"""`python -m training try`: variants of a project, from a terminal."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from secrets import token_hex
from typing import Any

from bricks.errors import ProjectError
from bricks.naming import told
from bricks.project import Project, tupled
from bricks.recipes import read
from bricks.variants import Axis, Plan, offered, parameter, split, value
from bricks.variants.plan import GRID, SEARCH
from bricks.variants.suggestions import span
from bricks.words import N_, Text
from training.imagenet import UNTRAINED, asks
from training.launch import ensure_trainer
from training.own import is_own
from training.rows import ACTIVE, FAILED, RUNNING
from training.settings import Settings
from training.store import Store
from training.studies import Studies, Trial

OWNER = "terminal"
"""Nobody's on the page: people are named by a digest there."""
LOOK_SECONDS = 0.5
NOT_OWN = N_("Variants of a tower on your own data are tried on the page.")
NO_AXIS = N_(
    "--vary needs a name and values, such as b6.units=64,128 or "
    "training.learning_rate=0.0001..0.1, but it is {value}."
)


def offers(file: str) -> int:
    """Print what of a project can be varied, and values worth trying."""
    for offer in offered(read(file)):
        if not offer.param.more:
            worth = ",".join(str(told(value)) for value in offer.values)
            print(f"{offer.key + '=' + worth:<52} {offer.title}")
    return 0


def run(
    settings: Settings,
    file: str,
    varied: Sequence[str],
    search: int | None,
    epochs: int | None,
    minutes: int | None,
) -> int:
    """Try the variants and print each as it ends; 0 when the study is through."""
    project = read(file)
    if is_own(project.tower.data):
        raise ProjectError(Text(NOT_OWN))
    if asks(project.tower.data):
        raise ProjectError(UNTRAINED)
    axes = tuple(axis(project, one) for one in varied)
    plan = Plan(axes, SEARCH if search else GRID, epochs=epochs, minutes=minutes)
    plan = replace(plan, trials=search) if search else plan
    store = Store(settings.database)
    try:
        return _try(settings, store, project, plan)
    finally:
        store.close()


def axis(project: Project, written: str) -> Axis:
    """The axis of `NAME=VALUE,VALUE...` or `NAME=LOW..HIGH`.

    >>> axis(read("mnist-mlp"), "training.learning_rate=0.001..0.1").log
    True
    """
    key, equals, after = written.partition("=")
    brick, name = split(key.strip())
    low, dots, high = after.partition("..")
    ends = (_value(low), _value(high))
    if not equals or not name or not after.strip():
        raise ProjectError(Text(NO_AXIS, {"value": written}))
    if not dots:
        return Axis(brick, name, tuple(map(_value, after.split(","))))
    if not all(isinstance(end, int | float) for end in ends):
        raise ProjectError(Text(NO_AXIS, {"value": written}))
    param = parameter(project, brick, name)
    usual = span(param, value(project, brick, name)) if param else None
    return Axis(brick, name, (), *ends, log=usual is not None and usual[2])


def _value(word: str) -> Any:
    """A number, yes or no, a pair such as [3, 5], or else the word itself."""
    word = word.strip()
    if word in ("none", ""):
        return None
    try:
        return tupled(json.loads(word))
    except ValueError:
        return word


def _try(settings: Settings, store: Store, project: Project, plan: Plan) -> int:
    document, studies = project.to_json(), Studies(store)
    row = store.create_project(OWNER, project.name, document)
    study = studies.ask(OWNER, row.id, document, plan, token_hex(16))
    ensure_trainer(settings)
    print(f"{project.name}: at most {plan.count} variants; Ctrl+C stops them all")
    try:
        _follow(studies, study.id)
    except KeyboardInterrupt:
        studies.stop(OWNER, study.id)
        print()
    ended, best = studies.study(OWNER, study.id), studies.best(OWNER, study.id)
    assert ended is not None
    if ended.reason:
        print(Text.from_json(ended.reason), file=sys.stderr)
    if best is not None:
        print(f"best: {_line(best)}")
    return 1 if ended.state == FAILED else 0


def _follow(studies: Studies, id: str) -> None:
    """Print each trial when it has ended, until the study has."""
    printed: set[int] = set()
    going = True
    while going:
        row = studies.study(OWNER, id)
        going = row is not None and row.state == RUNNING
        for trial in studies.trials(OWNER, id):
            if trial.state not in ACTIVE and trial.number not in printed:
                printed.add(trial.number)
                print(_line(trial), flush=True)
        if going:
            time.sleep(LOOK_SECONDS)


def _line(trial: Trial) -> str:
    chosen = "  ".join(f"{key}={told(value)}" for key, value in trial.chosen.items())
    reached = "" if trial.value is None else f"{trial.value:.4f}"
    return f"#{trial.number:<4}{trial.state:<9}{reached:>8}  {chosen}"
