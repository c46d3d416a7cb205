"""What a page may ask of Keras: what the augmentation at a tower's foot makes of a
picture.

See `training.room` for how it is asked, and `training.answers` for who answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from itertools import takewhile
from pathlib import Path

import numpy as np

from bricks.catalog import catalog
from bricks.project import Project
from bricks.tower import TOP, Placed, Tower
from bricks.training import Training
from bricks.walk import Stage, walk
from bricks.words import N_, Text
from codegen.source import script
from training import datasets, room
from training.own import own
from training.room import Room
from training.settings import Settings
from uploads.shelf import Shelf

AUGMENTED = "augmented"
MOST = 24
"""Pictures of one ask."""

NO_PICTURES = Text(N_("Only pictures can be augmented."))
NO_MEMORY = Text(
    N_("The server lacks the memory for examples just now: try again in a minute.")
)
NO_ANSWER = Text(
    N_("The examples could not be made: choose a smaller picture, or try again.")
)


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
        "what": AUGMENTED,
        "script": script(Project("Augmentation", tower, Training())),
        "own": asdict(mine) if mine else None,
        "picture": picture,
        "count": max(1, min(count, MOST)),
        "bricks": len(tower.bricks),
        "scale": scale,
        "offset": offset,
    }
    return _read(asked(settings).look(ask))


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


def asked(settings: Settings) -> Room:
    """Where such asks lie."""
    return Room(settings.home / "asks")


def answer(where: Path, original: np.ndarray, pictures: np.ndarray) -> None:
    """Write what was asked for."""
    raw = BytesIO()
    np.savez(raw, original=original, pictures=pictures)
    room.answer(where, raw.getvalue())


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


def _read(found: room.Answer) -> Examples:
    if found.content is None or found.state != "done":
        return Examples(found.state, said=found.said)
    with np.load(BytesIO(found.content)) as kept:
        return Examples("done", kept["original"], kept["pictures"])
