"""What people may do with the record: their projects, their runs, nobody else's."""

from __future__ import annotations

import time
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from bricks.project import clean
from bricks.words import N_, Text
from training import asking, changes
from training.asking import Refused
from training.queue import Wait
from training.rows import (
    ACTIVE,
    REPEATS,
    PieceRow,
    ProjectRow,
    RunRow,
    project_row,
    run_row,
)
from training.settings import Settings
from training.tables import (
    epochs,
    open_database,
    pieces,
    projects,
    reading,
    runs,
    writing,
)
from training.waits import Waits

NO_PROJECT = Text(N_("There is no such project."))
MOST_PIECES = 200
MANY_PIECES = N_("You keep {most} bricks of your own, which is the most.")
MOST_NOTE = 300
STILL_ACTIVE = N_("{name} is being trained or waits: stop it before you delete it.")
NO_RUN = Text(N_("There is no such run."))


def his(table: Table, owner: str, id: str) -> ColumnElement[bool]:
    """The row with this id, if it is this owner's: asked here and nowhere else."""
    return and_(table.c.id == id, table.c.owner == owner)


class Store:
    """The record, as the page uses it. Safe to share between threads."""

    def __init__(self, url: str, settings: Settings | None = None) -> None:
        self.engine = open_database(url)
        self._waits = Waits(self.engine, settings)

    def close(self) -> None:
        """Give the database's connections back."""
        self.engine.dispose()

    # Projects

    def create_project(self, owner: str, name: str, document: str) -> ProjectRow:
        """A new project, as version 1."""
        made = ProjectRow(token_hex(16), owner, name, document, 1, {}, time.time())
        with writing(self.engine) as connection:
            connection.execute(insert(projects).values(**vars(made)))
        return made

    def project(self, owner: str, id: str) -> ProjectRow | None:
        """The owner's project, or None."""
        with reading(self.engine) as connection:
            row = connection.execute(
                select(projects).where(his(projects, owner, id))
            ).first()
        return project_row(row) if row else None

    def projects(self, owner: str) -> list[ProjectRow]:
        """The owner's projects, the last changed first."""
        theirs = (
            select(projects)
            .where(projects.c.owner == owner)
            .order_by(projects.c.changed.desc(), projects.c.id)
        )
        with reading(self.engine) as connection:
            return [project_row(row) for row in connection.execute(theirs)]

    def latest_project(self, owner: str) -> ProjectRow | None:
        """The project that the owner changed last, or None."""
        theirs = (
            select(projects)
            .where(projects.c.owner == owner)
            .order_by(projects.c.changed.desc(), projects.c.id)
            .limit(1)
        )
        with reading(self.engine) as connection:
            row = connection.execute(theirs).first()
        return project_row(row) if row else None

    def save_project(
        self,
        owner: str,
        id: str,
        version: int,
        name: str,
        document: str,
        acks: Mapping[str, int],
    ) -> int | None:
        """The new version; None when `version` is no longer the last, or not theirs."""
        change = (
            update(projects)
            .where(his(projects, owner, id), projects.c.version == version)
            .values(
                version=version + 1,
                name=name,
                document=document,
                acks=dict(acks),
                changed=time.time(),
            )
        )
        with writing(self.engine) as connection:
            saved = connection.execute(change).rowcount
        return version + 1 if saved else None

    # Pieces

    def keep_piece(self, owner: str, name: str, document: str) -> PieceRow:
        """Keep bricks for other towers; `Refused` where the owner has very many."""
        made = PieceRow(token_hex(16), owner, name, document, time.time())
        with writing(self.engine) as connection:
            many = select(func.count()).where(pieces.c.owner == owner)
            if (connection.scalar(many) or 0) >= MOST_PIECES:
                raise Refused(Text(MANY_PIECES, {"most": MOST_PIECES}))
            connection.execute(insert(pieces).values(**vars(made)))
        return made

    def drop_piece(self, owner: str, id: str) -> None:
        """Keep these bricks no longer."""
        with writing(self.engine) as connection:
            connection.execute(delete(pieces).where(his(pieces, owner, id)))

    def pieces(self, owner: str) -> list[PieceRow]:
        """The owner's pieces, the last made first."""
        theirs = (
            select(pieces)
            .where(pieces.c.owner == owner)
            .order_by(pieces.c.made.desc(), pieces.c.id)
        )
        with reading(self.engine) as connection:
            return [PieceRow(**row._mapping) for row in connection.execute(theirs)]

    # Runs

    def ask_run(self, owner: str, project_id: str, document: str, key: str) -> RunRow:
        """A run of this document, put in the queue; the same key gives the same run.

        Raises `Refused` when the owner has too many, `bricks.errors.ProjectError`
        when the document can't be read.
        """
        asked = asking.new(owner, project_id, document, key)
        theirs = select(projects.c.id).where(his(projects, owner, project_id))
        with writing(self.engine) as connection:
            before = asking.by_key(connection, owner, key)
            if before:
                return before
            if connection.execute(theirs).first() is None:
                raise Refused(NO_PROJECT)
            asking.make_room(connection, owner)
            return asking.put(connection, asked)

    def ask_again(self, owner: str, run_id: str, key: str) -> RunRow:
        """A new run of the same project file and the same script as this one's, put in
        the queue; the same key gives the same run. Raises as `ask_run` does."""
        run = self.run(owner, run_id)
        if run is None or run.deleted is not None:
            raise Refused(NO_RUN)
        about = {REPEATS: run_id}
        asked = asking.new(owner, run.project_id, run.document, key, about=about)
        with writing(self.engine) as connection:
            before = asking.by_key(connection, owner, key)
            if before is None:
                asking.make_room(connection, owner)
            return before or asking.put(connection, asked)

    def run(self, owner: str, id: str) -> RunRow | None:
        """The owner's run, or None."""
        with reading(self.engine) as connection:
            row = connection.execute(select(runs).where(his(runs, owner, id))).first()
        return run_row(row) if row else None

    def runs(self, owner: str, project_id: str | None = None) -> list[RunRow]:
        """The owner's runs of a project (of all where none is named), newest first;
        deleted ones are left out."""
        theirs = select(runs).where(runs.c.owner == owner, runs.c.deleted.is_(None))
        if project_id is not None:
            theirs = theirs.where(runs.c.project_id == project_id)
        with reading(self.engine) as connection:
            rows = connection.execute(theirs.order_by(runs.c.number.desc()))
            return [run_row(row) for row in rows]

    def listed_runs(self, owner: str, project_id: str | None = None) -> list[RunRow]:
        """As `runs`, without their documents, which may be long."""
        short = [column for column in runs.c if column.name != "document"]
        theirs = select(*short, literal("").label("document")).where(
            runs.c.owner == owner, runs.c.deleted.is_(None)
        )
        if project_id is not None:
            theirs = theirs.where(runs.c.project_id == project_id)
        with reading(self.engine) as connection:
            rows = connection.execute(theirs.order_by(runs.c.number.desc()))
            return [run_row(row) for row in rows]

    def note_run(self, owner: str, id: str, note: str) -> bool:
        """Keep a note of one line beside a run; an empty one takes it away."""
        return self._mark(owner, id, note=clean(note, MOST_NOTE))

    def star_run(self, owner: str, id: str, starred: bool) -> bool:
        """Give a run a star, or take it away."""
        return self._mark(owner, id, starred=starred)

    def delete_run(self, owner: str, id: str) -> bool:
        """Hide a run; the trainer removes it a day later.

        Raises `Refused` while it goes on or waits.
        """
        with writing(self.engine) as connection:
            theirs = select(runs.c.name, runs.c.state).where(his(runs, owner, id))
            row = connection.execute(theirs).first()
            if row and row.state in ACTIVE:
                raise Refused(Text(STILL_ACTIVE, {"name": row.name}))
            return changes.delete(connection, his(runs, owner, id))

    def restore_run(self, owner: str, id: str) -> bool:
        """Have a deleted run again, unless it was removed meanwhile."""
        return self._mark(owner, id, deleted=None)

    def _mark(self, owner: str, id: str, **values: Any) -> bool:
        change = update(runs).where(his(runs, owner, id)).values(**values)
        with writing(self.engine) as connection:
            return bool(connection.execute(change).rowcount)

    def epochs(self, run_id: str) -> list[dict[str, Any]]:
        """The finished epochs of a run that `run` or `runs` gave, in order.

        Each has epoch (from 1), loss, accuracy, val_loss, val_accuracy, learning_rate,
        seconds and images_per_second, and further metrics by their names.
        """
        figures = (
            select(epochs.c.figures)
            .where(epochs.c.run_id == run_id)
            .order_by(epochs.c.epoch)
        )
        with reading(self.engine) as connection:
            return list(connection.scalars(figures))

    def uses(self, owner: str, dataset: str) -> list[str]:
        """The names of the owner's runs, waiting or running, on this data set."""
        theirs = (
            select(runs.c.name)
            .where(runs.c.owner == owner, runs.c.state.in_(ACTIVE))
            .where(_names(runs, dataset))
            .order_by(runs.c.number)
        )
        with reading(self.engine) as connection:
            return list(connection.scalars(theirs))

    def projects_on(self, owner: str, dataset: str) -> list[str]:
        """The names of the owner's projects on it, the last changed first."""
        theirs = (
            select(projects.c.name)
            .where(projects.c.owner == owner, _names(projects, dataset))
            .order_by(projects.c.changed.desc(), projects.c.id)
        )
        with reading(self.engine) as connection:
            return list(connection.scalars(theirs))

    def place(self, run_id: str) -> int | None:
        """0 while it runs, 1 when it comes next, ...; None when it is in no queue."""
        with reading(self.engine) as connection:
            return changes.place(connection, run_id)

    def waits(self, run_id: str) -> Wait | None:
        """Its place in the line, and in how many seconds it begins where that can be
        foretold (by the store of a page, which knows the machine); None when it does
        not wait."""
        return self._waits.of(run_id)

    def stop_run(self, owner: str, id: str) -> bool:
        """Stop it: at once where it waits, within a batch where it runs."""
        with writing(self.engine) as connection:
            return changes.stop(connection, his(runs, owner, id))

    def pause_run(self, owner: str, id: str) -> bool:
        """Pause it, to go on whenever they like: at once where it waits, within a batch
        where it runs."""
        with writing(self.engine) as connection:
            return changes.pause(connection, his(runs, owner, id))

    def resume_run(self, owner: str, id: str) -> bool:
        """Let a paused, stopped or failed run go on from its last checkpoint.

        False when there is nothing to resume; raises `Refused` when they have too many.
        """
        with writing(self.engine) as connection:
            asking.make_room(connection, owner)
            return changes.resume(connection, his(runs, owner, id))

    def more(self, owner: str, id: str, epochs: int) -> bool:
        """Let a run that has ended go on, to so many epochs in all.

        It keeps its epochs and its script, in which only EPOCHS changes. False when it
        is still going, as after a double click; raises `Refused` for no more epochs
        than were asked for before, or when they have too many runs.
        """
        with writing(self.engine) as connection:
            return asking.more(connection, his(runs, owner, id), epochs, room_of=owner)


def _names(table: Table, dataset: str) -> ColumnElement[bool]:
    """Its document names the data set, whose id is long and found nowhere else."""
    return table.c.document.contains(f'"{dataset}"', autoescape=True)
