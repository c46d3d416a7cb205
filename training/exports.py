"""A run's model in other programs' formats: what the page asks, what it is told.

Each file is made and proved once, by a worker beside the runs, and kept in the run's
folder. What is kept was loaded again in a clean process, by the program that will load
it elsewhere, and gave the model's own answers on the run's test examples.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.strictjson import MOST_SAVED
from bricks.words import N_, Text
from codegen.predict import looks_at
from training import runs
from training.own import own
from training.room import Answer, Room
from training.rows import RunRow
from training.settings import Settings
from uploads.shelf import Shelf

EXPORT = "export"
FOLDER = "exports"
"""In the run's folder: the files, and what is known of each."""
LONGEST = 600.0
"""Seconds that one may take: a ResNet-50 alone takes a minute on a busy machine."""

FAILED_SECONDS = 3600.0
"""After these, what could not be made is tried again, if anybody looks."""

NO_MODEL = Text(N_("There is no trained model yet: train for one epoch at least."))
NO_PICTURES = Text(
    N_("The demo page is for towers that tell something of pictures: take ONNX.")
)
NO_PACKAGE = N_(
    "This needs the package {packages} on the server: install it there "
    "(pip install {packages})."
)
NO_MEMORY = Text(
    N_("The server lacks the memory for this file just now: try again in a minute.")
)
NO_ANSWER = Text(
    N_(
        "This file could not be made: try again, or take another format; the server's "
        "log says why."
    )
)
STEPS = {
    "waiting": N_("Waiting for other files to be made."),
    "reading": N_("Loading the model and its test examples."),
    "making": N_("Making the file."),
    "proving": N_("Proving it: another program loads it and answers."),
}


@dataclass(frozen=True)
class Kind:
    """A format: what people call it, its file, and the packages that make and prove it.

    `needs` are names to import; `packages` what pip calls them.
    """

    title: str
    file: str
    mime: str
    needs: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


ONNX_NEEDS = ("onnx", "tf2onnx", "onnxruntime")
KINDS: Mapping[str, Kind] = {
    "keras": Kind("Keras", "model.keras", "application/octet-stream"),
    "onnx": Kind(
        "ONNX",
        "model.onnx",
        "application/octet-stream",
        ONNX_NEEDS,
        ONNX_NEEDS,
    ),
    "litert": Kind("LiteRT (TFLite)", "model.tflite", "application/octet-stream"),
    "savedmodel": Kind("TensorFlow SavedModel", "saved_model.zip", "application/zip"),
    "demo": Kind(
        "Demo page",
        "index.html",
        "text/html",
        ONNX_NEEDS,
        ONNX_NEEDS,
    ),
    "summary": Kind("model.summary()", "summary.txt", "text/plain"),
}


@dataclass(frozen=True)
class Export:
    """How far a file is, and how well it was proved, once it is "done"."""

    state: str
    """"waiting" (look again soon), "done" or "failed"."""
    said: Text | None = None
    """Waiting: what is done now. Done: how it was proved. Failed: why."""
    path: Path | None = None
    size: int = 0
    """Bytes."""
    difference: float | None = None
    """The largest between two answers, model's and file's; None where there is nothing
    to compare (the summary)."""
    agreement: float | None = None
    """The share of examples, 0 to 1, with the same class; None for values."""
    count: int = 0
    """Examples that were compared."""
    seconds: float = 0.0
    """That making and proving it took."""
    notes: tuple[Text, ...] = ()
    """What differs from the tower, such as augmentation that was left out."""
    before: int = 0
    """Others that are made first, while it waits."""


def look(settings: Settings, run: RunRow, kind: str) -> Export:
    """The file as far as it is there; what is not is asked for. It never waits."""
    found = kept(settings, run.id, kind)
    if found:
        return found
    where = runs.folder(settings, run.id)
    reason = hindrance(where, kind)
    if reason:
        return Export("failed", said=reason)
    return _read(asked(settings).look(ask(settings, run, where, kind)), where, kind)


def kept(settings: Settings, run_id: str, kind: str) -> Export | None:
    """What was made before of the model as it is now; None where it is to be made."""
    return read(runs.folder(settings, run_id), kind)


def asked(settings: Settings) -> Room:
    """Where such asks lie; whoever asks first comes first."""
    return Room(settings.home / "exports", in_line=True)


def hindrance(where: Path, kind: str) -> Text | None:
    """A sentence where this file can't be made of what lies in a run's folder."""
    if not (where / runs.MODEL).is_file():
        return NO_MODEL
    lacking = [
        package
        for name, package in zip(KINDS[kind].needs, KINDS[kind].packages, strict=True)
        if find_spec(name) is None
    ]
    if lacking:
        return Text(NO_PACKAGE, {"packages": " ".join(lacking)})
    return NO_PICTURES if kind == "demo" and not _sees_pictures(where) else None


def _sees_pictures(where: Path) -> bool:
    try:
        return looks_at(project(where)) is not None
    except (OSError, ProjectError):
        return False


def project(where: Path) -> Project:
    """What a run trained, as its folder has it; may raise OSError or ProjectError."""
    return Project.from_json((where / runs.PROJECT).read_bytes(), MOST_SAVED)


def stamp(where: Path) -> list[int]:
    """Of the model: another one, as after more epochs, is exported anew."""
    told = (where / runs.MODEL).stat()
    return [told.st_size, told.st_mtime_ns]


_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError)


def read(where: Path, kind: str) -> Export | None:
    """What a run's folder has of the model as it is now; None, too, where what is told
    of the file is damaged: then it is made anew."""
    try:
        told = json.loads(note(where, kind).read_text("utf-8"))
        if told.pop("of") != stamp(where):
            return None
        said = Text.from_json(told.pop("said")) if "said" in told else None
        if told.pop("state", "") == "failed":
            fresh = note(where, kind).stat().st_mtime > time.time() - FAILED_SECONDS
            return Export("failed", said) if fresh else None
        size = path(where, kind).stat().st_size
        notes = tuple(Text.from_json(one) for one in told.pop("notes", ()))
        return Export("done", said, path(where, kind), size, notes=notes, **told)
    except _DAMAGED:
        return None


def path(where: Path, kind: str) -> Path:
    """Where the file is kept in a run's folder; Keras' own is there anyway."""
    return where / (runs.MODEL if kind == "keras" else f"{FOLDER}/{KINDS[kind].file}")


def note(where: Path, kind: str) -> Path:
    """The file that says how well another one was proved, or why it is not there."""
    return where / FOLDER / f"{kind}.json"


def ask(settings: Settings, run: RunRow, where: Path, kind: str) -> dict[str, Any]:
    """What the worker is asked, as plain values."""
    return {
        "what": EXPORT,
        "kind": kind,
        "folder": str(where),
        "own": _own(settings, run, where),
        "of": stamp(where),
    }


def _own(settings: Settings, run: RunRow, where: Path) -> dict[str, Any] | None:
    """The owner's data, where the run has them and they are still there."""
    try:
        placed = project(where).tower.data
    except (OSError, ProjectError):
        return None
    mine = own(placed, Shelf(settings.home, run.owner))
    return asdict(mine) if mine else None


def _read(answer: Answer, where: Path, kind: str) -> Export:
    if answer.state == "done":
        return read(where, kind) or Export("failed", said=NO_ANSWER)
    if answer.state == "failed":
        return Export("failed", said=answer.said)
    step = answer.content.decode() if answer.content else "waiting"
    return Export("waiting", Text(STEPS[step]), before=answer.before)
