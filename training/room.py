"""A room of asks: what pages want of a worker, each in a folder of its own.

The folder's name follows from all that is asked, so that the same ask has one answer. A
page looks in again until it is there; an ask at which nobody looks is not answered.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any

from bricks.words import Text
from storage import files

ASK, ANSWER, PROGRESS, FAILURE = "ask.json", "answer", "progress", "failure.json"
LOOKED_SECONDS = 10.0
"""An ask at which nobody has looked for so long is not answered any more."""
KEPT_SECONDS = 600.0
FAILED_SECONDS = 30.0
"""After these an ask that failed is made again, if anybody looks."""


@dataclass(frozen=True)
class Answer:
    """How far an ask is: `content` is the answer, or as much of it as there is yet.

    `before` are the asks that come first, where it waits for its turn.
    """

    state: str
    """"waiting" (look again soon), "done" or "failed"."""
    content: bytes | None = None
    said: Text | None = None
    before: int = 0


@dataclass(frozen=True)
class Room:
    """Where asks lie; `in_line` has the first asked answered first, else the last that
    was looked at."""

    where: Path
    in_line: bool = False
    kept: float = KEPT_SECONDS

    def look(self, ask: dict[str, Any]) -> Answer:
        """The answer as far as it is there; it never waits."""
        text = json.dumps(ask, sort_keys=True)
        folder = self.where / sha256(text.encode()).hexdigest()[:32]
        return _answer(folder) or self._wait(folder, text)

    def next(self) -> Path | None:
        """The ask that is to be answered now."""
        fresh = self._fresh()
        if self.in_line:
            return min(fresh, key=_asked, default=None)
        return max(fresh, key=_looked, default=None)

    def sweep(self) -> None:
        """Forget what nobody has looked at for long."""
        for folder in self._all():
            if _touched(folder) < time() - self.kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _wait(self, folder: Path, text: str) -> Answer:
        try:
            _ask(folder, text)
        except (FileNotFoundError, FileExistsError):  # swept at this moment
            _ask(folder, text)
        so_far = folder / PROGRESS
        if so_far.exists():
            with suppress(FileNotFoundError):  # done, which the next look tells
                return Answer("waiting", so_far.read_bytes())
        mine = _asked(folder)
        before = sum(_asked(other) < mine for other in self._fresh())
        return Answer("waiting", before=before if self.in_line else 0)

    def _fresh(self) -> list[Path]:
        """Asks without an answer for which somebody waits."""
        limit = time() - LOOKED_SECONDS
        waiting = (folder for folder in self._all() if not _is_answered(folder))
        return [folder for folder in waiting if _looked(folder) > limit]

    def _all(self) -> Iterator[Path]:
        return self.where.iterdir() if self.where.is_dir() else iter(())


def answer(folder: Path, content: bytes) -> None:
    """Write what was asked for."""
    files.write(folder / ANSWER, content)
    (folder / PROGRESS).unlink(missing_ok=True)


def progress(folder: Path, content: bytes) -> None:
    """Write as much of it as there is yet."""
    beside = folder / f".{PROGRESS}.new"
    beside.write_bytes(content)
    beside.replace(folder / PROGRESS)


def fail(folder: Path, reason: Text) -> None:
    """Write why it can't be had."""
    (folder / PROGRESS).unlink(missing_ok=True)
    files.write(folder / FAILURE, json.dumps(reason.to_json()))


def _is_answered(folder: Path) -> bool:
    return (folder / ANSWER).exists() or (folder / FAILURE).exists()


def _ask(folder: Path, text: str) -> None:
    """Put the ask there, or note that somebody still looks."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        os.utime(folder / ASK)
    except FileNotFoundError:
        files.write(folder / ASK, text)


def _touched(folder: Path) -> float:
    """When somebody looked, or made the folder in which nothing is asked yet."""
    try:
        return _looked(folder) or folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _looked(folder: Path) -> float:
    try:
        return (folder / ASK).stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _asked(folder: Path) -> tuple[int, str]:
    """When it was asked for; what is being answered comes first of all."""
    try:
        begun = (folder / PROGRESS).exists()
        return 0 if begun else folder.stat().st_mtime_ns, folder.name
    except FileNotFoundError:
        return 0, folder.name


def _answer(folder: Path) -> Answer | None:
    """The answer, where there is one."""
    failure = folder / FAILURE
    try:
        if failure.exists():
            told = json.loads(failure.read_text("utf-8"))
            if failure.stat().st_mtime < time() - FAILED_SECONDS:
                failure.unlink()
            return Answer("failed", said=Text.from_json(told))
        found = Answer("done", (folder / ANSWER).read_bytes())
        os.utime(folder / ASK)
    except FileNotFoundError:
        return None
    return found
