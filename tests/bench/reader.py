"""Looks at runs from outside: what was told must stay, what is kept must be whole."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from tests.bench.tally import Tally
from training.store import Store

READ_SECONDS = 0.05


class Reader(threading.Thread):
    """A page that looks all the time: what it has seen once must stay as it was."""

    def __init__(self, store: Store, tally: Tally) -> None:
        super().__init__(daemon=True)
        self.store, self.tally = store, tally
        self.watched: list[str] = []
        self.seen: dict[str, dict[int, str]] = {}
        self.ended = threading.Event()

    def run(self) -> None:
        """Look at every run that is not over."""
        while not self.ended.wait(READ_SECONDS):
            for run_id in list(self.watched):
                self.look(run_id)

    def look(self, run_id: str) -> None:
        """Compare a run's epochs with those that were there before."""
        there = {
            row["epoch"]: json.dumps(row, sort_keys=True)
            for row in self.store.epochs(run_id)
        }
        for epoch, figures in self.seen.get(run_id, {}).items():
            if there.get(epoch) != figures:
                now = "other figures" if epoch in there else "gone"
                self.tally.lost_rows.append(f"epoch {epoch} of {run_id}: {now}")
        self.seen[run_id] = there


def half_written(folder: Path) -> list[Path]:
    """Files that are not yet what they will be."""
    try:
        return [path for path in folder.iterdir() if ".new" in path.name]
    except OSError:
        return []


def kept_epochs(folder: Path, tally: Tally) -> int:
    """The epochs of the newest checkpoint; each of them must be readable."""
    from training.worker import checkpoint

    for path in folder.glob("[0-9]*"):
        whole = path.read_bytes()
        if whole[: checkpoint.SUM] != checkpoint._sum(whole[checkpoint.SUM :]):
            tally.unreadable.append(str(path))
    loaded = checkpoint.load(folder)
    return len(loaded[1].figures) if loaded else 0
