"""Where a person's data sets lie: one folder for each, nobody else's in reach.

`<home>/uploads/<owner>/<id>/` holds `index.json` (the data set), `pictures/`,
`thumbs/`, `table.csv`, `latest.json` (the last settings of a brick on it) and
`prepared/`. What is still being brought lies in `incoming/<id>/` beside them, and is
moved as a whole when it is ready.
"""

from __future__ import annotations

import json
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from secrets import token_hex
from typing import Any

from filelock import FileLock

from bricks.project import clean_name
from bricks.words import N_, Text
from storage import files
from uploads.dataset import DataSet
from uploads.errors import UploadError

INDEX = "index.json"
PICTURES = "pictures"
THUMBS = "thumbs"
PREPARED = "prepared"
TABLE = "table.csv"
LATEST = "latest.json"
INCOMING = "incoming"
_ID = re.compile(r"[0-9a-f]{32}")

GONE = N_("These data are not here any more.")
OVERTAKEN = N_("Something else was added to these data meanwhile: add yours again.")


def new_id() -> str:
    """An id that nobody can guess."""
    return token_hex(16)


class Shelf:
    """The data sets of one person."""

    def __init__(self, home: Path, owner: str) -> None:
        # The owner's name is the secret of a cookie: it is no folder's name.
        self.root = home / "uploads" / sha256(owner.encode()).hexdigest()[:32]

    @classmethod
    def at(cls, root: Path) -> Shelf:
        """The shelf whose folder this is."""
        shelf = cls.__new__(cls)
        shelf.root = root
        return shelf

    def folder(self, id: str) -> Path:
        """Where this data set lies; it may not be there. ValueError for no id."""
        if not _ID.fullmatch(id):
            raise ValueError(f"An id is 32 hexadecimal digits. Received: {id!r}")
        return self.root / id

    def incoming(self, id: str) -> Path:
        """Where what is brought under this id is collected; it may not be there."""
        return self.root / INCOMING / self.folder(id).name

    def get(self, id: str) -> DataSet | None:
        """The data set, or None where this person has none of this id."""
        if not _ID.fullmatch(id):
            return None
        path = self.folder(id) / INDEX
        try:
            told = path.stat()
            return _read(path, (told.st_mtime_ns, told.st_ino))
        except FileNotFoundError:
            return None

    def all(self) -> list[DataSet]:
        """This person's data sets, the newest first."""
        folders = self.root.iterdir() if self.root.is_dir() else ()
        found = [dataset for path in folders if (dataset := self.get(path.name))]
        return sorted(found, key=lambda one: (-one.made, one.id))

    def put(self, dataset: DataSet, incoming: Path) -> DataSet:
        """Move a finished folder in, with its index; the name is made its own."""
        files.settle_all(incoming)
        with self._lock():
            kept = replace(dataset, name=self._free(dataset.name, dataset.id))
            files.write(incoming / INDEX, kept.to_json())
            incoming.replace(self.folder(dataset.id))
            files.settle(self.root)
        return replace(kept, where=self.folder(dataset.id))

    def save(self, dataset: DataSet) -> None:
        """Write a data set that has grown, or has another name."""
        files.write(self.folder(dataset.id) / INDEX, dataset.to_json())

    def grow(self, grown: DataSet, where: Path) -> DataSet:
        """Put copies that lie in `where` to those of a data set, which has grown."""
        files.settle_all(where)
        with self._lock():
            there = self.get(grown.id)
            if there is None:
                raise UploadError(Text(GONE))
            if there.added + 1 != grown.added:
                raise UploadError(Text(OVERTAKEN))
            for folder in PICTURES, THUMBS:
                for file in (where / folder).iterdir():
                    file.replace(self.folder(grown.id) / folder / file.name)
                files.settle(self.folder(grown.id) / folder)
            kept = replace(grown, name=there.name)
            self.save(kept)
        return kept

    def rename(self, id: str, name: str) -> DataSet:
        """Give it another name, a number behind it where the name is taken."""
        with self._lock():
            dataset, clean = self.get(id), clean_name(name)
            if dataset is None:
                raise UploadError(Text(GONE))
            if clean and clean != dataset.name:
                dataset = replace(dataset, name=self._free(clean, id))
                self.save(dataset)
        return dataset

    def drop(self, id: str) -> None:
        """Delete it, if it is there; whoever calls has asked that no run uses it."""
        gone = self.root / f"gone-{token_hex(4)}"
        with self._lock(), suppress(FileNotFoundError):
            self.folder(id).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def latest(self, id: str) -> dict[str, Any]:
        """The settings, as JSON, that the last brick on this data set had."""
        path = self.folder(id) / LATEST
        return json.loads(path.read_text("utf-8")) if path.is_file() else {}

    def keep_latest(self, id: str, settings: dict[str, Any]) -> None:
        """Remember them for the next tower."""
        if self.folder(id).is_dir():
            files.write(self.folder(id) / LATEST, json.dumps(settings))

    def _free(self, name: str, id: str) -> str:
        """The name, with a number where another data set has it."""
        taken = {one.name for one in self.all() if one.id != id}
        numbers = (f"{name} {number}" for number in count(2))
        return next(n for n in chain([name], numbers) if n not in taken)

    def _lock(self) -> FileLock:
        self.root.mkdir(parents=True, exist_ok=True)
        return FileLock(self.root / "lock", timeout=30)


@lru_cache(maxsize=64)
def _read(path: Path, _written: tuple[int, int]) -> DataSet:
    """The index as it was written then: two in one tick of the clock are two files."""
    dataset = DataSet.from_json(path.read_text(encoding="utf-8"))
    return replace(dataset, where=path.parent)
