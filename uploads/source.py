"""What a user brought, whatever it is: a zip file, a folder, or files one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bricks.words import N_, Text
from uploads import archive, folder, kinds, names
from uploads.errors import UploadError
from uploads.found import Entry, Found
from uploads.limits import Limits

MISSING = N_("There is no file or folder {file}.")
PACKED = N_("{file} is packed as {kind}: bring the folder itself, or pack it as zip.")
EMPTY_FILE = N_("{file} is empty.")
EMPTY_FOLDER = N_("The folder is empty.")


@dataclass(frozen=True)
class Told:
    """What is known of a source beside its files."""

    name: str
    """What the data set shall be called."""
    paths: Mapping[str, str] = field(default_factory=dict)
    """Of files that a browser sent: the user's own path, by the name it is kept as."""


def look(source: Path, told: Told, limits: Limits) -> Found:
    """The files in a source, judged by their names and sizes only."""
    if told.paths:
        found = folder.received(source, told.paths, limits)
        if len(found.entries) == 1 and not found.skipped:
            found = _single(found.entries[0].file, found.entries[0].names, limits)
    elif source.is_dir():
        found = folder.walked(source, limits)
    elif source.is_file():
        found = _single(source, (source.name,), limits)
    else:
        raise UploadError(Text(MISSING, {"file": names.shown(source.name)}))
    if not found.entries and not found.skipped:
        raise UploadError(Text(EMPTY_FOLDER))
    return found


def _single(file: Path, path: tuple[str, ...], limits: Limits) -> Found:
    """One file: a zip file, or one that is taken as it is."""
    shown = names.shown(path[-1])
    with file.open("rb") as opened:
        start = opened.read(kinds.MOST)
    if kinds.kind(start) == kinds.ZIP:
        return archive.members(file, shown, limits)
    if kind := kinds.packed(start):
        raise UploadError(Text(PACKED, {"file": shown, "kind": kind}))
    if not start:
        raise UploadError(Text(EMPTY_FILE, {"file": shown}))
    return Found([Entry(path, file.stat().st_size, file)]).within(limits)


def content(entry: Entry) -> bytes:
    """A file's bytes."""
    if entry.member is None:
        return entry.file.read_bytes()
    return archive.read(entry.file, entry.member)
