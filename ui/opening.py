"""Which project lies on a person's desk to begin with."""

from __future__ import annotations

import logging

from bricks.catalog import data_brick
from bricks.errors import ProjectError
from bricks.project import NEW_NAME, Project
from bricks.tower import GROUND, Placed, Tower
from training.datasets import missing
from ui import desk
from ui.desk import Desk, opened

log = logging.getLogger(__name__)


def open_desk(owner: str, id: str | None = None) -> Desk:
    """The desk with the owner's project `id`, else the last, else a new empty one.

    A row that can't be read, which no version of ours has written, is left as it is.
    """
    row = (
        desk.store().project(owner, id) if id else None
    ) or desk.store().latest_project(owner)
    if row is None:
        return new_desk(owner, empty())
    try:
        project = opened(row)
    except ProjectError:
        log.exception("Project %s can't be read; a new one is opened.", row.id)
        return new_desk(owner, empty())
    return Desk(owner, row.id, row.version, project, dict(row.acks), dict(row.acks))


def new_desk(owner: str, project: Project) -> Desk:
    """A desk with a project that was not saved before."""
    row = desk.store().create_project(owner, project.name, project.to_json())
    return Desk(owner, row.id, row.version, project, {}, {})


def empty() -> Project:
    """A new project on MNIST, or on Digits where MNIST can't be had."""
    kind = "Digits" if missing(Placed("MNIST", id=GROUND)) else "MNIST"
    assert data_brick(kind)
    return Project(NEW_NAME, Tower(Placed(kind, id=GROUND)))
