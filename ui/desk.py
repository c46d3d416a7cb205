"""A person's desk: the project that lies open, its undo, and how it is saved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.project import NEW_NAME, Project, clean_name, fresh
from bricks.recipes import recipe
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from training.datasets import missing
from training.settings import Settings
from training.store import Store
from ui.board.operations import Operation, apply

MOST_UNDO = 200
MOST_CLIENTS = 20  # mounts of the board whose last operation is remembered


@cache
def settings() -> Settings:
    """How this server is set up."""
    return Settings.from_environment()


@cache
def store() -> Store:
    """The record, one for the whole server."""
    return Store(settings().database)


@dataclass
class Desk:
    """An open project. `version` is the saved one; `elsewhere` that another tab saved
    first, so that nothing more is saved until the user has chosen."""

    owner: str
    id: str
    version: int
    project: Project
    acks: dict[str, int]
    rev: int = 0
    undo: list[Project] = field(default_factory=list)
    redo: list[Project] = field(default_factory=list)
    elsewhere: bool = False

    def receive(self, outbox: dict[str, Any]) -> None:
        """Apply the browser's operations that are new, each once and in order."""
        client, ops = outbox.get("client"), outbox.get("ops")
        if not isinstance(client, str) or not isinstance(ops, list):
            return
        done = self.acks.get(client, 0)
        for op in ops:
            seq = op.get("seq") if isinstance(op, dict) else None
            if isinstance(seq, int) and seq > done:
                self._operate(op)
                done = seq
        if done > self.acks.pop(client, 0):
            self.acks = dict(list(self.acks.items())[1 - MOST_CLIENTS :])
            self.rev += 1
        self.acks[client] = done
        self.save()

    def _operate(self, op: Operation) -> None:
        if op.get("op") == "undo":
            self._step(self.undo, self.redo)
        elif op.get("op") == "redo":
            self._step(self.redo, self.undo)
        elif op.get("op") == "recipe":
            self._take(str(op.get("name")))
        else:
            self.change(tower=apply(self.project.tower, op))

    def _step(self, source: list[Project], other: list[Project]) -> None:
        if source:
            other.append(self.project)
            self.project = replace(source.pop(), name=self.project.name)

    def _take(self, name: str) -> None:
        """Put a ready-made tower in place of this one, under its name."""
        try:
            ready = fresh(recipe(name))
        except ProjectError:
            return  # a page older than the server asked for what is gone
        self.change(tower=ready.tower, training=ready.training)
        self.project = replace(self.project, name=ready.name)

    def change(
        self, tower: Tower | None = None, training: Training | None = None
    ) -> None:
        """Change the tower or its training, so that it can be undone."""
        changed = replace(
            self.project,
            tower=tower or self.project.tower,
            training=training or self.project.training,
        )
        if changed != self.project:
            self.undo = [*self.undo[-MOST_UNDO + 1 :], self.project]
            self.redo = []
            self.project = changed

    def rename(self, name: str) -> None:
        """Give the project another name; an empty one leaves it."""
        name = clean_name(name)
        if name and name != self.project.name:
            self.project = replace(self.project, name=name)
            self.save()

    def save(self) -> None:
        """Save, unless another tab saved this project since we read it."""
        if self.elsewhere:
            return
        version = store().save_project(
            self.owner,
            self.id,
            self.version,
            self.project.name,
            self.project.to_json(),
            self.acks,
        )
        self.elsewhere = version is None
        self.version = version or self.version

    def keep_mine(self) -> None:
        """Save what is on this desk over what the other tab saved."""
        row = store().project(self.owner, self.id)
        if row:
            self.version, self.elsewhere = row.version, False
            self.save()

    def take_theirs(self) -> None:
        """Go on with what the other tab saved; what lay here stays in undo."""
        row = store().project(self.owner, self.id)
        if row:
            theirs = Project.from_json(row.document)
            self.change(theirs.tower, theirs.training)
            self.project = replace(self.project, name=row.name)
            self.version, self.elsewhere = row.version, False
            self.acks = {**row.acks, **self.acks}
            self.rev += 1


def open_desk(owner: str, id: str | None = None) -> Desk:
    """The desk with the owner's project `id`, else the last, else a new empty one."""
    row = (store().project(owner, id) if id else None) or store().latest_project(owner)
    if row is None:
        return new_desk(owner, empty())
    project = replace(Project.from_json(row.document), name=row.name)
    return Desk(owner, row.id, row.version, project, dict(row.acks))


def new_desk(owner: str, project: Project) -> Desk:
    """A desk with a project that was not saved before."""
    row = store().create_project(owner, project.name, project.to_json())
    return Desk(owner, row.id, row.version, project, {})


def empty() -> Project:
    """A new project on MNIST, or on Digits where MNIST can't be had."""
    kind = "Digits" if missing("MNIST") else "MNIST"
    assert data_brick(kind)
    return Project(NEW_NAME, Tower(Placed(kind, id=GROUND)))
