"""Files that lie in a folder, or that a browser sent one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from bricks.words import N_, Text
from uploads import names
from uploads.errors import UploadError
from uploads.found import LINK, RAW, UNSAFE, Entry, Found, check_count
from uploads.limits import Limits

UNREADABLE = N_("The server may not read it.")
NOT_OPEN = N_("The server may not look into the folder {path}.")


def walked(root: Path, limits: Limits) -> Found:
    """What lies in a folder and the folders in it; links are not followed."""
    found = Found()
    for number, path in enumerate(_files(root)):
        check_count(number + 1, limits.files, RAW)
        shown = os.fsencode(path.relative_to(root)).decode("utf-8", "replace")
        split = names.split(shown) if os.sep == "\\" else _split(shown)
        if path.is_symlink():
            found.skip(shown, LINK)
        elif split is None:
            found.skip(shown, UNSAFE)
        elif not path.is_file() or not os.access(path, os.R_OK):
            found.skip(shown, UNREADABLE)
        else:
            found.add(Entry(split, path.stat().st_size, path), limits)
    return found.within(limits)


def _split(path: str) -> tuple[str, ...] | None:
    """A backslash in a name is no folder where names may hold one."""
    return names.split(path) if "\\" not in path else None


def _files(root: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        path = Path(error.filename or root)
        raise UploadError(Text(NOT_OPEN, {"path": names.shown(path.name)}))

    for folder, inner, files in os.walk(root, onerror=fail):
        inner.sort()
        links = [name for name in inner if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in sorted(files + links))


def received(folder: Path, paths: Mapping[str, str], limits: Limits) -> Found:
    """What a browser sent: `paths` tells what the files in `folder` were called."""
    found = Found()
    for kept, path in paths.items():
        file, split = folder / kept, names.split(path)
        if split is None:
            found.skip(path, UNSAFE)
        elif file.is_file():
            found.add(Entry(split, file.stat().st_size, file), limits)
    return found.within(limits)
