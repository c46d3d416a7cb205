"""Studies as the trainer runs them: new runs, hopeless ones stopped, an end."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bricks.errors import ProjectError
from bricks.project import MOST_NAME, Project
from bricks.strictjson import MOST_SAVED
from bricks.variants import Plan, goal, misfit, varied
from bricks.variants.plan import GRID
from bricks.words import N_, Text
from training.ledger import Ledger
from training.rows import ACTIVE, DONE, FAILED, StudyRow
from training.studies import record
from training.studies.trial import HOPELESS, MISFIT, Trial, figure
from training.tables import StoreError, reading, runs, studies, writing

if TYPE_CHECKING:  # it imports Optuna
    from training.studies.search import Search

LOOK_SECONDS = 0.2
"""How often it is looked whether a study needs another run."""
MOST_FAILED = 5
"""Failures in a row after which a study ends."""
MOST_MISFITS = 25
"""Variants that do not hold, chosen in one go: the trainer has other things to do."""

MANY_FAILED = N_("{count} variants in a row failed; the last one: {why}")
NONE_HOLDS = Text(N_("No variant can be built: the tower holds with none of them."))
TIME_IS_UP = N_("Time is up: these variants had {minutes} min to train.")
EVERY_ONE = Text(N_("Every variant was tried."))
UNFORESEEN = Text(N_("These variants can't be tried; the server's log says why."))

log = logging.getLogger(__name__)


@dataclass
class Known:
    """A running study, read once."""

    row: StudyRow
    plan: Plan
    project: Project
    goal: str
    search: Search
    through: bool = False
    """Every variant was chosen; some may still train."""


class Running:
    """The studies that are running, step by step; all that counts is in the record."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.known: dict[str, Known] = {}
        self.members: dict[str, tuple[str, int] | None] = {}
        """The study and the trial's number of each run that trains."""
        self.hopeless: set[str] = set()
        """Runs that were given up, which then need no report."""
        self._look_after = 0.0

    def go_on(self, spare: bool) -> None:
        """Keep a run of each study going; a further one where a slot is to `spare`."""
        if monotonic() < self._look_after:
            return
        self._look_after = monotonic() + LOOK_SECONDS
        with reading(self.ledger.engine) as connection:
            going = record.running(connection)
            active = record.active_runs(connection) if going else {}
        self._forget(going, active)
        for study_id in sorted(going, key=lambda id: active.get(id, 0)):
            if spare or not active.get(study_id):
                spare = False  # it is taken now
                self._safely(study_id, self._top_up, study_id)

    @property
    def busy(self) -> bool:
        """Whether another run may come at any moment."""
        return bool(self.known)

    def epoch(self, run_id: str, figures: dict[str, Any]) -> None:
        """A run has finished an epoch: it may be hopeless, or time may be up."""
        if run_id not in self.members:
            self.members[run_id] = self._member(run_id)
        member = self.members[run_id]
        if member is not None:
            self._safely(member[0], self._epoch, run_id, *member, figures)

    def _member(self, run_id: str) -> tuple[str, int] | None:
        told = select(runs.c.study_id, runs.c.trial).where(runs.c.id == run_id)
        with reading(self.ledger.engine) as connection:
            row = connection.execute(told).first()
        return (row.study_id, row.trial) if row and row.study_id else None

    def _forget(self, going: list[str], active: Any) -> None:
        """What is no longer needed."""
        self.known = {id: known for id, known in self.known.items() if id in going}
        if not active:
            self.members.clear()
            self.hopeless.clear()

    def _safely(self, study_id: str, do: Any, *about: Any) -> None:
        """One study that can't go on ends, and nothing else does."""
        try:
            do(*about)
        except (StoreError, OperationalError):
            raise  # the record can't be written now, which passes
        except ProjectError as error:
            self._end(study_id, FAILED, error.said)
        except Exception:
            log.exception("Study %s can't go on.", study_id)
            self._end(study_id, FAILED, UNFORESEEN)

    def _of(self, study_id: str) -> Known:
        """The study, made known to Optuna from the record where it is not yet."""
        if study_id not in self.known:
            from training.studies.search import Search  # a moment to import

            with reading(self.ledger.engine) as connection:
                row = record.study(connection, studies.c.id == study_id)
                assert row is not None
                project = Project.from_json(row.document, MOST_SAVED)
                plan, aim = Plan.from_json(row.plan), goal(project)
                trials = record.trials(connection, study_id, aim)
                curves = record.curves(connection, study_id, aim)
            search = Search(plan, project, aim, trials, curves)
            self.known[study_id] = Known(row, plan, project, aim, search)
        return self.known[study_id]

    def _top_up(self, study_id: str) -> None:
        known = self._of(study_id)
        trials = self._trials(known)
        known.search.learn(trials)
        ended = _ended(known.plan, trials)
        if ended:
            self._end(study_id, *ended)
            return
        if _enough(known.plan, trials):
            self._finish(study_id, trials)
            return
        said = None if known.plan.method == GRID else EVERY_ONE
        if known.through:
            self._finish(study_id, trials, said)
            return
        first = _last(trials) + 1
        for number in range(first, first + MOST_MISFITS):
            chosen = known.search.next(number)
            if chosen is None:
                known.through = True
                self._finish(study_id, trials, said)
                return
            if self._try(known, number, chosen):
                return

    def _trials(self, known: Known) -> list[Trial]:
        with reading(self.ledger.engine) as connection:
            return record.trials(connection, known.row.id, known.goal)

    def _try(self, known: Known, number: int, chosen: dict[str, Any]) -> bool:
        """Put the variant in the queue; False where its tower does not hold."""
        row = known.row
        try:
            project = varied(known.project, chosen)
            reason = misfit(project)
        except ProjectError as error:
            reason = error.said
        with writing(self.ledger.engine) as connection:
            if row.id not in record.running(connection):
                return True  # it was stopped meanwhile
            if reason:
                record.add_misfit(connection, row.id, number, chosen, reason)
                return False
            named = _named(project, number, known.plan)
            record.add_run(connection, row, number, chosen, named)
            return True

    def _finish(
        self, study_id: str, trials: list[Trial], reason: Text | None = None
    ) -> None:
        """End the study as soon as none of its runs goes on."""
        if any(trial.state in ACTIVE for trial in trials):
            return
        if all(trial.state == MISFIT for trial in trials):
            self._end(study_id, FAILED, NONE_HOLDS)
        else:
            self._end(study_id, DONE, reason)

    def _end(self, study_id: str, state: str, reason: Text | None = None) -> None:
        with writing(self.ledger.engine) as connection:
            record.end(connection, study_id, state, reason)
        self.known.pop(study_id, None)

    def _epoch(
        self, run_id: str, study_id: str, number: int, figures: dict[str, Any]
    ) -> None:
        with reading(self.ledger.engine) as connection:
            if study_id not in record.running(connection):
                return
        known = self._of(study_id)
        reached = figure(figures, known.goal)
        if reached is None or figures["epoch"] >= _epochs(known):
            return
        if known.search.hopeless(number, figures["epoch"], reached):
            self.hopeless.add(run_id)
            self.ledger.stop(run_id, HOPELESS.to_json())
        elif known.plan.minutes is not None:
            ended = _time_is_up(known.plan, self._trials(known))
            if ended:
                self._end(study_id, *ended)


def _epochs(known: Known) -> int:
    return known.plan.epochs or known.project.training.epochs


def _named(project: Project, number: int, plan: Plan) -> Project:
    """The variant under a name of its own, for as many epochs as planned."""
    epochs = plan.epochs or project.training.epochs
    name = f"{project.name[: MOST_NAME - 5]} #{number}"
    return replace(
        project, name=name, training=replace(project.training, epochs=epochs)
    )


def _last(trials: list[Trial]) -> int:
    """The highest number: runs that were deleted meanwhile count, too."""
    return max((trial.number for trial in trials), default=0)


def _enough(plan: Plan, trials: list[Trial]) -> bool:
    """Whether as many variants were chosen as were asked for; those that do not hold
    cost nothing, but there may not be more of them than of others."""
    if plan.method == GRID:
        return False  # it says itself when it is through
    misfits = sum(trial.state == MISFIT for trial in trials)
    return _last(trials) - misfits >= plan.trials or misfits >= plan.trials


def _ended(plan: Plan, trials: list[Trial]) -> tuple[str, Text] | None:
    """The state and the sentence of a study that can't or need not go on."""
    over = [t for t in trials if t.state not in (*ACTIVE, MISFIT)]
    last = over[-MOST_FAILED:]
    if len(last) == MOST_FAILED and all(trial.state == FAILED for trial in last):
        values = {"count": MOST_FAILED, "why": last[-1].reason or UNFORESEEN}
        return FAILED, Text(MANY_FAILED, values)
    return _time_is_up(plan, trials)


def _time_is_up(plan: Plan, trials: list[Trial]) -> tuple[str, Text] | None:
    spent = sum(trial.seconds for trial in trials)
    if plan.minutes is None or spent < 60 * plan.minutes:
        return None
    return DONE, Text(TIME_IS_UP, {"minutes": plan.minutes})
