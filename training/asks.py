"""What a page may ask of Keras: what the augmentation at a tower's foot makes of a
picture.

An ask is a folder under `<home>/asks` whose name follows from all that is asked; the
trainer has it answered, and the page looks in again. See `training.answers`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from time import time
from typing import Any

import numpy as np

from bricks.catalog import catalog
from bricks.project import Project
from bricks.tower import TOP, Placed, Tower
from bricks.training import Training
from bricks.walk import Stage, walk
from bricks.words import N_, Text
from codegen.source import script
from storage import files
from training import datasets
from training.own import own
from training.settings import Settings
from uploads.shelf import Shelf

ASK, ANSWER, FAILURE = "ask.json", "answer.npz", "failure.json"
LOOKED_SECONDS = 10.0
"""An ask at which nobody has looked for so long is not answered any more."""
KEPT_SECONDS = 600.0
FAILED_SECONDS = 30.0
"""After these an ask that failed is made again, if anybody looks."""
MOST = 24
"""Pictures of one ask."""

NO_PICTURES = Text(N_("Only pictures can be augmented."))


@dataclass(frozen=True)
class Examples:
    """What the augmentation makes of one picture, once it is "done"."""

    state: str
    """"waiting" (look again soon), "done" or "failed"."""
    original: np.ndarray | None = None
    """uint8 (height, width, channels)."""
    pictures: np.ndarray | None = None
    """uint8 (count, height, width, channels)."""
    said: Text | None = None
    """Why it failed."""


def examples(
    settings: Settings, owner: str, project: Project, picture: int = 0, count: int = 12
) -> Examples:
    """What the tower's augmentation makes of a training picture, `count` times.

    It never waits: what is not there yet is asked for, and is there soon. `picture`
    numbers the training pictures, from 0 and round again.
    """
    tower = foot(project.tower)
    shelf = Shelf(settings.home, owner)
    reason = _misfit(walk(tower)) or datasets.known_missing(tower.data, shelf)
    if reason:
        return Examples("failed", said=reason)
    scale, offset = rescaled(tower.bricks)
    mine = own(tower.data, shelf)
    ask = {
        "script": script(Project("Augmentation", tower, Training())),
        "own": asdict(mine) if mine else None,
        "picture": picture,
        "count": max(1, min(count, MOST)),
        "bricks": len(tower.bricks),
        "scale": scale,
        "offset": offset,
    }
    text = json.dumps(ask, sort_keys=True)
    where = _root(settings) / sha256(text.encode()).hexdigest()[:32]
    return _answer(where) or _wait(where, text)


def foot(tower: Tower) -> Tower:
    """The tower up to where its augmentation ends."""
    return replace(tower, bricks=tuple(takewhile(_augments, tower.bricks)))


def rescaled(bricks: Iterable[Placed]) -> tuple[float, float]:
    """By how much points are multiplied and shifted at the foot, to show them as they
    were.

    >>> rescaled([Placed("Rescaling", {"scale": 2.0, "offset": -1.0})])
    (2.0, -1.0)
    """
    scale, offset = 1.0, 0.0
    rows = [p for brick in bricks for p in brick if p.kind == "Rescaling"]
    for placed in rows:
        told = catalog()["Rescaling"].full(placed.settings)
        if not all(isinstance(told[name], int | float) for name in ("scale", "offset")):
            return 1.0, 0.0  # a Block's own parameter
        scale, offset = scale * told["scale"], offset * told["scale"] + told["offset"]
    return (scale, offset) if scale else (1.0, 0.0)


def next_ask(settings: Settings) -> Path | None:
    """The ask that a page looked at last, and that has no answer yet."""
    waiting = [where for where in _all(settings) if not _is_answered(where)]
    looked = {where: _looked(where) for where in waiting}
    fresh = [where for where in waiting if looked[where] > time() - LOOKED_SECONDS]
    return max(fresh, key=looked.__getitem__, default=None)


def sweep(settings: Settings) -> None:
    """Forget what nobody has looked at for long."""
    for where in _all(settings):
        if _looked(where) < time() - KEPT_SECONDS:
            shutil.rmtree(where, ignore_errors=True)


def answer(where: Path, original: np.ndarray, pictures: np.ndarray) -> None:
    """Write what was asked for."""
    raw = BytesIO()
    np.savez(raw, original=original, pictures=pictures)
    files.write(where / ANSWER, raw.getvalue())


def fail(where: Path, reason: Text) -> None:
    """Write why it can't be had."""
    files.write(where / FAILURE, json.dumps(reason.to_json()))


def _augments(placed: Placed) -> bool:
    if placed.kind == "Block":
        return all(map(_augments, placed.inner[0]))
    brick = catalog().get(placed.kind)
    return brick is not None and (
        brick.family == "augmentation" or brick.kind == "Rescaling"
    )


def _misfit(stages: list[Stage]) -> Text | None:
    if len(stages[0].gives or ()) != 3:
        return NO_PICTURES
    for stage in stages:
        if stage.problem and stage.placed.id != TOP:
            told = {"kind": stage.placed.kind, "do": stage.problem.do}
            return Text(N_("{kind}: {do}"), told)
    return None


def _root(settings: Settings) -> Path:
    return settings.home / "asks"


def _all(settings: Settings) -> Iterator[Path]:
    root = _root(settings)
    return root.iterdir() if root.is_dir() else iter(())


def _is_answered(where: Path) -> bool:
    return (where / ANSWER).exists() or (where / FAILURE).exists()


def _looked(where: Path) -> float:
    try:
        return (where / ASK).stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _answer(where: Path) -> Examples | None:
    """The answer, where there is one."""
    failure = where / FAILURE
    try:
        if failure.exists():
            told: Any = json.loads(failure.read_text("utf-8"))
            if failure.stat().st_mtime < time() - FAILED_SECONDS:
                failure.unlink()
            return Examples("failed", said=Text.from_json(told))
        with np.load(where / ANSWER) as kept:
            found = Examples("done", kept["original"], kept["pictures"])
        (where / ASK).touch()
    except FileNotFoundError:
        return None
    return found


def _wait(where: Path, text: str) -> Examples:
    where.mkdir(parents=True, exist_ok=True)
    if (where / ASK).exists():
        (where / ASK).touch()
    else:
        files.write(where / ASK, text)
    return Examples("waiting")
