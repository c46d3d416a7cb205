"""Whether a project can be trained here and now: its bricks, data, memory and disk."""

from __future__ import annotations

from pathlib import Path

import psutil

from bricks.catalog import data_brick
from bricks.health import fits, leaves, memory
from bricks.project import Project
from bricks.walk import Stage, walk
from bricks.words import N_, Text
from storage import files
from training import datasets
from uploads.shelf import Shelf

GB = 1e9
WORKER = 700_000_000
"""Bytes of a run's process before it has any data, nearly all of it TensorFlow."""
ROOM = 500_000_000
"""Bytes: with less free on the disk no run begins."""

SMALLER_BATCH = N_(
    "Training needs about {needed} GB of memory and {free} GB are free: "
    "choose a batch size of {size} or less."
)
SMALLER_BRICK = N_(
    "Training needs about {needed} GB of memory and {free} GB are free: "
    "make the widest brick smaller, {kind} has {weights} weights."
)
BUSY = N_(
    "Training needs about {needed} GB of memory and {free} GB are free: "
    "close other programs, or wait until other trainings have ended."
)
OUT_OF_MEMORY = Text(
    N_(
        "The server's memory ran out: choose a smaller batch size, "
        "or bricks with fewer filters or units."
    )
)


def hindrance(
    project: Project, folder: Path | None = None, shelf: Shelf | None = None
) -> Text | None:
    """A sentence for why the project can't be trained now, or None; it never waits.

    Where a run's `folder` is named, its disk must have room too. `shelf` has the data
    sets of whoever wants to train it.
    """
    stages = walk(project.tower)
    return (
        _misfit(stages)
        or datasets.known_missing(project.tower.data, shelf)
        or _lack_of_memory(project, stages)
        or (_lack_of_room(folder) if folder else None)
    )


def may_pass(reason: Text) -> bool:
    """Whether this hindrance may be gone when other runs have ended."""
    return reason.template in (SMALLER_BATCH, SMALLER_BRICK, BUSY)


def _lack_of_memory(project: Project, stages: list[Stage]) -> Text | None:
    """A sentence where training would take more memory than is free now."""
    free = psutil.virtual_memory().available
    floor = WORKER + _data_bytes(project, stages)
    tight = fits(stages, project.training, free - floor)
    if tight is None:
        return None
    needed = floor + memory(stages, project.training)
    told = {"needed": f"{needed / GB:.1f}", "free": f"{free / GB:.1f}"}
    if floor >= free:
        return Text(BUSY, told)
    if tight.batch_size:
        return Text(SMALLER_BATCH, {**told, "size": tight.batch_size})
    widest = max(leaves(stages), key=lambda stage: stage.weights)
    return Text(
        SMALLER_BRICK,
        {**told, "kind": widest.placed.kind, "weights": f"{widest.weights:,}"},
    )


def _misfit(stages: list[Stage]) -> Text | None:
    """What to do about the lowest brick that does not fit."""
    for stage in stages:
        if stage.problem:
            told = {"kind": stage.placed.kind, "do": stage.problem.do}
            return Text(N_("{kind}: {do}"), told)
    return None


def _data_bytes(project: Project, stages: list[Stage]) -> int:
    """All examples of the data set, as the floats that a run holds in memory; none
    where it is fed from the disk."""
    placed = project.tower.data
    data = data_brick(placed.kind)
    settings = data.full(placed.settings) if data else {}
    if data is None or data.loading(settings).feeding:
        return 0
    return sum(data.split(settings)) * stages[0].memory


def _lack_of_room(folder: Path) -> Text | None:
    return files.DISK_FULL if files.room(folder) < ROOM else None
