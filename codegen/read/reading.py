"""A reading: the project that code or a file stands for, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.words import N_, Text
from codegen.read.archive import (
    MOST_CONFIG,
    config_of,
    configuration,
    is_archive,
    is_json,
    refuse_others,
)
from codegen.read.assembly import assembled
from codegen.read.budget import Budget, TooLong
from codegen.read.config import model_of
from codegen.read.header import header, without_data
from codegen.read.meanings import Meanings
from codegen.read.notes import Note, Notes
from codegen.read.parse import parsed
from codegen.read.printed import PrintedReader
from codegen.read.seen import Seen
from codegen.read.statements import Reader
from codegen.read.uncalled import call_the_uncalled, loose_layers


@dataclass(frozen=True)
class Reading:
    """A project, and a note for everything that it lacks."""

    project: Project
    notes: tuple[Note, ...] = ()


def read_code(code: bytes | str, name: str = "") -> Reading:
    """The project of Keras code, which is never run.

    `name` is the project's where the code gives none. ProjectError says in one sentence
    why there is nothing to read.
    """
    notes = Notes()
    tree = parsed(code, notes)
    head = header(tree)
    reader = (PrintedReader if head else Reader)(notes, Budget())
    if head:
        reader.seen.batch, reader.seen.stepped = head.batch, head.stepped
        tree = without_data(tree)
    try:
        reader.body(tree.body)
        call_the_uncalled(reader)
    except (TooLong, RecursionError):
        said = N_("Working out this code takes too long; the reading ends early.")
        notes.say(None, said)
    if not any(model.steps or model.outputs for model in reader.seen.models):
        loose = loose_layers(reader)
        reader.seen.models += [loose] if loose else []
    reader.budget.steps = max(reader.budget.steps, 50_000)  # for the bricks themselves
    try:
        project = assembled(reader.meanings, notes, head, name)
    except (TooLong, RecursionError) as error:
        raise ProjectError(Text(N_("This model is too large to be read."))) from error
    return Reading(project, notes.all())


def read_config(config: object, name: str = "") -> Reading:
    """The project of a model's configuration, as Keras saves it."""
    notes = Notes()
    meanings = Meanings(notes, Seen(), Budget())
    try:
        model_of(config, meanings)
        project = assembled(meanings, notes, None, name)
    except (TooLong, RecursionError) as error:
        raise ProjectError(Text(N_("This model is too large to be read."))) from error
    return Reading(project, notes.all())


def read_upload(raw: bytes, file: str = "") -> Reading:
    """The project of a file's bytes, whatever it is: code, JSON or `.keras`."""
    name = PurePath(file).stem
    refuse_others(raw)
    if is_archive(raw):
        return read_config(config_of(raw), name)
    if is_json(raw):
        return read_config(configuration(raw), name)
    return read_code(raw, name)


def read_file(path: Path) -> Reading:
    """The project of a file; of a `.keras` file only the configuration is opened."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_CONFIG + 1)
    except OSError as error:
        said = N_("{path} can't be read: {why}.")
        values = {"path": str(path), "why": error.strerror or type(error).__name__}
        raise ProjectError(Text(said, values)) from error
    if is_archive(raw):
        return read_config(config_of(path), path.stem)
    return read_upload(raw, path.name)
