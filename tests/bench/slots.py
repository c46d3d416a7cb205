"""Two runs at once on two slots against one after another, and what a waiting worker
takes of memory.

Both ways take turns; told are medians of the seconds from asking for both runs to the
end of the second, workers warm. Memory: USS is what nobody else has, PSS has its share
of what is shared with the process that all are forked from.
Run with: python -m tests.bench.slots [RECIPE] [--epochs 3] [--rounds 3]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from bricks.project import Project
from bricks.recipes import recipe
from tests.bench.clock import warm
from tests.training.workshop import Workshop
from training.settings import Settings

MB = 1e6


def main() -> None:
    """Two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", nargs="?", default="mnist-mlp")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    project = recipe(given.recipe)
    training = replace(project.training, epochs=given.epochs)
    project = replace(project, training=training)
    _memory()
    taken: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(given.rounds):
        for slots in taken:
            taken[slots].append(_both(project, slots))
    ratio = median(a / b for a, b in zip(taken[1], taken[2], strict=True))
    print(f"two runs of {given.recipe}, {given.epochs} epochs each:")
    print(f"  one after another {median(taken[1]):.1f} s")
    print(f"  at once on two slots {median(taken[2]):.1f} s: x {ratio:.2f}")


@contextmanager
def _workshop(slots: int) -> Iterator[Workshop]:
    with tempfile.TemporaryDirectory() as home:
        settings = replace(
            Settings.from_environment(),
            home=Path(home),
            database=f"sqlite:///{home}/brickyard.db",
            slots=slots,
        )
        workshop = Workshop(settings)
        workshop.longest = 3600.0
        try:
            warm(workshop)
            yield workshop
        finally:
            workshop.close()


def _both(project: Project, slots: int) -> float:
    with _workshop(slots) as workshop:
        began = perf_counter()
        asked = [workshop.ask(project, owner) for owner in ("ann", "bob")]
        for run in asked:
            ended = workshop.finish(run)
            assert ended.state == "done", ended.reason  # else nothing was measured
        return perf_counter() - began


def _memory() -> None:
    """Of two waiting workers, and of the process that they were forked from."""
    with _workshop(2) as workshop:
        workers = [
            psutil.Process(job.process.pid) for job in workshop.trainer.engine.jobs
        ]
        server = workers[0].parent()
        assert server is not None
        rows = [("a waiting worker", one) for one in workers]
        for name, process in [*rows, ("the forkserver", server)]:
            told = process.memory_full_info()
            sizes = f"USS {told.uss / MB:,.0f} MB, PSS {told.pss / MB:,.0f} MB"
            print(f"{name}: {sizes}, RSS {told.rss / MB:,.0f} MB", flush=True)


if __name__ == "__main__":
    main()
