"""`python -m uploads.looker FOLDER POINTS SECONDS`: looks at the files it is told.

A line on standard input names a file, or a member of a zip file; a line on standard
output says what it is. A decoder that takes too long or too much memory ends this
process and costs that one file.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from bricks.words import N_, Text
from uploads import archive, kinds, picture
from uploads.errors import BadFile

LOOKED_AT = 100_000  # bytes that tell whether a large file is worth reading
MOST_MEMORY = 2_000_000_000  # bytes: a picture of 60 million points, and some copies
GONE = N_("It can't be read: {why}.")


def main(arguments: list[str]) -> None:
    """Answer until standard input ends."""
    where, most_points, seconds = Path(arguments[0]), *map(int, arguments[1:])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a decoder prints is no answer
    _confine()
    for line in sys.stdin:
        _hurry(seconds)
        told = json.loads(line)
        answers.write(json.dumps(answer(told, where, most_points)) + "\n")
        answers.flush()
        _hurry(0)


def answer(told: dict[str, Any], where: Path, most_points: int) -> dict[str, Any]:
    """What a file is: its `seen` picture, or why it is `bad`."""
    file, member = Path(told["file"]), told["member"]
    try:
        content = _read(file, member, LOOKED_AT)
        picture.check_kind(content[: kinds.MOST])
        if len(content) == LOOKED_AT:
            content = _read(file, member, None)
        return {"seen": asdict(picture.keep(content, where, most_points))}
    except BadFile as error:
        said = error.said
    except BadZipFile:
        said = Text(picture.DAMAGED)
    except MemoryError:
        said = Text(picture.NO_MEMORY)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return {"full": True}
        said = Text(GONE, {"why": error.strerror or str(error)})
    return {"bad": said.to_json()}


def _read(file: Path, member: int | None, most: int | None) -> bytes:
    if member is not None:
        return archive.read(file, member, most)
    with file.open("rb") as opened:
        return opened.read(-1 if most is None else most)


def _confine() -> None:
    """A ceiling for memory, where the system has one, and no dump of a crash."""
    if os.name == "nt":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _hurry(seconds: int) -> None:
    """End this process when that time is over; 0 gives it all the time again."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


if __name__ == "__main__":
    main(sys.argv[1:])
