"""What may happen to a run and its machine: a sentence, nothing lost, nothing left."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from bricks.training import Training
from bricks.words import Text
from codegen.source import script
from tests.training.serving import Server, lives
from tests.training.workshop import LONGEST, Workshop, digits
from training import runs
from training.admission import OUT_OF_MEMORY
from training.engines.local import LocalEngine
from training.ledger import Ledger
from training.messages import Batch
from training.rows import ACTIVE
from training.store import Store
from training.trainer import _end_process
from training.worker import life

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


def wide(units: int) -> Project:
    """A tower with units x units weights, on Digits."""
    dense = Placed("Dense", {"units": units, "activation": "relu"})
    top = Placed("Dense", {"units": 10, "activation": "softmax"})
    tower = Tower(Placed("Digits", id="data"), (Placed("Flatten"), dense, dense, top))
    return Project("Wide", tower, Training(epochs=2))


def epochs(workshop: Workshop, run) -> list[int]:
    """Those on record."""
    return [row["epoch"] for row in workshop.store.epochs(run.id)]


def until(happened) -> None:
    """Wait for something that other processes do."""
    deadline = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


# Memory


def test_a_tower_that_needs_more_memory_than_there_is_says_so(workshop, monkeypatch):
    monkeypatch.setattr(LocalEngine, "_room", lambda _: 600_000_000)
    run = workshop.finish(workshop.ask(wide(8192)))  # 268 MB of weights, Adam three
    assert (run.state, run.tries) == ("failed", 1)
    assert Text.from_json(run.reason) == OUT_OF_MEMORY
    small = workshop.finish(workshop.ask(wide(64), owner="bob"))
    assert (small.state, small.reason) == ("done", None)


def test_a_run_may_have_what_memory_there_is_and_no_more(workshop):
    row = workshop.work_into_epoch(workshop.ask(digits(epochs=200)), 1)
    limit = psutil.Process(row.pid).rlimit(psutil.RLIMIT_DATA)[0]
    memory = psutil.virtual_memory()
    assert 0 < limit < memory.total + psutil.swap_memory().total + (8 << 30)


EXHAUSTED = """
def load_data():
    import tensorflow as tf
    raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")
"""


def test_a_full_graphics_card_is_said_and_its_process_ends(workshop):
    run = workshop.ask(digits(), script=script(digits()) + EXHAUSTED)
    workshop.work_until(lambda: workshop.see(run).pid)
    process = psutil.Process(workshop.see(run).pid)
    run = workshop.finish(run)
    assert (run.state, Text.from_json(run.reason)) == ("failed", OUT_OF_MEMORY)
    assert not process.is_running()


# Processes


def test_an_abort_in_an_epoch_is_followed_by_another_process(workshop):
    once = workshop.settings.home / "aborted"
    deadly = f"""
def abort(epoch, logs=None):
    import os, pathlib
    once = pathlib.Path({str(once)!r})
    if epoch == 2 and not once.exists():
        once.touch()
        os.abort()


_train = train


def train(model, data, callbacks=(), **rest):
    told = keras.callbacks.LambdaCallback(on_epoch_begin=abort)
    return _train(model, data, [*callbacks, told], **rest)
"""
    project = digits(epochs=4)
    run = workshop.finish(workshop.ask(project, script=script(project) + deadly))
    assert once.exists()
    assert (run.state, epochs(workshop, run)) == ("done", [1, 2, 3, 4])


def test_a_worker_that_is_stopped_does_not_outlive_its_trainer(settings):
    server = Server(settings)
    server.start()
    try:
        store, ledger = Store(settings.database), Ledger(settings.database)
        document = digits(epochs=500).to_json()
        project = store.create_project("ann", "Mine", document)
        run = store.ask_run("ann", project.id, document, "k")
        until(lambda: ledger.run(run.id).epoch >= 1)
        worker = psutil.Process(ledger.run(run.id).pid)
        family = server.family()
        assert worker in family
        worker.suspend()  # it reads no pipe from now on
    finally:
        server.kill()
    until(lambda: not any(map(lives, family)))


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "another's"])
def test_a_process_that_was_left_behind_is_known_by_its_start(store, settings, ours):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        ledger = Ledger(settings.database)
        document = digits().to_json()
        project = store.create_project("ann", "Mine", document)
        run = store.ask_run("ann", project.id, document, "k")
        ledger.take()
        born = life.born(other.pid)
        ledger.begun(run.id, other.pid, born if ours else born - 0.5)
        _end_process(ledger.run(run.id))
        assert (other.poll() is not None) == ours
    finally:
        other.kill()
        other.wait()


def test_when_a_process_started_does_not_depend_on_the_clock():
    shifted = "import time; _t = time.time; time.time = lambda: _t() - 3600\n"
    asked = f"from training.worker import life; print(life.born({os.getpid()}))"
    told = subprocess.check_output([sys.executable, "-c", shifted + asked], cwd=ROOT)
    assert float(told) == life.born(os.getpid())


def test_what_workers_are_forked_from_may_be_killed(workshop):
    workshop.longest = 3 * LONGEST  # another one has Keras to import
    run = workshop.ask(digits(epochs=6, batch_size=2))
    worker = psutil.Process(workshop.work_into_epoch(run, 2).pid)
    forked_from = worker.parent()
    if forked_from.pid == os.getpid():
        pytest.skip("workers are not forked here")
    forked_from.kill()
    run = workshop.finish(run)
    assert (run.state, epochs(workshop, run)) == ("done", [1, 2, 3, 4, 5, 6])
    assert not lives(worker)


def test_a_run_that_gets_no_process_waits_for_one(workshop, monkeypatch):
    run, tried = workshop.ask(digits(epochs=1)), []

    def none(*_: object) -> None:
        tried.append(1)
        raise BlockingIOError("Resource temporarily unavailable")

    with monkeypatch.context() as scarce:
        scarce.setattr(workshop.trainer.engine, "_job_for", none)
        workshop.work_until(lambda: tried)
        assert (workshop.see(run).state, workshop.see(run).tries) == ("waiting", 0)
    assert workshop.finish(run).state == "done"


# Checkpoints and files


def test_what_is_told_of_an_epoch_is_on_the_disk_by_then(workshop):
    from training.worker import checkpoint

    run = workshop.ask(digits(epochs=200, batch_size=16))
    where = runs.folder(workshop.settings, run.id)
    for _ in range(5):
        reached = workshop.see(run).epoch
        workshop.work_until(lambda least=reached: workshop.see(run).epoch > least)
        told = workshop.store.epochs(run.id)
        kept = checkpoint.load(where / runs.CHECKPOINT)[1].figures
        assert kept[: len(told)] == told


HALF = """
def save(folder, *rest, _save=checkpoint.save):
    import os
    from pathlib import Path

    once = Path({once!r})
    if len(list(folder.glob("*"))) == 2 and not once.exists():
        once.touch()
        real = os.fsync
        os.fsync = lambda handle: (real(handle), os.kill(os.getpid(), 9))
    _save(folder, *rest)


checkpoint.save = save
"""


def test_a_kill_amid_a_checkpoint_costs_one_epoch_and_leaves_no_file(workshop):
    once = workshop.settings.home / "killed"
    project = digits(epochs=5)
    deadly = "\nfrom training.worker import checkpoint\n" + HALF.format(once=str(once))
    run = workshop.finish(workshop.ask(project, script=script(project) + deadly))
    assert once.exists()
    assert (run.state, epochs(workshop, run)) == ("done", [1, 2, 3, 4, 5])
    where = runs.folder(workshop.settings, run.id)
    assert not [path for path in where.rglob("*") if ".new" in path.name]
    assert sorted(path.name for path in (where / runs.CHECKPOINT).iterdir()) == [
        "4",
        "5",
    ]


# Floods


def test_a_flood_of_words_fills_no_disk_and_a_stop_is_heard(workshop):
    flood = "\ndef load_data():\n    while True:\n        print('x' * 1000)\n"
    run = workshop.ask(digits(), script=script(digits()) + flood)
    log = runs.folder(workshop.settings, run.id) / runs.LOG
    workshop.work_until(lambda: log.exists() and "is cut" in log.read_text()[-100:])
    workshop.store.stop_run("ann", run.id)
    assert workshop.finish(run).state == "stopped"
    assert log.stat().st_size < life.MOST_LOG + 1000


def test_of_a_flood_of_news_only_the_last_is_kept(workshop):
    batch = Batch(1, 1, 9999, 1.0, 0.5, {}, 0.1, 1.0, None)
    trainer = workshop.trainer
    for number in range(1, 9999):
        trainer._remember("r1", replace(batch, batch=number))
        trainer._remember("r2", replace(batch, batch=number + 1))
    assert [(run, told.batch) for run, told in trainer.unwritten] == [
        ("r1", 9998),
        ("r2", 9999),
    ]
    trainer.unwritten.clear()


# Clocks

CLOCK = """
import os, time

_really = time.time


def _set():
    try:
        with open(os.environ["CLOCK"]) as file:
            return _really() + float(file.read() or 0)
    except OSError:
        return _really()


time.time = _set
"""


def test_a_clock_that_is_set_changes_nothing_of_a_run(settings, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(CLOCK)
    clock = tmp_path / "clock"
    server = Server(settings, PYTHONPATH=str(tmp_path), CLOCK=str(clock))
    store, ledger = Store(settings.database), Ledger(settings.database)
    document = digits(epochs=6, batch_size=4).to_json()

    def ask(owner: str) -> str:
        project = store.create_project(owner, "Mine", document)
        return store.ask_run(owner, project.id, document, "k").id

    server.start()
    try:
        first = ask("ann")
        for hours in (1, -1):  # two hours back, from the first to the second
            reached = ledger.run(first).epoch
            until(lambda least=reached: ledger.run(first).epoch > least)
            clock.write_text(str(3600 * hours))
        os.kill(ledger.run(first).pid, signal.SIGKILL)
        second = ask("bob")
        for run in (first, second):
            until(lambda id=run: ledger.run(id).state not in ACTIVE)
    finally:
        server.kill()
    assert [row.id for row in ledger.runs()] == [second, first]
    for run in (first, second):
        told = store.epochs(run)
        assert ledger.run(run).state == "done"
        assert [row["epoch"] for row in told] == [1, 2, 3, 4, 5, 6]
        assert all(0 < row["seconds"] < LONGEST for row in told)


# Many runs


def test_many_short_runs_leave_nothing_behind(workshop):
    def count() -> tuple[int, int, int]:
        """What this process has open, its threads, its children."""
        gc.collect()
        us = psutil.Process()
        children = len(multiprocessing.active_children())
        return us.num_fds(), us.num_threads(), children

    def train(people: range) -> None:
        for number in people:
            run = workshop.ask(digits(epochs=1, batch_size=512), owner=f"p{number}")
            assert workshop.finish(run).state == "done"
        engine = workshop.trainer.engine
        workshop.work_until(lambda: len(engine.jobs) == 1)  # the next spare

    workshop.longest = 3 * LONGEST
    train(range(3))
    before = count()
    train(range(3, 11))
    files, *others = count()
    assert others == list(before[1:])
    assert files < before[0] + 8  # none of each run; the record's pool may have grown


def test_without_a_card_the_processor_trains_and_is_named():
    asked = "from training.worker.about import device; print(device())"
    hidden = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "KERAS_BACKEND": "tensorflow"}
    told = subprocess.check_output(
        [sys.executable, "-c", asked], cwd=ROOT, env=hidden, text=True
    )
    assert told == "CPU\n"
