"""What goes before a run: its folder, its data, or why it can't begin."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.words import N_, Text
from codegen.source import script
from storage import files
from training import admission, bases, datasets, runs
from training import own as own_data
from training.imagenet import asks
from training.messages import Own, Prepare
from training.rows import REPEATS, RunRow
from training.settings import Settings
from uploads import prepare
from uploads.dataset import PICTURES
from uploads.shelf import Shelf

PREPARE_DISK = 2_000_000_000
"""Bytes: larger pictures wait for a run to be read."""

log = logging.getLogger(__name__)


def whatever_comes(do: Callable[..., Any], *about: Any) -> Any:
    """What it gives; None where it fails: one person's document ends no trainer."""
    try:
        return do(*about)
    except Exception:
        log.exception("%s failed.", do.__name__)
        return None


def to_prepare(settings: Settings, owner: str, document: str) -> Prepare | None:
    """What to load for a project, where its data lie on this machine."""
    try:
        project = Project.from_json(document, MOST_SAVED)
    except ProjectError:
        return None
    placed, shelf = project.tower.data, Shelf(settings.home, owner)
    if asks(placed) or not datasets.at_hand(placed, shelf):
        return None
    own = own_data.own(placed, shelf)
    if own and own.kind == PICTURES and prepare.size(own.settings) > PREPARE_DISK:
        return None
    return Prepare(script(project), own)


def made_ready(
    where: Path, row: RunRow, shelf: Shelf
) -> tuple[Text | None, Own | None]:
    """Make the run's folder, find its owner's data; a sentence where this can't be."""
    try:
        project = Project.from_json(row.document, MOST_SAVED)
        reason = admission.hindrance(project, where, shelf)
        if reason:
            return reason, None
        runs.create(where, project, _repeated(where, row))
        bases.bring(project.tower, where)
        return None, own_data.own(project.tower.data, shelf)
    except ProjectError as error:
        return error.said, None
    except OSError as error:
        log.exception("The folder of run %s can't be made.", row.id)
        if files.disk_is_full(where.parent):
            return files.DISK_FULL, None
        said = N_("The run's folder can't be written: {why}.")
        return Text(said, {"why": error.strerror}), None


def _repeated(where: Path, row: RunRow) -> Path | None:
    """The folder of the run that this one repeats."""
    repeats = row.about.get(REPEATS)
    return where.with_name(repeats) if repeats else None
