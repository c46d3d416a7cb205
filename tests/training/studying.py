"""Studies of a small tower, and runs of theirs that reach what a test wants."""

from __future__ import annotations

from bricks.variants import Axis, Plan
from tests.training.workshop import digits
from training.rows import DONE
from training.studies import Studies

TOWER = digits().to_json()
UNITS = Axis("d", "units", (4, 8, 16))
SEEDS = Axis(None, "seed", tuple(range(50)))
PLAN = Plan((UNITS,), "search", 3, 2)


def ask(store, plan=PLAN, owner="ann", key="k", document=TOWER):
    """A study of a new project of theirs."""
    project = store.create_project(owner, "Mine", document)
    return Studies(store).ask(owner, project.id, document, plan, key)


def train(ledger, running, *reached, state=DONE, reason=None):
    """The run that waits trains so far, and ends."""
    run = ledger.take()
    for epoch, value in enumerate(reached, 1):
        figures = {"epoch": epoch, "val_accuracy": value, "seconds": 30.0}
        ledger.epoch(run.id, figures)
        running.epoch(run.id, figures)
    wanted = ledger.run(run.id).wanted
    if wanted:
        ledger.again(run.id)
    else:
        ledger.end(run.id, state, reason.to_json() if reason else None)
    return ledger.run(run.id)
