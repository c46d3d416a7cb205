"""A run stops at any stage, and leaves no process and no half-written file.

How long that takes, `tests/bench/stopping.py` measures.
"""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from tests.training.stages import STAGES, staying
from tests.training.workshop import Workshop, digits
from training import runs
from training.rows import RunRow

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


def left_behind(where: Path) -> list[str]:
    """Half-written files."""
    return [
        path.name
        for path in where.rglob("*")
        if path.suffix in (".new", ".tmp") or ".new." in path.name
    ]


def stopped(workshop: Workshop, run: RunRow) -> RunRow:
    """The run when it has stopped, of which nothing is left but its folder."""
    pid = workshop.see(run).pid
    assert pid is not None
    process = psutil.Process(pid)
    assert workshop.store.stop_run("ann", run.id)
    row = workshop.finish(run)
    assert row.state == "stopped"
    assert (row.wanted, row.pid, row.reason) == (None, None, None)
    assert not process.is_running()
    assert left_behind(runs.folder(workshop.settings, run.id)) == []
    return row


@pytest.mark.parametrize("stage", STAGES)
def test_a_run_stops_at_any_stage(workshop, tmp_path, stage):
    mark = tmp_path / "there"
    run = workshop.ask(digits(epochs=1), script=staying(digits(), stage, mark))
    workshop.work_until(mark.exists)
    if stage in ("best model", "checkpoint"):
        assert left_behind(runs.folder(workshop.settings, run.id))
    stopped(workshop, run)


def test_a_run_stops_while_its_process_gets_ready(workshop):
    run = workshop.ask(digits())
    workshop.work_until(lambda: workshop.see(run).pid)
    assert stopped(workshop, run).epoch == 0


def test_a_run_that_is_stopped_in_an_epoch_writes_its_report(workshop):
    run = workshop.ask(digits(epochs=60, batch_size=2))
    workshop.work_into_epoch(run, 2)
    assert stopped(workshop, run).epoch >= 1
    assert (runs.folder(workshop.settings, run.id) / runs.REPORT).exists()


def test_a_run_that_was_stopped_in_its_checkpoint_goes_on(workshop, tmp_path):
    mark = tmp_path / "there"
    source = staying(digits(), "checkpoint", mark)
    once = source.replace("\n        hang()", "\n        hang() if not once() else 0")
    once += f"once = lambda: __import__('pathlib').Path({str(mark)!r}).exists()\n"
    run = workshop.ask(digits(epochs=3), script=once)
    workshop.work_until(mark.exists)
    stopped(workshop, run)
    assert workshop.store.resume_run("ann", run.id)
    run = workshop.finish(run)
    assert (run.state, run.epoch) == ("done", 3)
    assert [row["epoch"] for row in workshop.store.epochs(run.id)] == [1, 2, 3]
