"""What the tests of tracking share: where a run ended up, and patience."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.training.workshop import digits
from training import runs
from training.ledger import Ledger
from training.messages import Done, Epoch, Started
from training.rows import DONE, RunRow
from training.settings import Settings
from training.store import Store
from training.tracking.tracker import Tracker

LONGEST = 300.0  # seconds; on a busy machine MLflow takes a minute to import


@contextmanager
def tracking(settings: Settings) -> Iterator[Tracker]:
    """A tracker, with its program, until the end of the block."""
    tracker = Tracker(settings)
    try:
        yield tracker
    finally:
        tracker.close()


def wait_for(seen: Callable[[], Any]) -> Any:
    """What is seen once it is there."""
    deadline = time.monotonic() + LONGEST
    while not (found := seen()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
    return found


class Recorded:
    """A run that is on record, though no process trained it."""

    def __init__(self, settings: Settings, owner: str = "ann", key: str = "k") -> None:
        self.settings = settings
        self.ledger = Ledger(settings.database)
        store = Store(settings.database)
        document = digits().to_json()
        project = store.create_project(owner, "Small", document)
        self.id = store.ask_run(owner, project.id, document, key).id
        store.close()
        self.ledger.take()
        where = runs.folder(settings, self.id)
        where.mkdir(parents=True)
        (where / runs.SCRIPT).write_text("EPOCHS = 3\n")

    @property
    def row(self) -> RunRow:
        """As it is on record now."""
        row = self.ledger.run(self.id)
        assert row is not None
        return row

    def train(self, tracker: Tracker, *epochs: int) -> None:
        """Put epochs on record, and tell of each as the trainer does."""
        tracker.hear(self.id, Started("CPU"))
        for epoch in epochs:
            figures = {"epoch": epoch, "loss": 1 / epoch, "seconds": 0.5}
            self.ledger.epoch(self.id, figures)
            tracker.hear(self.id, Epoch(figures))

    def end(self, tracker: Tracker) -> None:
        """It is done."""
        report = '{"test": {"loss": 0.25, "note": "none"}, "mistakes": []}'
        (runs.folder(self.settings, self.id) / runs.REPORT).write_text(report)
        self.ledger.end(self.id, DONE)
        tracker.hear(self.id, Done())
