"""The runs that can be compared, each with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.project import Project
from training import judged
from training.comparison import difference
from training.outcome import Outcome, best, outcome
from training.rows import RunRow
from training.runs import folder
from ui.board import VERSION
from ui.compare.operations import MOST_CHOSEN
from ui.desk import MOST_SAVED, Desk, settings, store
from ui.words import translator

MOST_LISTED = 500
MOST_TOLD = 2  # changes in one line
LETTERS = "ABCDEFGH"
assert len(LETTERS) == MOST_CHOSEN


@dataclass(frozen=True)
class Facts:
    """What a run's project and figures say; `project` is None where it is damaged."""

    project: Project | None
    outcome: Outcome

    @property
    def data(self) -> str:
        """What its data are called."""
        if self.project is None:
            return "?"
        data = self.project.tower.data
        return str(data.settings.get("title") or data.kind)

    @property
    def examples(self) -> int:
        """How many examples it was validated with."""
        data = data_brick(self.project.tower.data.kind) if self.project else None
        if self.project is None or data is None:
            return 0
        return data.split(data.full(self.project.tower.data.settings))[1]


def facts(run: RunRow) -> Facts:
    """Kept for as long as nothing more can have come of the run."""
    return _facts(run.owner, run.id, run.epoch, run.state)


@lru_cache(maxsize=2_000)
def _facts(owner: str, id: str, epoch: int, state: str) -> Facts:
    report = judged.report(folder(settings(), id)) or {}
    return Facts(_project(owner, id), outcome(store().epochs(id), report))


@lru_cache(maxsize=2_000)
def _project(owner: str, id: str) -> Project | None:
    run = store().run(owner, id)
    try:
        return Project.from_json(run.document if run else "", MOST_SAVED)
    except ProjectError:
        return None


@lru_cache(maxsize=4_000)
def _since(owner: str, id: str, before: str, lang: str, most: int) -> str:
    """What was changed since the run before; of many changes the first are told."""
    first, second = _project(owner, before), _project(owner, id)
    if first is None or second is None:
        return ""
    told = [change.said.told(translator(lang)) for change in difference(first, second)]
    more = f" (+{len(told) - most})" if len(told) > most else ""
    return ", ".join(told[:most]) + more


def changed(runs: list[RunRow], lang: str, most: int = MOST_TOLD) -> dict[str, str]:
    """What was changed for each run since the one before of the same tower."""
    latest: dict[str, RunRow] = {}
    said: dict[str, str] = {}
    for run in reversed(runs):
        before = latest.get(run.project_id)
        if before is not None:
            said[run.id] = _since(run.owner, run.id, before.id, lang, most)
        latest[run.project_id] = run
    return said


def listed(desk: Desk) -> list[RunRow]:
    """The runs of this tower, or of all of this person's, the newest first."""
    where = None if desk.compared.everywhere else desk.id
    return store().listed_runs(desk.owner, where)[:MOST_LISTED]


def best_run(desk: Desk, runs: list[RunRow]) -> str | None:
    """The best of the runs on the data that the desk's tower stands on, which alone can
    be compared; where there are none, on those of the newest run."""
    data = Facts(desk.project, Outcome()).data
    known = {run.id: facts(run) for run in runs}
    if all(one.data != data for one in known.values()) and runs:
        data = known[runs[0].id].data
    return best((id, f.outcome) for id, f in known.items() if f.data == data)


def chosen_runs(desk: Desk, runs: list[RunRow], top: str | None) -> list[RunRow]:
    """Those that are compared, the oldest first; to begin with the best and the newest
    other one that has figures."""
    ids = desk.compared.chosen
    if ids is None:
        trained = [run.id for run in runs if run.epoch and run.id != top]
        ids = [top, *trained[:1]] if top else []
    return [run for run in reversed(runs) if run.id in ids][:MOST_CHOSEN]


def table_json(
    desk: Desk, lang: str, runs: list[RunRow], chosen: list[RunRow], top: str | None
) -> dict[str, Any]:
    """What the table needs."""
    said = changed(runs, lang)
    letters = {run.id: letter for run, letter in zip(chosen, LETTERS, strict=False)}
    return {
        "panel": "runs",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "everywhere": desk.compared.everywhere,
        "most": MOST_CHOSEN,
        "deleted": len(desk.compared.deleted[-1]) if desk.compared.deleted else 0,
        "rows": [
            row_json(run, letters.get(run.id), run.id == top)
            | {"told": said.get(run.id, "")}
            for run in runs
        ],
    }


def row_json(run: RunRow, letter: str | None, top: bool) -> dict[str, Any]:
    """A run as a row; times are in milliseconds since 1970."""
    known = facts(run)
    came = known.outcome
    return {
        "id": run.id,
        "name": run.name,
        "when": round(1000 * run.asked),  # as on Train
        "state": run.state,
        "epoch": run.epoch,
        "epochs": run.epochs,
        "accuracy": came.accuracy,
        "loss": came.loss,
        "mae": came.mae,
        "test": dict(came.test),
        "seconds": came.seconds,
        "data": known.data,
        "star": run.starred,
        "note": run.note,
        "best": top,
        "letter": letter,
    }
