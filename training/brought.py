"""The data that a run in a terminal names: a folder, a zip or a CSV file of one's own.

They are taken as the page takes them, and kept: the same again is not read again.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from time import sleep

from bricks.errors import ProjectError
from bricks.project import Project, placed_json
from bricks.tower import Placed
from bricks.words import N_, Text
from training.settings import Settings
from uploads import binding, bringing
from uploads.dataset import DataSet
from uploads.shelf import Shelf

FOLDER = "terminal"
"""Among those of people, none of whom can have it: theirs are named by a digest."""
KEPT = 10
"""Data sets, of which the oldest goes: whoever brought it has it."""
LOOK_SECONDS = 0.1
MANY = 1_000_000  # data sets, and so on: whose machine it is may keep what they like

NO_SUCH = N_("--data names no folder and no file: {value}.")
NO_DATA = N_(
    "{kind} trains on your own data: name a folder, a zip or a CSV file after --data."
)
OTHER_KIND = N_("{value} has nothing that a tower on {kind} can be trained on.")


def shelf_of(settings: Settings) -> Shelf:
    """The data sets of who works in a terminal."""
    return Shelf.at(settings.home / "uploads" / FOLDER)


def on_data(settings: Settings, project: Project, data: Path | None) -> Project:
    """The project on the data at this path, its own classes kept where they fit.

    Raises ProjectError where nothing is there, UploadError where it can't be taken.
    """
    placed, shelf = project.tower.data, shelf_of(settings)
    if data is None:
        if shelf.get(binding.full(placed)["dataset"]):
            return project
        raise ProjectError(Text(NO_DATA, {"kind": placed.kind}))
    if not data.exists():
        raise ProjectError(Text(NO_SUCH, {"value": data}))
    dataset = _taken(settings, shelf, data.absolute())
    if binding.KINDS[dataset.kind] != placed.kind:
        raise ProjectError(Text(OTHER_KIND, {"value": data, "kind": placed.kind}))
    latest = placed_json(placed)["settings"] if _alike(placed, dataset) else None
    placed = binding.put_on(placed, dataset, latest)
    return replace(project, tower=replace(project.tower, data=placed))


def _alike(placed: Placed, dataset: DataSet) -> bool:
    """Whether the brick's classes were found in data like these."""
    told = binding.full(placed)
    found = {folder for folder, _ in told.get("folders", ())} or set(told["names"])
    return bool(told["dataset"]) and found == set(dataset.names)


def _taken(settings: Settings, shelf: Shelf, data: Path) -> DataSet:
    """The data set, taken by a process of its own; Ctrl+C breaks it off."""
    limits = replace(settings.limits, sets=MANY, kept=MANY)
    id = bringing.begin(shelf, limits, data.stem, files=0, size=0)
    try:
        bringing.finish_folder(shelf, id, data)
        while (state := bringing.state(shelf, id)).state == "checking":
            _show(state.done, state.of)
            sleep(LOOK_SECONDS)
    finally:
        bringing.cancel(shelf, id)
    found = shelf.get(state.dataset) if state.dataset else None
    if found is None:
        raise ProjectError(state.said or Text(NO_SUCH, {"value": data}))
    for old in shelf.all()[KEPT:]:
        if old.id != found.id:
            shelf.drop(old.id)
    for note in found.notes:
        print(note)
    if found.skipped:
        print(f"{len(found.skipped)} files were passed over: `python -m uploads check`")
    return found


def _show(done: int, of: int) -> None:
    if of and sys.stdout.isatty():
        print(f"\rlooking at the files: {done:,} of {of:,} ", end="", flush=True)
