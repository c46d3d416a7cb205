"""Runs with notes and stars; those that are deleted, and those that come back."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateColumn

from tests.training.test_store import ask
from training import tables
from training.ledger import Ledger
from training.removal import KEPT_SECONDS, remove_deleted
from training.runs import folder
from training.store import Refused, Store


def ended(store, key="k"):
    """A run of ann's that goes on no longer."""
    run = ask(store, "ann", key)
    store.stop_run("ann", run.id)
    return store.run("ann", run.id)


def test_a_run_is_new_without_note_or_star(store):
    run = ask(store)
    assert (run.note, run.starred, run.deleted) == ("", False, None)
    assert (run.about, run.study_id, run.trial, run.chosen) == ({}, None, None, {})


def test_a_note_is_kept_as_one_short_line(store):
    run = ask(store)
    assert store.note_run("ann", run.id, " with\n\u202edropout " + "!" * 999)
    note = store.run("ann", run.id).note
    assert note.startswith("with dropout !")
    assert len(note) == 300
    store.note_run("ann", run.id, "")
    assert store.run("ann", run.id).note == ""


def test_a_star_comes_and_goes(store):
    run = ask(store)
    for starred in (True, False):
        store.star_run("ann", run.id, starred)
        assert store.run("ann", run.id).starred is starred


def test_a_deleted_run_is_hidden_till_it_is_restored(store):
    run, other = ended(store, "a"), ended(store, "b")
    assert store.delete_run("ann", run.id)
    assert [row.id for row in store.runs("ann")] == [other.id]
    assert store.runs("ann", run.project_id) == []
    assert store.restore_run("ann", run.id)
    assert {row.id for row in store.runs("ann")} == {run.id, other.id}


def test_a_list_of_runs_leaves_out_what_is_long(store):
    first, second = ended(store, "a"), ended(store, "b")
    (listed, _), (whole, _) = store.listed_runs("ann"), store.runs("ann")
    assert listed == replace(whole, document="")
    assert [r.id for r in store.listed_runs("ann", first.project_id)] == [first.id]
    store.delete_run("ann", second.id)
    assert [row.id for row in store.listed_runs("ann")] == [first.id]
    assert store.listed_runs("eve") == []


@pytest.mark.parametrize("started", [False, True], ids=["waiting", "running"])
def test_a_run_that_goes_on_is_not_deleted(store, settings, started):
    run = ask(store)
    if started:
        Ledger(settings.database).take()
    with pytest.raises(Refused, match="Digits CNN is being trained or waits"):
        store.delete_run("ann", run.id)
    assert store.run("ann", run.id).deleted is None


def test_a_deleted_run_does_not_go_on(store):
    run = ended(store)
    store.delete_run("ann", run.id)
    assert not store.resume_run("ann", run.id)
    store.restore_run("ann", run.id)
    assert store.resume_run("ann", run.id)


def age(store, run, seconds):
    """Have a run deleted so many seconds ago."""
    change = update(tables.runs).where(tables.runs.c.id == run.id)
    with tables.writing(store.engine) as connection:
        connection.execute(change.values(deleted=time.time() - seconds))


def test_a_run_leaves_disk_and_record_a_day_after_it_was_deleted(store, settings):
    ledger = Ledger(settings.database)
    old, young, kept = (ended(store, key) for key in "abc")
    for run in (old, young, kept):
        folder(settings, run.id).mkdir(parents=True)
        (folder(settings, run.id) / "model.keras").write_bytes(b"1")
        ledger.epoch(run.id, {"epoch": 1, "loss": 1.0})
    age(store, old, KEPT_SECONDS + 60)
    age(store, young, KEPT_SECONDS - 60)
    remove_deleted(settings, ledger)
    assert store.run("ann", old.id) is None
    assert store.epochs(old.id) == []
    assert not folder(settings, old.id).exists()
    assert not store.restore_run("ann", old.id)
    assert store.run("ann", young.id).deleted
    assert folder(settings, young.id).exists()
    assert [row.id for row in store.runs("ann")] == [kept.id]


def test_what_has_no_folder_is_removed_too(store, settings):
    run = ended(store)
    age(store, run, KEPT_SECONDS + 60)
    remove_deleted(settings, Ledger(settings.database))
    assert store.run("ann", run.id) is None


def test_a_run_that_was_restored_is_not_removed(store, settings):
    run, ledger = ended(store), Ledger(settings.database)
    where = folder(settings, run.id)
    where.mkdir(parents=True)
    age(store, run, KEPT_SECONDS + 60)

    class Late(Ledger):
        def deleted(self, before):
            """Its owner restores it after we have looked."""
            found = super().deleted(before)
            assert store.restore_run("ann", run.id)
            return found

    remove_deleted(settings, Late(settings.database))
    assert store.run("ann", run.id) == run
    assert where.exists()
    ledger.close()


def test_a_run_whose_folder_cannot_be_removed_now_stays_on_record(store, settings):
    run = ended(store)
    where = folder(settings, run.id)
    where.mkdir(parents=True)
    age(store, run, KEPT_SECONDS + 60)
    in_use = where.with_name(f"{run.id}.deleted")
    in_use.write_text("in the way")
    remove_deleted(settings, Ledger(settings.database))
    assert store.run("ann", run.id).deleted
    assert where.exists()
    in_use.unlink()
    remove_deleted(settings, Ledger(settings.database))
    assert store.run("ann", run.id) is None
    assert [*where.parent.iterdir()] == []


def test_a_removal_that_was_broken_off_is_brought_to_its_end(store, settings):
    left = folder(settings, "0" * 32).with_name("0" * 32 + ".deleted")
    left.mkdir(parents=True)
    (left / "model.keras").write_bytes(b"1")
    remove_deleted(settings, Ledger(settings.database))
    assert not left.exists()


VERSION_2 = """
CREATE TABLE brickyard_schema (version INTEGER NOT NULL);
CREATE TABLE projects (
    id VARCHAR(32) NOT NULL, owner VARCHAR(64) NOT NULL, name TEXT NOT NULL,
    document TEXT NOT NULL, version INTEGER NOT NULL, acks TEXT NOT NULL,
    changed FLOAT NOT NULL, PRIMARY KEY (id)
);
CREATE INDEX ix_projects_owner ON projects (owner);
CREATE TABLE runs (
    number INTEGER NOT NULL, id VARCHAR(32) NOT NULL, owner VARCHAR(64) NOT NULL,
    project_id VARCHAR(32) NOT NULL, "key" VARCHAR(64) NOT NULL, name TEXT NOT NULL,
    document TEXT NOT NULL, state VARCHAR(16) NOT NULL, wanted VARCHAR(16),
    epochs INTEGER NOT NULL, epoch INTEGER NOT NULL, progress TEXT NOT NULL,
    reason TEXT, asked FLOAT NOT NULL, started FLOAT, ended FLOAT, device TEXT,
    served INTEGER NOT NULL, tries INTEGER NOT NULL, pid INTEGER, born FLOAT,
    PRIMARY KEY (number), UNIQUE (owner, "key"), UNIQUE (id),
    FOREIGN KEY(project_id) REFERENCES projects (id)
);
CREATE TABLE epochs (
    run_id VARCHAR(32) NOT NULL, epoch INTEGER NOT NULL, figures TEXT NOT NULL,
    PRIMARY KEY (run_id, epoch), FOREIGN KEY(run_id) REFERENCES runs (id)
);
CREATE TABLE pieces (
    id VARCHAR(32) NOT NULL, owner VARCHAR(64) NOT NULL, name TEXT NOT NULL,
    document TEXT NOT NULL, made FLOAT NOT NULL, PRIMARY KEY (id)
);
INSERT INTO brickyard_schema VALUES (2);
INSERT INTO projects VALUES ('p', 'ann', 'Mine', '{}', 3, '{"tab": 7}', 1.0);
INSERT INTO runs VALUES (
    1, 'r', 'ann', 'p', 'k', 'Mine', '{}', 'done', NULL, 2, 2, '{}', NULL,
    1.0, 2.0, 3.0, 'CPU', 1, 0, NULL, NULL
);
INSERT INTO epochs VALUES ('r', 1, '{"epoch": 1, "loss": NaN}');
"""
"""A record as version 2 made it on SQLite, word for word."""


def test_a_record_of_version_2_is_taken_over_with_its_runs(settings):
    settings.home.mkdir()
    with sqlite3.connect(settings.home / "brickyard.db") as connection:
        connection.executescript(VERSION_2)
    connection.close()
    for _ in range(2):  # and once more, where nothing is left to do
        store = Store(settings.database)
        (run,) = store.runs("ann", "p")
        store.close()
    assert (run.id, run.epoch, run.state) == ("r", 2, "done")
    assert (run.note, run.starred, run.deleted) == ("", False, None)
    assert (run.about, run.study_id, run.trial, run.chosen) == ({}, None, None, {})
    assert store.star_run("ann", "r", True)
    assert store.project("ann", "p").acks == {"tab": 7}
    assert store.delete_run("ann", "r")
    with sqlite3.connect(settings.home / "brickyard.db") as connection:
        assert connection.execute("SELECT * FROM brickyard_schema").fetchall() == [(5,)]
    connection.close()
    store.close()


@pytest.mark.parametrize("name", ["note", "starred"])
def test_a_column_that_an_older_record_lacks_can_be_added_anywhere(name):
    column = tables.runs.c[name]
    told = str(CreateColumn(column).compile(dialect=postgresql.dialect()))
    assert "NOT NULL" in told
    assert "DEFAULT" in told  # PostgreSQL adds no other to a table with rows
