"""Backups of the record, and the way back: with real damage, real files."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bricks.recipes import recipe
from storage import sqlite
from tests.training.workshop import LONGEST
from training import backup
from training.ledger import Ledger
from training.serve import serve
from training.store import Store
from training.tables import BUSY, DAMAGED, Damaged, StoreError

ROOT = Path(__file__).parents[2]
TOWER = recipe("digits-cnn").to_json()


def fill(store: Store, projects: int = 60) -> None:
    """A record of some hundred pages."""
    for number in range(projects):
        store.create_project("ann", f"Tower {number}", TOWER)


def names(store: Store) -> set[str]:
    """The names of her projects."""
    return {row.name for row in store.projects("ann")}


def damage(path: Path, seed: int = 0) -> None:
    """Write noise over every other page, as a dying disk may; the first one stays."""
    chance = random.Random(seed)
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 4096, 2):
            file.seek(page * 4096)
            file.write(chance.randbytes(4096))


@pytest.fixture
def record(settings) -> Path:
    """The record's file."""
    return settings.home / "brickyard.db"


def test_a_backup_is_whole_and_has_all_that_was_saved(store, settings, record):
    fill(store)
    made = backup.make(settings)
    assert sqlite.is_whole(made)
    shutil.copy(made, settings.home / "other.db")
    assert names(Store(f"sqlite:///{settings.home}/other.db")) == names(store)
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_a_backup_while_others_write_is_of_one_moment(store, settings):
    project = store.create_project("ann", "0", TOWER)
    ended = threading.Event()

    def write() -> None:
        version = 1
        while not ended.is_set():
            other = store.create_project("ann", f"v{version}", "{}")
            saved = store.save_project("ann", project.id, version, other.id, "{}", {})
            assert saved == version + 1
            version = saved

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            made = backup.make(settings)
            assert sqlite.is_whole(made)
            kept = Store(f"sqlite:///{made}")
            last = kept.project("ann", project.id)
            assert last.name == "0" or kept.project("ann", last.name)
            assert len(kept.projects("ann")) - last.version in (0, 1)
            kept.close()
    finally:
        ended.set()
        writer.join()


def test_few_backups_are_kept_the_newest_and_one_of_each_day(store, settings):
    folder = settings.home / backup.FOLDER
    folder.mkdir(parents=True)
    for number in range(1, 41):  # four each day
        path = folder / f"record-{number:06}.db"
        path.touch()
        before = time.time() - (40 - number) * 6 * 3600 - 1
        os.utime(path, (before, before))
    backup.make(settings)
    kept = backup.backups(settings)
    assert [path.name for path in kept[:3]] == [
        "record-000041.db",
        "record-000040.db",
        "record-000039.db",
    ]
    assert len({backup._when(path)[:10] for path in kept}) == 7
    assert 7 <= len(kept) <= 10


def test_a_clock_that_was_set_back_changes_no_order(store, settings):
    first = backup.make(settings)
    later = time.time() + 3600
    os.utime(first, (later, later))
    second = backup.make(settings)
    assert backup.backups(settings) == [second, first]


def test_nothing_is_done_to_a_whole_record(store, settings, record):
    fill(store, 2)
    backup.make(settings)
    there = sqlite.identity(record)
    assert backup.mend(settings) is None
    assert sqlite.identity(record) == there
    assert backup.notice(settings) is None


def test_a_damaged_record_gives_way_to_the_last_backup(store, settings, record):
    fill(store)
    before = names(store)
    backup.make(settings)
    store.create_project("ann", "Lost", TOWER)
    store.close()
    sqlite.shorten(record)
    damage(record)
    said = backup.mend(settings)
    assert "is back as it was at 20" in str(said)
    assert backup.notice(settings) == said
    again = Store(settings.database)
    assert names(again) == before
    assert again.create_project("ann", "Next", TOWER)
    aside = record.with_name("brickyard.db.aside-1")
    assert not sqlite.is_whole(aside)
    assert sqlite.is_whole(record)


def test_a_damaged_backup_gives_way_to_the_one_before(store, settings, record):
    fill(store)
    good = names(store)
    backup.make(settings)
    store.create_project("ann", "Later", TOWER)
    damage(backup.make(settings))
    store.close()
    sqlite.shorten(record)
    damage(record)
    backup.mend(settings)
    assert names(Store(settings.database)) == good


def test_without_a_backup_a_damaged_record_begins_anew(store, settings, record):
    fill(store)
    store.close()
    sqlite.shorten(record)
    damage(record)
    assert "begins anew" in str(backup.mend(settings))
    assert names(Store(settings.database)) == set()


@pytest.mark.parametrize("content", [b"", b"\x00" * 8192], ids=["empty", "zeros"])
def test_a_record_that_power_took_is_restored(store, settings, record, content):
    fill(store, 3)
    before = names(store)
    backup.make(settings)
    store.close()
    sqlite.shorten(record)
    record.write_bytes(content)
    assert backup.mend(settings)
    assert names(Store(settings.database)) == before


def test_a_file_that_was_never_ours_is_not_moved(settings, record):
    settings.home.mkdir()
    record.write_bytes(b"a thesis" * 1000)
    assert backup.mend(settings) is None
    assert record.read_bytes().startswith(b"a thesis")


def test_a_damaged_record_makes_no_backup(store, settings, record):
    fill(store)
    good = backup.make(settings)
    store.close()
    sqlite.shorten(record)
    damage(record)
    with pytest.raises(Damaged):
        backup.make(settings)
    assert backup.backups(settings) == [good]


def test_a_page_goes_on_with_the_restored_record(store, settings, record):
    fill(store)
    before = names(store)
    backup.make(settings)
    sqlite.shorten(record)
    damage(record)
    with pytest.raises(Damaged) as damaged:
        Store(settings.database)
    assert damaged.value.said == DAMAGED
    backup.mend(settings)
    assert names(store) == before  # without being told
    fresh = Store(settings.database)
    made = store.create_project("ann", "Next", TOWER)
    assert fresh.project("ann", made.id) == made
    store.close()
    fresh.close()
    assert sqlite.is_whole(record)


def test_what_the_old_record_is_told_at_its_end_does_not_reach_the_new_one(
    store, settings, record
):
    fill(store, 5)
    before = names(store)
    made = backup.make(settings)
    with store.engine.connect() as late:
        late.exec_driver_sql("SELECT * FROM projects").all()
        backup.put_back(settings, made)
        again = Store(settings.database)
        again.create_project("ann", "Next", TOWER)
    store.close()  # the last that had the old one: SQLite would remove its log now
    assert names(again) == {*before, "Next"}
    assert sqlite.is_whole(record)


def test_a_trainer_mends_the_record_before_it_begins(store, settings, record):
    fill(store)
    before = names(store)
    backup.make(settings)
    store.close()
    sqlite.shorten(record)
    damage(record)
    trainer = subprocess.Popen(
        [sys.executable, "-m", "training", "serve"],
        cwd=ROOT,
        env={**os.environ, **settings.to_environment()},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + LONGEST
        while backup.notice(settings) is None:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        trainer.terminate()
        told = trainer.communicate()[1]
    assert "The record was damaged and is back as it was at" in told
    assert names(Store(settings.database)) == before


def test_a_log_that_a_reader_let_grow_is_given_back(store, settings, record):
    log = record.with_name("brickyard.db-wal")
    with store.engine.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM projects").all()
        for number in range(200):
            store.create_project("ann", str(number), "x" * 50_000)
        assert log.stat().st_size > 5_000_000
        sqlite.shorten(record)  # the reader is not harmed
        assert log.stat().st_size > 5_000_000
    sqlite.shorten(record)
    assert log.stat().st_size == 0
    assert len(store.projects("ann")) == 200


def test_a_record_that_somebody_holds_is_said_to_be_in_use(
    store, settings, record, monkeypatch
):
    project = store.create_project("ann", "Mine", "{}")
    holder = sqlite3.connect(record, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    impatient = Store(settings.database)
    with pytest.raises(StoreError) as refused:
        impatient.save_project("ann", project.id, 1, "Mine", "{}", {})
    assert refused.value.said == BUSY
    assert impatient.project("ann", project.id) == project  # who reads never waits
    holder.execute("ROLLBACK")
    holder.close()
    assert impatient.save_project("ann", project.id, 1, "Mine", "{}", {}) == 2


def test_an_older_record_is_saved_before_it_is_changed(store, settings, record):
    fill(store, 2)
    store.close()
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE brickyard_schema SET version = 3")
    connection.close()
    Store(settings.database).close()
    kept = record.with_name("brickyard.db.version-3")
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT * FROM brickyard_schema").fetchall() == [(3,)]
        assert connection.execute("SELECT count(*) FROM projects").fetchone() == (2,)
    connection.close()


def command(settings, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`python -m training` with these."""
    return subprocess.run(
        [sys.executable, "-m", "training", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **settings.to_environment()},
        capture_output=True,
        text=True,
    )


def test_backup_and_restore_in_a_terminal(store, settings, tmp_path):
    fill(store, 3)
    before = names(store)
    mine = tmp_path / "mine.db"
    told = command(settings, "backup", "-o", mine)
    assert (told.returncode, told.stdout) == (0, f"{mine}\n")
    store.create_project("ann", "Later", TOWER)
    assert command(settings, "restore").returncode == 0
    assert names(store) == before
    store.create_project("ann", "Later", TOWER)
    assert command(settings, "restore", mine).returncode == 0
    assert names(store) == before
    (tmp_path / "bad.db").write_bytes(b"no")
    told = command(settings, "restore", tmp_path / "bad.db")
    assert (told.returncode, told.stdout) == (2, "")
    assert "bad.db is no whole backup" in told.stderr


def test_nothing_is_restored_under_a_trainers_hands(store, settings):
    from filelock import FileLock

    backup.make(settings)
    with FileLock(settings.lock):
        told = command(settings, "restore")
        assert told.returncode == 2
        assert "A trainer is running" in told.stderr
        assert serve(settings) == 0
    assert Ledger(settings.database).runs() == []
