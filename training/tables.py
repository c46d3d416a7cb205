"""The record's tables and how a database is opened, read and written."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    create_engine,
    event,
    false,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DisconnectionError
from sqlalchemy.schema import CreateColumn

from bricks import words
from bricks.words import N_
from storage import sqlite
from storage.files import DISK_FULL, disk_is_full

VERSION = 4
"""2 brought the table of pieces; 3 notes, stars and deleting of runs; 4 studies, and
what is needed to repeat a run."""
MOST_LOG = 16_000_000
"""Bytes that the write-ahead log keeps once all of it is in the record itself."""

DAMAGED = words.Text(
    N_("The record is damaged: Brickyard restores its last backup, wait a moment.")
)
BUSY = words.Text(
    N_("The record is in use by somebody else for very long: try again in a moment.")
)
NOT_NOW = N_("The record can't be read or written just now ({why}): try again.")


class StoreError(Exception):
    """What the record can't do; `str(error)` is one plain sentence."""

    def __init__(self, said: words.Text) -> None:
        super().__init__(said)
        self.said = said

    def __str__(self) -> str:
        return str(self.said)


class Damaged(StoreError):
    """The record's file is damaged; the trainer restores it when it starts."""

    def __init__(self) -> None:
        super().__init__(DAMAGED)


class Json(TypeDecorator):
    """Plain data as JSON text: unlike a database's own JSON it brings NaN back."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """Text for the database."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """Plain data again."""
        return None if value is None else json.loads(value)


metadata = MetaData()

schema = Table("brickyard_schema", metadata, Column("version", Integer, nullable=False))

projects = Table(
    "projects",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("acks", Json, nullable=False),
    Column("changed", Float, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),  # who came first; clocks may jump
    Column("id", String(32), nullable=False, unique=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False, index=True),
    Column("key", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("wanted", String(16)),  # a state that the owner wants it to go to
    Column("epochs", Integer, nullable=False),
    Column("epoch", Integer, nullable=False, default=0),
    Column("progress", Json, nullable=False),
    Column("reason", Json),
    Column("asked", Float, nullable=False),
    Column("started", Float),
    Column("ended", Float),
    Column("device", Text),
    Column("served", Integer, nullable=False, default=0),  # the how-manieth start
    Column("tries", Integer, nullable=False, default=0),  # since the last epoch
    Column("pid", Integer),
    Column("born", Float),  # when the process started: process ids come again
    Column("note", Text, nullable=False, server_default=""),
    Column("starred", Boolean, nullable=False, server_default=false()),
    Column("deleted", Float),  # when its owner put it away; it is removed a day later
    # Versions, device, content of the data: all that is needed to repeat it.
    Column("about", Json, nullable=False, server_default="{}"),
    Column("study_id", String(32)),
    Column("trial", Integer),
    Column("chosen", Json, nullable=False, server_default="{}"),
    UniqueConstraint("owner", "key"),
    Index("runs_by_turn", "owner", "served"),  # who was served last, documents unread
)

studies = Table(
    "studies",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False, index=True),
    Column("key", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("plan", Json, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("reason", Json),
    Column("made", Float, nullable=False),
    Column("ended", Float),
    Column("deleted", Float),
    UniqueConstraint("owner", "key"),
)

epochs = Table(
    "epochs",
    metadata,
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("figures", Json, nullable=False),
)

pieces = Table(
    "pieces",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("made", Float, nullable=False),
)


def open_database(url: str) -> Engine:
    """The database at `url`, with its tables made where they were missing."""
    engine = _engine(url)
    try:
        _prepare(engine)
    except DatabaseError as error:
        engine.dispose()
        if _code(error) == sqlite3.SQLITE_CORRUPT:
            raise Damaged from error
        if _code(error) == sqlite3.SQLITE_BUSY:
            raise StoreError(BUSY) from error
        raise StoreError(_unusable(error, url)) from error
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A short look at the record; everything in it is of one moment."""
    with _telling(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One change of the record, whole or not at all, and one writer at a time."""
    with (
        _telling(engine),
        engine.execution_options(writes=True).begin() as connection,
    ):
        if engine.dialect.name != "sqlite":
            connection.execute(select(schema).with_for_update())
        yield connection


@contextmanager
def _telling(engine: Engine) -> Iterator[None]:
    """What SQLite can't do, as a sentence; faults of ours stay what they are."""
    try:
        yield
    except DatabaseError as error:
        code = _code(error)
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise Damaged from error
        said = _said(code, error, engine)
        if said is None:
            raise
        raise StoreError(said) from error


def _code(error: DatabaseError) -> int:
    """SQLite's own, of what went wrong; 0 from other databases."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF


def _said(code: int, error: DatabaseError, engine: Engine) -> words.Text | None:
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BUSY
    if code == sqlite3.SQLITE_FULL:
        return DISK_FULL
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        full = disk_is_full(Path(engine.url.database or "."))
        why = words.Text(NOT_NOW, {"why": str(error.orig)})
        return DISK_FULL if full else why
    return None


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    waiting = {"timeout": sqlite.BUSY_SECONDS}
    engine = create_engine(parsed, connect_args=waiting, pool_size=8, max_overflow=64)
    event.listen(engine, "begin", _begin_sqlite)
    if parsed.database:
        path = Path(parsed.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", partial(_open_sqlite, path))
        event.listen(engine, "checkout", partial(_look_at_sqlite, path))
    else:
        event.listen(engine, "connect", lambda made, _: _set_up_sqlite(made))
    return engine


def _open_sqlite(path: Path, connection: Any, record: Any) -> None:
    with sqlite.lock(path):
        _set_up_sqlite(connection)  # it is now that SQLite opens the file
        record.info["file"] = sqlite.identity(path)


def _look_at_sqlite(path: Path, _connection: Any, record: Any, _proxy: Any) -> None:
    """Have a new connection where the record was restored: the old one has the file
    that was moved aside."""
    there = sqlite.identity(path)
    if there is not None and there != record.info["file"]:
        raise DisconnectionError("The record's file is another one now.")


def _set_up_sqlite(connection: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    deadline = monotonic() + sqlite.BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except Exception as error:  # the driver's own class, one for each driver
            # Turning WAL on does not wait for others as other statements do.
            if "locked" not in str(error) or monotonic() > deadline:
                raise
            time.sleep(0.05)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA journal_size_limit={MOST_LOG}")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer half-way can't wait its turn: it would fail.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare(engine: Engine) -> None:
    with engine.connect() as connection:
        there = inspect(connection).has_table(schema.name)
        if there and _checked_version(connection) == VERSION:
            return
    with engine.execution_options(writes=True).begin() as connection:
        if there and engine.dialect.name != "sqlite":
            connection.execute(select(schema).with_for_update())
        if there:
            _keep(engine, _checked_version(connection))
        metadata.create_all(connection)  # what an older record lacks, too
        _widen(connection)
        if connection.scalar(select(schema.c.version)) is None:
            connection.execute(insert(schema).values(version=VERSION))
        connection.execute(update(schema).values(version=VERSION))


def _keep(engine: Engine, version: int | None) -> None:
    """Before it is changed, save the record as an older Brickyard left it."""
    older = version is not None and version < VERSION
    if older and engine.dialect.name == "sqlite" and engine.url.database:
        path = Path(engine.url.database)
        sqlite.copy(path, path.with_name(f"{path.name}.version-{version}"))


def _widen(connection: Connection) -> None:
    """Give an older record's tables the columns that they lack."""
    known = inspect(connection)
    for table in metadata.sorted_tables:
        there = {column["name"] for column in known.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                told = CreateColumn(column).compile(dialect=connection.dialect)
                change = f"ALTER TABLE {table.name} ADD COLUMN {told}"
                connection.exec_driver_sql(change)
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def _checked_version(connection: Connection) -> int | None:
    """The record's version, which must not be newer than ours."""
    version = connection.scalar(select(schema.c.version))
    if version is not None and version > VERSION:
        raise StoreError(
            words.Text(
                N_(
                    "The record was written by a newer Brickyard (version {found}; "
                    "this one reads up to {known}): update Brickyard."
                ),
                {"found": version, "known": VERSION},
            )
        )
    return version


def _unusable(error: DatabaseError, url: str) -> words.Text:
    return words.Text(
        N_(
            "The record at {where} can't be used ({why}): "
            "move it aside, or set BRICKYARD_DATABASE."
        ),
        {
            "where": make_url(url).render_as_string(hide_password=True),
            "why": str(error.orig),
        },
    )
