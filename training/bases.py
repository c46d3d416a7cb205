"""Trained towers of one's own as bases: what a page asks for, where their weights lie.

A worker beside the runs copies the weights of a run, or of a `.keras` file, into a file
of their own, called by what it holds: it stays when the run is deleted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile
from typing import Any

from bricks.brick import Shape
from bricks.catalog import catalog
from bricks.catalog.trained import ENDING
from bricks.errors import ProjectError
from bricks.project import Project
from bricks.sealed import WEIGHTS, spliced, written
from bricks.strictjson import MOST_SAVED
from bricks.tower import Placed, Tower, mapped
from bricks.walk import Stage, climb, walk
from bricks.words import N_, Text
from codegen.literal import identifier
from codegen.read.held import held
from codegen.trained import is_trained, weights_file
from training import runs
from training.room import Answer, Room
from training.settings import Settings

BASE = "base"
FOLDER = "bases"
VARIABLE = "BRICKYARD_BASES"
"""Where a printed script looks for the weights of bases of one's own."""
LONGEST = 120.0
"""Seconds that making one may take."""

NO_MEMORY = Text(
    N_("The server lacks the memory to make this base just now: try again in a minute.")
)
NO_ANSWER = Text(
    N_("This base could not be made: choose another one, or try again in a minute.")
)
NO_MODEL = Text(N_("This run has no model: train the tower for one epoch at least."))
NOTHING_LEARNED = Text(
    N_("Nothing below this brick has learned anything: take more of the tower.")
)
NO_TOWER = Text(N_("Of this tower nothing can be taken as a base."))
MISSING = N_(
    "{file}, what the base {name} learned, is not on this server: put it into the "
    "folder bases in BRICKYARD_HOME, take the base away, or go on with random weights, "
    "which know nothing yet."
)


@dataclass(frozen=True)
class Whole:
    """A trained tower: what its lowest brick gets, its bricks, and how many of them,
    from the ground up, make a base where nobody says otherwise."""

    shape: Shape
    stages: tuple[Stage, ...]
    cut: int

    @property
    def bricks(self) -> tuple[Placed, ...]:
        """What may be taken, from the ground up."""
        return tuple(stage.placed for stage in self.stages)


@dataclass(frozen=True)
class Made:
    """How far a base is: once it is "done", the settings of its brick."""

    state: str
    """"waiting" (look again soon), "done" or "failed"."""
    settings: dict[str, str] | None = None
    said: Text | None = None
    """Why it failed."""


def of_run(where: Path) -> Whole:
    """What a run's folder has. Raises `ProjectError`."""
    try:
        document = (where / runs.PROJECT).read_bytes()
        model = (where / runs.MODEL).is_file()
    except OSError as error:
        raise ProjectError(NO_MODEL) from error
    if not model:
        raise ProjectError(NO_MODEL)
    tower = Project.from_json(document, MOST_SAVED).tower
    return whole_of(walk(tower)[0].gives, tower.bricks)


def of_file(path: Path) -> Whole:
    """What a `.keras` file has. Raises `ProjectError`."""
    found = held(path)
    return whole_of(found.shape, found.bricks)


def whole_of(shape: Shape | None, bricks: tuple[Placed, ...]) -> Whole:
    """Bricks on a brick that gives `shape`. Raises `ProjectError`."""
    stages = climb(bricks, shape)
    if shape is None or not stages or stages[-1].gives is None:
        raise ProjectError(NO_TOWER)
    return Whole(shape, stages, _features(stages))


def _features(stages: tuple[Stage, ...]) -> int:
    """How many bricks stand below the last Dense, which gives the answer, and below
    what only matters while it learns."""
    dense = [n for n, stage in enumerate(stages) if _has_dense(stage.placed)]
    high = max(dense, default=len(stages))
    while high > 1 and _family(stages[high - 1].placed) == "regularization":
        high -= 1
    learned = any(stage.weights for stage in stages[:high])
    return high if learned else len(stages)


def _has_dense(placed: Placed) -> bool:
    return any(one.kind == "Dense" for one in placed)


def _family(placed: Placed) -> str:
    brick = catalog().get(placed.kind)
    return brick.family if brick else ""


def taken(whole: Whole, cut: int) -> tuple[Placed, ...]:
    """The bricks of a base of the first `cut` ones. Raises `ProjectError`.

    Augmentation, which only matters while a tower learns, is left out; pretrained
    bases inside get their weights with the others, and their padlock is this base's.
    """
    stages = whole.stages[: max(0, cut)]
    if not any(stage.weights for stage in stages):
        raise ProjectError(NOTHING_LEARNED)
    kept = tuple(stage.placed for stage in stages if not is_left_out(stage))
    bricks = tuple(spliced(kept))
    return mapped(bricks, lambda each, _: tuple(map(_without_file, each)))


def is_left_out(stage: Stage) -> bool:
    """Whether a base has no use for this brick."""
    return _family(stage.placed) == "augmentation" and stage.gets == stage.gives


def _without_file(placed: Placed) -> Placed:
    if _family(placed) != "base":
        return placed
    settings = {**placed.settings, "weights": None, "frozen": False}
    return replace(placed, settings=settings)


def asked(settings: Settings) -> Room:
    """Where asks for bases lie; whoever asks first comes first."""
    return Room(settings.home / "asked-bases", in_line=True)


def look(settings: Settings, source: Path, cut: int, name: str, title: str) -> Made:
    """The base as far as it is there; what is not is asked for. It never waits."""
    return _read(asked(settings).look(ask(settings, source, cut, name, title)))


def ask(
    settings: Settings, source: Path, cut: int, name: str, title: str
) -> dict[str, Any]:
    """What the worker is asked: a base of the first `cut` bricks of a run's folder, or
    of a `.keras` file; `name` begins that of its own file."""
    return {
        "what": BASE,
        "source": str(source),
        "of": _stamp(source),
        "cut": cut,
        "name": identifier(name, "trained")[:40],
        "title": title,
        "into": str(settings.home / FOLDER),
    }


def _stamp(source: Path) -> list[int]:
    """Of the model: another one makes another base."""
    model = source / runs.MODEL if source.is_dir() else source
    try:
        told = model.stat()
    except OSError:
        return []
    return [told.st_size, told.st_mtime_ns]


def _read(answer: Answer) -> Made:
    if answer.state == "done" and answer.content:
        return Made("done", json.loads(answer.content))
    if answer.state == "failed":
        return Made("failed", said=answer.said)
    return Made("waiting")


def sealed_tower(whole: Whole, cut: int) -> str:
    """The text of such a base's bricks."""
    return written(whole.shape, taken(whole, cut))


def folder(home: Path) -> Path:
    """Where the weights of bases lie."""
    return home / FOLDER


def files(tower: Tower) -> list[tuple[Placed, str]]:
    """The bases of one's own in a tower that have a file, and the file's name."""
    bases = (placed for placed in tower if is_trained(placed))
    named = ((placed, weights_file(placed)) for placed in bases)
    return [(placed, file) for placed, file in named if file]


def missing(tower: Tower, run: Path | None = None) -> Text | None:
    """A sentence where what a base learned is not on this server, nor in the folder of
    the run that is to go on."""
    for placed, file in files(tower):
        if found(file) is None and not (run and (run / file).is_file()):
            name = placed.name or placed.settings.get("title") or placed.kind
            return Text(MISSING, {"file": file, "name": name})
    return None


def kept(tower: Tower) -> list[str]:
    """The files of what the tower's bases learned that are here, each once."""
    return [*dict.fromkeys(file for _, file in files(tower) if found(file))]


def found(file: str) -> Path | None:
    """The file of this name, where there is one."""
    stem = file.removesuffix(ENDING)
    path = _named() / file
    known = stem != file and WEIGHTS.fullmatch(stem) and path.is_file()
    return path if known else None


def _named() -> Path:
    """Where scripts of this server find them."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else folder(Settings.from_environment().home)


def at_random(tower: Tower) -> Tower:
    """The tower with random weights in place of those that are not on this server."""

    def change(bricks: Iterable[Placed], _floor: str) -> tuple[Placed, ...]:
        return tuple(map(forget, bricks))

    def forget(placed: Placed) -> Placed:
        known = is_trained(placed) and weights_file(placed)
        if not known or found(known):
            return placed
        settings = {k: v for k, v in placed.settings.items() if k != "weights"}
        return replace(placed, settings=settings)

    return replace(tower, bricks=mapped(tower.bricks, change))


def bring(tower: Tower, where: Path) -> None:
    """Put what the tower's bases learned beside a script that is to be run in a folder:
    the folder then has all that it needs, whatever else is removed."""
    for _, file in files(tower):
        source, target = _named() / file, where / file
        if target.exists() or not source.is_file():
            continue
        try:
            os.link(source, target)
        except OSError:  # another disk, or one that knows no links
            beside = target.with_name(f".{file}.new")
            copyfile(source, beside)
            with suppress(FileExistsError):
                beside.replace(target)


def find_in(where: Path, tower: Tower) -> None:
    """Have scripts that run in this process find what the tower's bases learned in a
    run's folder, where it has it all."""
    names = [file for _, file in files(tower)]
    if names and all((where / file).is_file() for file in names):
        os.environ[VARIABLE] = str(where)


def settings_json(found: dict[str, Any]) -> bytes:
    """As it is put down for the page."""
    return json.dumps(found).encode()
