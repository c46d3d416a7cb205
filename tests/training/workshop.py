"""A small tower on Digits, and a trainer that a test takes step by step."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from training import runs
from training.engines.local import LocalEngine, prepare_environment
from training.ledger import Ledger
from training.rows import ACTIVE, RunRow
from training.settings import Settings
from training.store import Store
from training.trainer import Trainer

LONGEST = 180.0  # seconds; only a test that fails waits for so long


def digits(epochs: int = 3, batch_size: int = 64, seed: int = 42) -> Project:
    """A tower that learns Digits within a second or two."""
    tower = Tower(
        Placed("Digits", id="data"),
        (
            Placed("Flatten", id="f"),
            Placed("Dense", {"units": 32, "activation": "relu"}, id="d"),
            Placed("Dropout", {"rate": 0.2}, id="o"),
            Placed("Dense", {"units": 10, "activation": "softmax"}, id="a"),
        ),
    )
    return Project(
        "Small", tower, Training(epochs=epochs, batch_size=batch_size, seed=seed)
    )


class Workshop:
    """A trainer in this process, and what a test asks of it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.longest = LONGEST
        self.store = Store(settings.database)
        self.ledger = Ledger(settings.database)
        self.environ = dict(os.environ)
        prepare_environment(settings)
        self.trainer = Trainer(settings, self.ledger, LocalEngine(settings))

    def ask(self, project: Project, owner: str = "ann", script: str = "") -> RunRow:
        """A run of the project, or of `script` under the project's name."""
        document = project.to_json()
        row = self.store.create_project(owner, project.name, document)
        run = self.store.ask_run(owner, row.id, document, row.id)
        if script:
            where = runs.folder(self.settings, run.id)
            where.mkdir(parents=True)
            (where / runs.SCRIPT).write_text(script)
        return run

    def see(self, run: RunRow) -> RunRow:
        """The run as it is on record now."""
        row = self.ledger.run(run.id)
        assert row is not None
        return row

    def work_until(self, happened: Callable[[], object]) -> None:
        """Take the trainer's steps until it has happened."""
        deadline = time.monotonic() + self.longest
        while not happened():
            assert time.monotonic() < deadline, "it never happened"
            self.trainer.step()

    def finish(self, run: RunRow) -> RunRow:
        """The run when it has ended and its process is gone."""
        self.work_until(lambda: self.see(run).state not in ACTIVE)
        engine = self.trainer.engine
        self.work_until(lambda: all(job.run_id != run.id for job in engine.jobs))
        return self.see(run)

    def work_into_epoch(self, run: RunRow, epoch: int) -> RunRow:
        """Until the run is in the middle of this epoch (from 1)."""
        self.work_until(lambda: self.see(run).progress.get("epoch", 0) >= epoch)
        return self.see(run)

    def close(self) -> None:
        """Kill what runs, and leave the environment as it was."""
        os.environ.clear()
        os.environ.update(self.environ)
        self.trainer.answers.close()
        self.trainer.measures.close()
        self.trainer.exports.close()
        self.trainer.bases.close()
        self.trainer.viewers.close()
        self.trainer.engine.close()
        self.store.close()
        self.ledger.close()
