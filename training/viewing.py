"""Asking the viewer, a worker that keeps models open, from the page.

Each question has a connection of its own. Who closes it before the last answer does not
look any more, and the viewer drops the question.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from bricks.words import N_, Text
from storage import files
from training.parcel import Arrays, Fields, packed, unpacked
from training.settings import Settings

PROGRESS, DONE, FAILED = "progress", "done", "failed"
OPENING_SECONDS = 90.0
"""How long a question waits for a viewer: on a busy machine Keras takes as long."""
PAUSE = 0.02
FOLDER, DOOR, WANTED = "viewer", "door.json", "wanted"

_NO_DOOR = (OSError, EOFError, ValueError, KeyError, AuthenticationError)

NOBODY = Text(N_("The server could not look into the model just now: try again."))
NO_MEMORY = Text(
    N_("The server lacks the memory to look into a model just now: try again soon.")
)


@dataclass(frozen=True)
class Told:
    """A part of an answer: "progress", then "done"; or "failed", and `said` why."""

    state: str
    fields: Fields = field(default_factory=dict)
    arrays: Arrays = field(default_factory=dict)
    said: Text | None = None

    def packed(self) -> bytes:
        """As it goes through the pipe."""
        said = self.said.to_json() if self.said else None
        return packed([self.state, self.fields, said], self.arrays)


def told(raw: bytes) -> Told:
    """What came through the pipe."""
    (state, fields, said), arrays = unpacked(raw)
    return Told(state, fields, arrays, Text.from_json(said) if said else None)


class Asked:
    """A question on its way; `close` says that nobody looks any more."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.over = False

    def ready(self, seconds: float) -> bool:
        """Whether there is something to hear within so many seconds."""
        try:
            return self.connection.poll(seconds)
        except (OSError, EOFError):  # the viewer ended, which hearing tells
            return True

    def hear(self) -> Told:
        """The next part; the last one is "done" or "failed"."""
        try:
            heard = told(self.connection.recv_bytes())
        except (OSError, EOFError):
            heard = Told(FAILED, said=NOBODY)
        self.over = heard.state != PROGRESS
        return heard

    def __iter__(self) -> Iterator[Told]:
        """Each part, up to the last."""
        while not self.over:
            yield self.hear()

    def close(self) -> None:
        """Look no more."""
        self.connection.close()

    def __enter__(self) -> Asked:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class NoViewer(Exception):
    """There is none to ask; `said` says why."""

    def __init__(self, said: Text) -> None:
        super().__init__(said)
        self.said = said


def ask(settings: Settings, question: Fields, arrays: Arrays | None = None) -> Asked:
    """Ask the viewer, once there is one. Raises `NoViewer`."""
    asked = Asked(_connected(place(settings)))
    asked.connection.send_bytes(packed(question, arrays or {}))
    return asked


def place(settings: Settings) -> Path:
    """Where the viewer's door is told of."""
    return settings.home / FOLDER


def want(where: Path) -> None:
    """Have the trainer see to it that there is a viewer."""
    where.mkdir(parents=True, exist_ok=True)
    (where / WANTED).touch()


def open_door(where: Path, address: str, key: bytes) -> None:
    """Tell where the viewer listens, to nobody but this server's own processes."""
    beside = where / f".{DOOR}.new"
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"address": address, "key": key.hex()}, file)
    beside.replace(where / DOOR)


def fail(where: Path, said: Text) -> None:
    """Tell why there can't be a viewer."""
    files.write(where / DOOR, json.dumps({"said": said.to_json()}))


def _connected(where: Path) -> Connection:
    """A connection to the viewer, which is called for where there is none."""
    try:
        return _through(where)
    except _NO_DOOR:
        (where / DOOR).unlink(missing_ok=True)  # that of a viewer that is gone
    until = monotonic() + OPENING_SECONDS
    while monotonic() < until:
        want(where)
        sleep(PAUSE)
        with suppress(*_NO_DOOR):
            return _through(where)
        _raise_if_failed(where)
    raise NoViewer(NOBODY)


def _through(where: Path) -> Connection:
    known = json.loads((where / DOOR).read_text("utf-8"))
    return Client(known["address"], authkey=bytes.fromhex(known["key"]))


def _raise_if_failed(where: Path) -> None:
    with suppress(OSError, ValueError, KeyError):
        said = Text.from_json(json.loads((where / DOOR).read_text("utf-8"))["said"])
        (where / DOOR).unlink(missing_ok=True)
        raise NoViewer(said)
