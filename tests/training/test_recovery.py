"""Killed workers and killed trainers: the run goes on, without a human."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from bricks.words import Text
from codegen.source import script
from tests.training.serving import Server, lives
from tests.training.workshop import LONGEST, Workshop, digits
from training.admission import OUT_OF_MEMORY
from training.ledger import Ledger
from training.rows import ACTIVE
from training.store import Store

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


def numbers(store, run) -> list[int]:
    """The epochs on record."""
    return [row["epoch"] for row in store.epochs(run.id)]


def test_a_worker_killed_in_mid_epoch_is_followed_by_another(workshop):
    run = workshop.ask(digits(epochs=6, batch_size=2))
    for epoch in (2, 4):
        row = workshop.work_into_epoch(run, epoch)
        os.kill(row.pid, signal.SIGKILL)
        workshop.work_until(lambda pid=row.pid: workshop.see(run).pid != pid)
    done = workshop.finish(run)
    assert (done.state, done.epoch) == ("done", 6)
    assert numbers(workshop.store, run) == [1, 2, 3, 4, 5, 6]


def test_kills_at_any_moment_lose_no_finished_epoch(workshop):
    run = workshop.ask(digits(epochs=30))
    chance = random.Random(7)
    for _ in range(4):
        workshop.work_until(lambda: workshop.see(run).device)
        reached = workshop.see(run).epoch
        workshop.work_until(lambda least=reached: workshop.see(run).epoch > least)
        time.sleep(chance.random() / 5)
        row = workshop.see(run)
        if row.state != "running":
            break
        psutil.Process(row.pid).kill()
        workshop.work_until(lambda pid=row.pid: workshop.see(run).pid != pid)
    assert workshop.finish(run).state == "done"
    assert numbers(workshop.store, run) == list(range(1, 31))


def test_a_silent_worker_is_killed_and_followed_by_another(workshop):
    run = workshop.ask(digits(epochs=4, batch_size=2))
    row = workshop.work_into_epoch(run, 2)
    os.kill(row.pid, signal.SIGSTOP)
    done = workshop.finish(run)
    assert (done.state, numbers(workshop.store, run)) == ("done", [1, 2, 3, 4])
    assert not psutil.pid_exists(row.pid)


def test_a_run_that_is_killed_twice_within_an_epoch_ran_out_of_memory(settings):
    deadly = (
        script(digits())
        + "\ndef load_data():\n    import os; os.kill(os.getpid(), 9)\n"
    )
    workshop = Workshop(settings)
    try:
        run = workshop.finish(workshop.ask(digits(), script=deadly))
        assert (run.state, run.tries) == ("failed", 2)
        assert Text.from_json(run.reason) == OUT_OF_MEMORY
        workshop.store.resume_run("ann", run.id)
        assert workshop.finish(run).tries == 2  # a human's word counts anew
    finally:
        workshop.close()


def test_a_page_that_is_killed_is_not_missed(workshop):
    asking = f"""
from training.store import Store
import os, signal
store = Store({workshop.settings.database!r})
document = {digits(epochs=2).to_json()!r}
project = store.create_project("ann", "Mine", document)
print(store.ask_run("ann", project.id, document, "k").id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    page = subprocess.run(
        [sys.executable, "-c", asking], cwd=ROOT, capture_output=True, text=True
    )
    assert page.returncode == -signal.SIGKILL
    run = workshop.store.run("ann", page.stdout.strip())
    assert workshop.finish(run).state == "done"


@pytest.fixture
def server(settings):
    """It is ended with the test."""
    server = Server(settings)
    server.start()
    yield server
    server.kill()


def until(happened) -> None:
    """Wait for something that other processes do."""
    deadline = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def test_a_killed_trainer_takes_its_workers_along_and_the_next_goes_on(
    server, settings
):
    store, ledger = Store(settings.database), Ledger(settings.database)
    document = digits(epochs=5, batch_size=2).to_json()
    project = store.create_project("ann", "Mine", document)
    run = store.ask_run("ann", project.id, document, "k")
    until(lambda: ledger.run(run.id).progress.get("epoch") == 3)
    children = server.family()
    assert len(children) >= 2
    server.kill()
    until(lambda: not any(map(lives, children)))
    assert ledger.run(run.id).state == "running"

    server.start()
    until(lambda: ledger.run(run.id).state not in ACTIVE)
    assert ledger.run(run.id).state == "done"
    assert numbers(store, run) == [1, 2, 3, 4, 5]


def test_a_trainer_told_to_end_leaves_its_runs_waiting(server, settings):
    store = Store(settings.database)
    document = digits(epochs=500).to_json()
    project = store.create_project("ann", "Mine", document)
    run = store.ask_run("ann", project.id, document, "k")
    until(lambda: store.run("ann", run.id).epoch >= 1)
    server.process.terminate()
    assert server.process.wait(10) == 0
    assert store.run("ann", run.id).state == "waiting"
