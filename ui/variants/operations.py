"""What the Variants view sends: plans, studies, and which variant is taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.variants import Plan, varied
from bricks.words import Text
from training.store import Refused
from training.studies import Studies

Operation = dict[str, Any]
OPERATIONS = (
    "plan_variants",
    "ask_variants",
    "open_study",
    "stop_study",
    "delete_study",
    "restore_study",
    "take_variant",
)
MOST_KEY = 40


@dataclass
class Varying:
    """What a person tries and looks at in Variants, while the page is open."""

    plan: Plan | None = None
    """What is going to be tried, while it is being chosen."""
    refused: Text | None = None
    """Why there is no such plan."""
    shown: str | None = None
    """The study that is looked at; "" for a new plan, None for the newest study."""
    deleted: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Bench:
    """Whose studies, of which project, and how that is on the desk now."""

    studies: Studies
    owner: str
    id: str
    project: Project
    hindrance: Text | None = None
    """Why nothing can be trained now."""


def apply(varying: Varying, op: Operation, bench: Bench) -> Project | None:
    """Do one operation; the project as it is then, where a variant was taken.

    What can't be read changes nothing. Raises `Refused` with one sentence for what may
    not be done now.
    """
    kind, study = op.get("op"), str(op.get("study"))
    studies, owner = bench.studies, bench.owner
    if kind == "plan_variants":
        _plan(varying, op.get("plan"))
    elif kind == "ask_variants":
        _ask(varying, op, bench)
    elif kind == "open_study":
        varying.shown = study if op.get("study") else ""
    elif kind == "stop_study":
        studies.stop(owner, study)
    elif kind == "delete_study" and studies.delete(owner, study):
        varying.deleted.append(study)
        varying.shown = None
    elif kind == "restore_study" and varying.deleted:
        varying.shown = varying.deleted.pop()
        studies.restore(owner, varying.shown)
    elif kind == "take_variant":
        return _taken(op, bench)
    return None


def _plan(varying: Varying, data: Any) -> None:
    try:
        varying.plan, varying.refused = Plan.from_json(data), None
    except ProjectError as error:
        varying.plan, varying.refused = None, error.said


def _ask(varying: Varying, op: Operation, bench: Bench) -> None:
    """Have it tried; the same key, from a double click, is the same study."""
    if bench.hindrance:
        raise Refused(bench.hindrance)
    key = str(op.get("key"))[:MOST_KEY]
    document = bench.project.to_json()
    try:
        plan = Plan.from_json(op.get("plan"))
        row = bench.studies.ask(bench.owner, bench.id, document, plan, key)
    except ProjectError as error:
        raise Refused(error.said) from None
    varying.shown, varying.plan = row.id, plan


def _taken(op: Operation, bench: Bench) -> Project | None:
    """The project with the settings of a trial."""
    trials = bench.studies.trials(bench.owner, str(op.get("study")))
    chosen = next((t.chosen for t in trials if t.number == op.get("trial")), None)
    if chosen is None:
        return None
    try:
        return varied(bench.project, chosen)
    except ProjectError as error:
        raise Refused(error.said) from None
