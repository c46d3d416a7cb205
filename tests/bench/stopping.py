"""From the press of Stop to the run's end on record, and to the end of its process.

At every stage at which a run may be, with a script that stays there and listens to
nobody; then in the middle of an epoch of real recipes. The process of a stopped run
stays for its report. Run with: python -m tests.bench.stopping [RECIPE ...]
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import psutil

from bricks.project import Project
from bricks.recipes import recipe
from tests.training.stages import STAGES, staying
from tests.training.workshop import Workshop, digits
from training.rows import ACTIVE, RunRow
from training.settings import Settings

TIMES = 3


def main(names: list[str]) -> None:
    """A table of the longest and the shortest of some times."""
    print(f"{'stage':<34}{'on record':>20}{'process gone':>20}")
    with tempfile.TemporaryDirectory() as home:
        workshop = _workshop(Path(home))
        try:
            for stage in STAGES:
                _say(stage, [_at(workshop, stage, Path(home)) for _ in range(TIMES)])
            for name in names or ["digits-cnn"]:
                for way in ("stop", "pause"):
                    times = [_in_epoch(workshop, name, way) for _ in range(TIMES)]
                    _say(f"{way} in an epoch of {name}", times)
        finally:
            workshop.close()


def _workshop(home: Path) -> Workshop:
    database = f"sqlite:///{home}/brickyard.db"
    here = Settings.from_environment()
    return Workshop(replace(here, home=home, database=database, slots=1))


def _say(stage: str, times: list[tuple[float, float]]) -> None:
    told = [
        f"{min(column):.2f} to {max(column):.2f} s"
        for column in zip(*times, strict=True)
    ]
    print(f"{stage:<34}" + "".join(f"{one:>20}" for one in told), flush=True)


def _at(workshop: Workshop, stage: str, home: Path) -> tuple[float, float]:
    mark = home / "there"
    mark.unlink(missing_ok=True)
    run = workshop.ask(digits(epochs=1), script=staying(digits(), stage, mark))
    workshop.work_until(mark.exists)
    return _timed(workshop, run, "stop")


def _in_epoch(workshop: Workshop, name: str, way: str) -> tuple[float, float]:
    project: Project = recipe(name)
    training = replace(project.training, epochs=100)
    run = workshop.ask(replace(project, training=training))
    workshop.longest = 600.0
    workshop.work_into_epoch(run, 2)
    return _timed(workshop, run, way)


def _timed(workshop: Workshop, run: RunRow, way: str) -> tuple[float, float]:
    pid = workshop.see(run).pid
    assert pid is not None
    process = psutil.Process(pid)
    began = perf_counter()
    ask = workshop.store.stop_run if way == "stop" else workshop.store.pause_run
    ask("ann", run.id)
    workshop.work_until(lambda: workshop.see(run).state not in ACTIVE)
    ended = perf_counter() - began
    workshop.work_until(lambda: not process.is_running())
    return ended, perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1:])
