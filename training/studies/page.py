"""What people may do with studies: ask for one, look at it, stop it, delete it."""

from __future__ import annotations

from sqlalchemy import select

from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.variants import Plan, check, goal
from bricks.words import N_, Text
from training.asking import Refused
from training.rows import RUNNING, STOPPED, StudyRow
from training.store import NO_PROJECT, Store, his
from training.studies import record
from training.studies.trial import Trial, best
from training.tables import projects, reading, studies, writing

ONE_AT_A_TIME = Text(
    N_("Variants of yours are being tried already: wait for their end, or stop them.")
)
STILL_TRYING = Text(N_("These variants are being tried: stop them first."))


class Studies:
    """The record's studies, as the page uses them. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self.engine = store.engine

    def ask(
        self, owner: str, project_id: str, document: str, plan: Plan, key: str
    ) -> StudyRow:
        """A study of this document, begun by the trainer; the same key gives the same.

        Raises `Refused` where another is running, `bricks.errors.ProjectError` where
        the document can't be read or varied as the plan says.
        """
        project = Project.from_json(document, MOST_SAVED)
        plan = Plan.from_json(plan.to_json())  # as the trainer will read it
        check(project, plan)
        with writing(self.engine) as connection:
            same = (studies.c.owner == owner) & (studies.c.key == key)
            before = record.study(connection, same)
            if before:
                return before
            theirs = select(projects.c.id).where(his(projects, owner, project_id))
            if connection.execute(theirs).first() is None:
                raise Refused(NO_PROJECT)
            if record.active(connection, owner):
                raise Refused(ONE_AT_A_TIME)
            record.add(
                connection,
                owner=owner,
                project_id=project_id,
                key=key,
                name=project.name,
                document=document,
                plan=plan.to_json(),
            )
            asked = record.study(connection, same)
        assert asked is not None
        return asked

    def studies(self, owner: str, project_id: str | None = None) -> list[StudyRow]:
        """The owner's studies of a project (of all where none is named), newest first;
        deleted ones are left out."""
        theirs = (studies.c.owner == owner) & studies.c.deleted.is_(None)
        if project_id is not None:
            theirs &= studies.c.project_id == project_id
        with reading(self.engine) as connection:
            return record.listed(connection, theirs)

    def study(self, owner: str, id: str) -> StudyRow | None:
        """The owner's study, or None."""
        with reading(self.engine) as connection:
            return record.study(connection, his(studies, owner, id))

    def trials(self, owner: str, id: str) -> list[Trial]:
        """The study's trials, by their numbers."""
        with reading(self.engine) as connection:
            row = record.study(connection, his(studies, owner, id))
            return record.trials(connection, id, goal_of(row)) if row else []

    def best(self, owner: str, id: str) -> Trial | None:
        """The trial that did best so far."""
        row = self.study(owner, id)
        return best(self.trials(owner, id), goal_of(row)) if row else None

    def stop(self, owner: str, id: str) -> bool:
        """Stop the study and all its runs, those that wait at once."""
        with writing(self.engine) as connection:
            row = record.study(connection, his(studies, owner, id))
            return row is not None and record.end(connection, row.id, STOPPED)

    def delete(self, owner: str, id: str) -> bool:
        """Hide the study and its runs, which the trainer removes a day later.

        Raises `Refused` while it is running.
        """
        with writing(self.engine) as connection:
            row = record.study(connection, his(studies, owner, id))
            if row is None or row.deleted is not None:
                return False
            if row.state == RUNNING:
                raise Refused(STILL_TRYING)
            record.hide(connection, row.id)
            return True

    def restore(self, owner: str, id: str) -> bool:
        """Have a deleted study and its runs again."""
        with writing(self.engine) as connection:
            row = record.study(connection, his(studies, owner, id))
            if row is None or row.deleted is None:
                return False
            record.show(connection, row.id)
            return True


def goal_of(row: StudyRow) -> str:
    """The figure by which the study's variants are told apart, such as val_accuracy."""
    return goal(Project.from_json(row.document, MOST_SAVED))
