"""What the panel of results is told with the page: which runs, and their words."""

from __future__ import annotations

from typing import Any

from bricks.training.measures import METRICS
from explain.answers import BEST
from training import judged, runs
from training.rows import ACTIVE, RunRow
from ui.board import VERSION
from ui.compare.listing import facts
from ui.data.operations import bound
from ui.desk import Desk, settings, store
from ui.looking.runs import run_json
from ui.training.words import figure_name
from ui.views import tested
from ui.words import translator
from uploads import binding
from uploads.dataset import PICTURES

MOST_LISTED = 200


def judged_runs(desk: Desk) -> list[RunRow]:
    """Those that have ended and can be tested, the newest first. Variants that were
    tried are looked at in Variants, unless there is nothing else."""
    ended = [
        run
        for run in store().listed_runs(desk.owner, desk.id)
        if run.state not in ACTIVE and _is_tested(run)
    ]
    own = [run for run in ended if run.study_id is None]
    return (own or ended)[:MOST_LISTED]


def _is_tested(run: RunRow) -> bool:
    """Whether there are weights to test, or at least a report of a test."""
    where = runs.folder(settings(), run.id)
    kept = judged.weights_of(where, BEST) is not None
    return kept or (where / runs.REPORT).is_file()


def chosen_run(desk: Desk, listed: list[RunRow]) -> RunRow | None:
    """The one that is looked at, the newest to begin with, with its document."""
    named = (run for run in listed if run.id == desk.judged.run)
    run = next(named, listed[0] if listed else None)
    return store().run(desk.owner, run.id) if run else None


def results_json(
    desk: Desk, listed: list[RunRow], run: RunRow, changed: bool, lang: str
) -> dict[str, Any]:
    """What the panel needs; `changed` says that the tower is another one now."""
    tell = translator(lang)
    return {
        "panel": "results",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "runs": [row_json(one) for one in listed],
        "run": run.id,
        "which": desk.judged.which if run.id == desk.judged.run else BEST,
        "changed": changed,
        "unit": tested.unit(tested.ground(run)),
        "titles": {name: figure_name(name, tell) for name in ("loss", *METRICS)},
        "shares": [name for name, metric in METRICS.items() if metric.share],
        "own": own_json(desk, run),
    }


def row_json(run: RunRow) -> dict[str, Any]:
    """A run to choose from, with what came of it."""
    came = facts(run).outcome
    return run_json(run) | {
        "epochs": run.epochs,
        "best": came.best_epoch,
        "test": dict(came.test),
        "seconds": came.seconds,
    }


def own_json(desk: Desk, run: RunRow) -> dict[str, Any] | None:
    """What is needed to put the label of a picture right: None where the tower does not
    stand on the pictures that the run was tested on."""
    placed, trained = desk.project.tower.data, tested.ground(run)
    id = bound(placed)
    if trained is None or not id or bound(trained) != id:
        return None
    dataset = desk.shelf.get(id)
    if dataset is None or dataset.kind != PICTURES:
        return None
    full = binding.full(placed)
    return {
        "dataset": id,
        "found": list(dataset.names),
        "names": list(full["names"]),
        "folders": [list(pair) for pair in full["folders"]],
        "changes": [list(pair) for pair in full["changes"]],
    }
