"""Pause, go on, give way, take turns: with real workers."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import psutil
import pytest
from sqlalchemy import update

from bricks.recipes import recipe
from bricks.words import Text
from tests.training.workshop import Workshop, digits
from training import runs
from training.messages import Own
from training.rows import TRAINED
from training.tables import runs as table
from training.tables import writing

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


@pytest.fixture
def shop(settings):
    """Makes workshops in one and the same home, one after another."""
    made: list[Workshop] = []

    def make(**changes) -> Workshop:
        while made:
            made.pop().close()
        made.append(Workshop(replace(settings, **changes)))
        return made[0]

    yield make
    for workshop in made:
        workshop.close()


def numbers(workshop, run) -> list[int]:
    """The epochs on record."""
    return [row["epoch"] for row in workshop.store.epochs(run.id)]


def paused(workshop, run):
    """The run when it has paused, without a report or a process."""
    pid = workshop.see(run).pid
    assert workshop.store.pause_run("ann", run.id)
    row = workshop.finish(run)
    assert (row.state, row.wanted, row.pid) == ("paused", None, None)
    assert not psutil.pid_exists(pid)
    where = runs.folder(workshop.settings, run.id)
    assert not (where / runs.REPORT).exists()
    assert list((where / runs.CHECKPOINT).iterdir())
    return row


def test_a_paused_run_goes_on_where_it_was(workshop):
    run = workshop.ask(digits(epochs=8, batch_size=2))
    workshop.work_into_epoch(run, 3)
    row = paused(workshop, run)
    before = workshop.store.epochs(run.id)
    assert row.epoch == len(before) >= 2
    assert workshop.store.resume_run("ann", run.id)
    run = workshop.finish(run)
    assert (run.state, run.epoch, run.tries) == ("done", 8, 0)
    assert numbers(workshop, run) == list(range(1, 9))
    assert workshop.store.epochs(run.id)[: len(before)] == before
    assert (runs.folder(workshop.settings, run.id) / runs.REPORT).exists()


def test_a_paused_run_goes_on_after_a_restart_and_to_more_epochs(shop):
    first = shop()
    run = first.ask(digits(epochs=30, batch_size=2))
    first.work_into_epoch(run, 2)
    epoch = paused(first, run).epoch
    later = shop()
    assert later.see(run).state == "paused"
    assert later.store.more("ann", run.id, 31 + epoch)
    later.work_until(lambda: later.see(run).epoch > epoch)
    later.store.stop_run("ann", run.id)
    run = later.finish(run)
    assert (run.state, run.epochs) == ("stopped", 31 + epoch)
    assert numbers(later, run) == list(range(1, run.epoch + 1))


def test_a_lent_slot_is_given_back_and_no_epoch_is_lost(shop):
    workshop = shop(slots=2)
    mine = [workshop.ask(digits(epochs=8, batch_size=2)) for _ in "12"]
    for run in mine:
        workshop.work_into_epoch(run, 2)
    his = workshop.ask(digits(epochs=2), owner="bob")
    workshop.work_until(lambda: workshop.see(mine[1]).state == "waiting")
    assert workshop.see(mine[0]).state == "running"
    assert (workshop.see(mine[1]).tries, workshop.store.place(his.id)) in (
        (0, 1),
        (0, 0),
    )
    assert workshop.finish(his).state == "done"
    for run in mine:
        assert workshop.finish(run).state == "done"
        assert numbers(workshop, run) == list(range(1, 9))


def test_a_long_run_leaves_its_slot_at_the_end_of_an_epoch(shop):
    workshop = shop(slice=0.0)
    long = workshop.ask(digits(epochs=15, batch_size=2))
    workshop.work_into_epoch(long, 2)
    short = workshop.ask(digits(epochs=1), owner="bob")
    assert workshop.finish(short).state == "done"
    assert workshop.see(long).state in ("waiting", "running")
    long = workshop.finish(long)
    assert (long.state, long.ended > workshop.see(short).ended) == ("done", True)
    assert numbers(workshop, long) == list(range(1, 16))


def trained_before(workshop, run, seconds: float) -> None:
    """As if it had trained for so long already."""
    with writing(workshop.store.engine) as connection:
        mine = update(table).where(table.c.id == run.id)
        connection.execute(mine.values(about={TRAINED: -seconds}))


def test_a_run_that_has_trained_for_very_long_is_paused_and_can_go_on(shop):
    workshop = shop(minutes=1)
    run = workshop.ask(digits(epochs=40))
    trained_before(workshop, run, 60.0)
    run = workshop.finish(run)
    assert run.state == "paused"
    assert 1 <= run.epoch < 40
    assert "Paused after 1 minutes" in str(Text.from_json(run.reason))
    trained = sum(row["seconds"] for row in workshop.store.epochs(run.id))
    assert run.about[TRAINED] == pytest.approx(trained)
    assert workshop.store.resume_run("ann", run.id)
    run = workshop.finish(run)
    assert (run.state, run.reason) == ("done", None)
    assert numbers(workshop, run) == list(range(1, 41))


def test_a_run_says_what_is_needed_to_repeat_it(workshop):
    run = workshop.finish(workshop.ask(digits(epochs=1, seed=7)))
    assert run.about["seed"] == 7
    assert run.about["device"] == run.device
    assert run.about["versions"].keys() >= {"python", "keras", "tensorflow"}
    assert run.about["threads"] >= 1
    assert run.about["data"] == {}  # a package brings Digits: its version says it


def test_the_files_of_a_data_set_are_known_by_their_content(tmp_path, monkeypatch):
    from training.worker import about

    monkeypatch.setenv("BRICKYARD_DATASETS", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "none"))
    project = recipe("mnist-mlp")
    assert about.data(project, None) == {}
    (tmp_path / "mnist.npz").write_bytes(b"pictures")
    digest = sha256(b"pictures").hexdigest()
    assert about.data(project, None) == {"sha256": {"mnist.npz": digest}}


def test_ones_own_data_are_known_by_their_fingerprint():
    from training.worker import about

    own = Own("/folder", "table", {"content": "c0ffee"})
    assert about.data(digits(), own) == {"content": "c0ffee"}


def curve(workshop, run) -> list[dict]:
    """Every figure but those of the clock."""
    timed = ("seconds", "images_per_second")
    return [
        {name: figure for name, figure in row.items() if name not in timed}
        for row in workshop.store.epochs(run.id)
    ]


def test_the_same_run_again_gives_the_same_curve(workshop):
    run = workshop.finish(workshop.ask(digits(epochs=4)))
    where = runs.folder(workshop.settings, run.id)
    script = (where / runs.SCRIPT).read_text() + "# mine\n"
    (where / runs.SCRIPT).write_text(script)
    again = workshop.finish(workshop.store.ask_again("ann", run.id, "again"))
    assert (again.state, again.about["repeats"]) == ("done", run.id)
    there = runs.folder(workshop.settings, again.id) / runs.SCRIPT
    assert there.read_text() == script
    assert curve(workshop, again) == curve(workshop, run)


def test_a_run_that_was_paused_has_the_same_curve_up_to_there(workshop):
    """After it data come in another order: the seed is that of the epoch."""
    whole = workshop.finish(workshop.ask(digits(epochs=4, batch_size=2)))
    broken = workshop.store.ask_again("ann", whole.id, "again")
    workshop.work_into_epoch(broken, 3)
    epoch = paused(workshop, broken).epoch
    assert workshop.store.resume_run("ann", broken.id)
    broken = workshop.finish(broken)
    assert (broken.state, broken.epoch) == ("done", 4)
    assert curve(workshop, broken)[:epoch] == curve(workshop, whole)[:epoch]
    assert len(curve(workshop, broken)) == 4
