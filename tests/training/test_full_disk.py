"""A full disk: a sentence, a whole record, the last good checkpoint."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bricks.words import Text
from storage import files
from tests.training.workshop import Workshop, digits
from training import admission, runs
from training.settings import Settings
from training.store import Store
from training.tables import StoreError

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("trainer")]


def fill(disk: Path) -> Path:
    """Use up what room there is."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(os.urandom(4096))
        except OSError:
            pass
    return ballast


def save_until_full(store: Store, project_id: str) -> int:
    """Save versions until the record refuses; the last that it took."""
    for version in range(1, 1000):
        try:
            store.save_project("ann", project_id, version, "Mine", "x" * 9999, {})
        except StoreError as error:
            if "disk is full" in str(error):
                return version
            raise
    raise AssertionError("the disk was never full")


def test_a_run_on_a_full_disk_fails_in_a_sentence_and_can_go_on(small_disk, tmp_path):
    settings = Settings(small_disk / "home", f"sqlite:///{tmp_path}/brickyard.db")
    workshop = Workshop(replace(settings, silence=5.0, tries=2))
    try:
        run = workshop.ask(digits(epochs=40))
        workshop.work_until(lambda: workshop.see(run).epoch >= 3)
        ballast = fill(small_disk)
        failed = workshop.finish(run)
        assert failed.state == "failed"
        assert "disk is full" in str(Text.from_json(failed.reason))
        ballast.unlink()
        workshop.store.resume_run("ann", run.id)
        assert workshop.finish(run).state == "done"
        epochs = [row["epoch"] for row in workshop.store.epochs(run.id)]
        assert epochs == list(range(1, 41))
        assert (runs.folder(settings, run.id) / runs.REPORT).exists()
    finally:
        workshop.close()


def test_a_run_does_not_begin_on_a_disk_that_is_nearly_full(small_disk, monkeypatch):
    monkeypatch.setattr(admission, "ROOM", 500_000_000)
    said = admission.hindrance(digits(), small_disk / "home" / "runs" / "0")
    assert said == files.DISK_FULL
    assert admission.hindrance(digits()) is None  # a page looks at no folder


def test_a_record_on_a_full_disk_says_so_and_stays_whole(small_disk):
    store = Store(f"sqlite:///{small_disk}/brickyard.db")
    made = store.create_project("ann", "Mine", "{}")
    ballast = fill(small_disk)
    version = save_until_full(store, made.id)
    assert store.project("ann", made.id).version == version
    ballast.unlink()
    assert store.save_project("ann", made.id, version, "Mine", "{}", {}) == version + 1
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"


def test_a_trainer_outlasts_a_full_record(small_disk, tmp_path):
    settings = Settings(tmp_path / "home", f"sqlite:///{small_disk}/brickyard.db")
    workshop = Workshop(replace(settings, silence=5.0, tries=2))
    try:
        run = workshop.ask(digits(epochs=5, batch_size=2))
        workshop.work_into_epoch(run, 1)
        ballast = fill(small_disk)
        engine = workshop.trainer.engine
        workshop.work_until(lambda: workshop.trainer.unwritten)
        workshop.work_until(lambda: all(job.run_id is None for job in engine.jobs))
        ballast.unlink()
        assert workshop.finish(run).state == "done"
        assert len(workshop.store.epochs(run.id)) == 5
    finally:
        workshop.close()
