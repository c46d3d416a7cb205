"""The folder in which one upload is collected and checked, and what is told there.

`incoming/<id>/` holds `told.json` (what was announced), `paths` (the user's own names,
one a line) and `files/` with the bytes; while it is checked `taker.json`,
`progress.json` and `set/`; at the end `result.json`, and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bricks.words import Text
from storage import files
from uploads.limits import Limits
from uploads.source import Told

FILES = "files"
SET = "set"
_TOLD, _PATHS = "told.json", "paths"
_TAKER, _PROGRESS, _RESULT = "taker.json", "progress.json", "result.json"


@dataclass(frozen=True)
class Announced:
    """What was said of an upload before it began."""

    name: str
    files: int
    size: int
    limits: Limits
    into: str | None = None
    folder: str | None = None
    """On this server, where the files were not sent."""


@dataclass(frozen=True)
class Incoming:
    """The folder of one upload."""

    root: Path

    def announce(self, announced: Announced) -> None:
        (self.root / FILES).mkdir(parents=True, exist_ok=True)
        files.write(self.root / _TOLD, json.dumps(asdict(announced)))

    def announced(self) -> Announced:
        """FileNotFoundError where nothing was."""
        told = json.loads((self.root / _TOLD).read_text("utf-8"))
        return Announced(**told | {"limits": Limits(**told["limits"])})

    def file(self, path: str) -> Path:
        """Where the bytes of the user's file of this name are kept."""
        return self.root / FILES / _kept_as(path)

    def name(self, path: str) -> None:
        """Remember that there is a file of this name."""
        with (self.root / _PATHS).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(path) + "\n")

    def told(self) -> Told:
        """What `take` must know."""
        announced = self.announced()
        file = self.root / _PATHS
        lines = file.read_text("utf-8").splitlines() if file.is_file() else []
        paths = {_kept_as(path): path for path in map(json.loads, lines)}
        return Told(announced.name, paths)

    def source(self) -> Path:
        """Where the files are."""
        folder = self.announced().folder
        return Path(folder) if folder else self.root / FILES

    def set_taker(self, pid: int, started: float) -> None:
        files.write(self.root / _TAKER, json.dumps([pid, started]))

    def taker(self) -> tuple[int, float] | None:
        """The process that checks it, by its id and when that began."""
        told = _read(self.root / _TAKER)
        return (told[0], told[1]) if told else None

    def set_progress(self, done: int, of: int) -> None:
        beside = self.root / f".{_PROGRESS}"
        beside.write_text(json.dumps([done, of]), encoding="utf-8")
        beside.replace(self.root / _PROGRESS)

    def progress(self) -> tuple[int, int]:
        """How many files were looked at, of how many; (0, 0) before it began."""
        told = _read(self.root / _PROGRESS)
        return (told[0], told[1]) if told else (0, 0)

    def end(self, dataset: str | None = None, said: Text | None = None) -> None:
        """Say what became of it: a data set, or why there is none."""
        told = {"dataset": dataset, "said": said.to_json() if said else None}
        files.write(self.root / _RESULT, json.dumps(told))

    def ended(self) -> tuple[str | None, Text | None] | None:
        """What `end` said, or None where it did not yet."""
        told = _read(self.root / _RESULT)
        if told is None:
            return None
        return told["dataset"], Text.from_json(told["said"]) if told["said"] else None


def _kept_as(path: str) -> str:
    return sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return None
