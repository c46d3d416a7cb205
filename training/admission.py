"""Whether a project can be trained here and now: its bricks, data, memory and disk."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import psutil

from bricks.catalog import data_brick
from bricks.health import Tight, fits, leaves, memory
from bricks.project import Project
from bricks.training import Training, callbacks
from bricks.training.clash import running
from bricks.walk import Stage, walk
from bricks.words import N_, Text
from storage import files
from training import bases, datasets, weights
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
FROM_ONE = N_(
    "Training needs about {needed} GB of memory and {free} GB are free: "
    "not all examples fit in at once, choose a batch size from 1 to {size}."
)
NOT_GD = N_(
    "Training needs about {needed} GB of memory and {free} GB are free: "
    "not all examples fit in at once, choose the optimizer sgd in place of {rule}."
)
NOT_GD_SMALLER = N_(
    "Training needs about {needed} GB of memory and {free} GB are free: "
    "not all examples fit in at once, choose the optimizer sgd in place of {rule} "
    "and a batch size from 1 to {size}."
)
SMALLER_BRICK = N_(
    "Training needs about {needed} GB of memory and {free} GB are free: "
    "make the widest brick smaller, {kind} has {weights} weights."
)
BUSY = N_(
    "Training needs about {needed} GB of memory and {free} GB are free: "
    "close other programs, or wait until other trainings have ended."
)
NOT_INSTALLED = N_(
    "{part} needs the package {package}, which is not installed here: switch it off, "
    "or have it installed."
)
OUT_OF_MEMORY = Text(
    N_(
        "The server's memory ran out: choose a smaller batch size, "
        "or bricks with fewer filters or units."
    )
)


OF_MEMORY = (
    SMALLER_BATCH,
    FROM_ONE,
    NOT_GD,
    NOT_GD_SMALLER,
    SMALLER_BRICK,
    BUSY,
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
        misfit(stages)
        or _not_installed(project.training)
        or datasets.known_missing(project.tower.data, shelf)
        or weights.known_missing(project.tower)
        or bases.missing(project.tower, folder)
        or _lack_of_memory(project, stages)
        or (_lack_of_room(folder) if folder else None)
    )


def may_pass(reason: Text) -> bool:
    """Whether this hindrance may be gone when other runs have ended."""
    return reason.template in OF_MEMORY


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
    smaller = _smaller(stages, project.training, free - floor, tight)
    if smaller:
        return Text(smaller.template, {**told, **smaller.values})
    widest = max(leaves(stages), key=lambda stage: stage.weights)
    return Text(
        SMALLER_BRICK,
        {**told, "kind": widest.placed.kind, "weights": f"{widest.weights:,}"},
    )


def _smaller(
    stages: list[Stage], training: Training, room: int, tight: Tight
) -> Text | None:
    """What to choose so that fewer examples are in memory at once, if that helps."""
    if not training.whole:
        size = tight.batch_size
        return Text(SMALLER_BATCH, {"size": size}) if size else None
    if not training.rule.whole:
        return Text(FROM_ONE, {"size": tight.batch_size}) if tight.batch_size else None
    other = fits(stages, replace(training, optimizer="sgd"), room)
    told = {"rule": training.optimizer}
    if other is None:
        return Text(NOT_GD, told)
    size = other.batch_size
    return Text(NOT_GD_SMALLER, {**told, "size": size}) if size else None


def _not_installed(training: Training) -> Text | None:
    """What to do about a callback whose package is not here."""
    for kind in running(training):
        part = callbacks()[kind]
        for package in part.needs:
            if find_spec(package) is None:
                told = {"part": Text(part.said), "package": package}
                return Text(NOT_INSTALLED, told)
    return None


def misfit(stages: list[Stage]) -> Text | None:
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
