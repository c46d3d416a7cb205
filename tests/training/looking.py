"""A trainer at work beside a test, which looks into what it trained."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from bricks.project import Project
from tests.training.workshop import Workshop
from training import runs, viewing
from training.rows import RunRow
from training.settings import Settings
from training.viewing import Told


class Observatory:
    """A home with trained runs; the trainer's steps are taken in a thread."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home, f"sqlite:///{home}/brickyard.db")
        self.workshop = Workshop(self.settings)

    def train(self, project: Project, owner: str = "ann") -> RunRow:
        """Train the project to its end."""
        return self.workshop.finish(self.workshop.ask(project, owner))

    def folder(self, run: RunRow) -> Path:
        return runs.folder(self.settings, run.id)

    def ask(self, what: str, run: RunRow, **more: Any) -> list[Told]:
        """All that the viewer tells."""
        arrays: dict[str, np.ndarray] = more.pop("arrays", {})
        question = {"what": what, "folder": str(self.folder(run)), **more}
        with viewing.ask(self.settings, question, arrays) as asked:
            return list(asked)

    def last(self, what: str, run: RunRow, **more: Any) -> Told:
        """The last that it tells."""
        return self.ask(what, run, **more)[-1]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The trainer takes its steps meanwhile."""
        over = threading.Event()

        def steps() -> None:
            while not over.is_set():
                self.workshop.trainer.step()

        thread = threading.Thread(target=steps)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def close(self) -> None:
        self.workshop.close()


@contextmanager
def trained(home: Path, project: Project) -> Iterator[tuple[Observatory, RunRow]]:
    """An observatory at work, and the run of this project in it."""
    made = Observatory(home)
    try:
        run = made.train(project)
        with made.at_work():
            yield made, run
    finally:
        made.close()
