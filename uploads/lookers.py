"""Looking at many files at once, in processes that may die without harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

from bricks.words import N_, Text
from storage import files
from uploads.errors import BadFile, UploadError
from uploads.found import Entry
from uploads.picture import Seen

ROOT = Path(__file__).resolve().parent.parent
MOST_DEATHS = 25
SECONDS = 60  # for one file
WORTH_ONE_MORE = 50  # files, read while another process starts
DIED = N_("Reading it broke the program that reads pictures.")
TOO_MANY_DIED = N_(
    "{count} files broke the program that reads pictures: nothing is taken."
)

Answer = Seen | BadFile


def look_at_all(
    entries: Sequence[Entry],
    where: Path,
    most_points: int,
    progress: Callable[[int, int], None],
    seconds: int = SECONDS,
) -> list[Answer]:
    """What each of these files is, in their order; good pictures are put in `where`."""
    waiting: SimpleQueue[int] = SimpleQueue()
    for number in range(len(entries)):
        waiting.put(number)
    answered: SimpleQueue[tuple[int, Answer | Exception]] = SimpleQueue()
    count = min(os.cpu_count() or 1, 1 + len(entries) // WORTH_ONE_MORE)
    lookers = [Looker(where, most_points, seconds) for _ in range(count)]
    threads = [
        threading.Thread(target=_feed, args=(one, entries, waiting, answered))
        for one in lookers
    ]
    for thread in threads:
        thread.start()
    try:
        return _collected(len(entries), answered, lookers, progress)
    finally:
        while not waiting.empty():
            _next(waiting)
        for looker in lookers:
            looker.kill()
        for thread in threads:
            thread.join()
        for looker in lookers:
            looker.end()


def _collected(
    count: int,
    answered: SimpleQueue[tuple[int, Answer | Exception]],
    lookers: Sequence[Looker],
    progress: Callable[[int, int], None],
) -> list[Answer]:
    answers: dict[int, Answer] = {}
    while len(answers) < count:
        number, answer = answered.get()
        if not isinstance(answer, Answer):
            raise answer
        answers[number] = answer
        progress(len(answers), count)
        deaths = sum(looker.deaths for looker in lookers)
        if deaths > MOST_DEATHS:
            raise UploadError(Text(TOO_MANY_DIED, {"count": deaths}))
    return [answers[number] for number in range(count)]


def _feed(
    looker: Looker,
    entries: Sequence[Entry],
    waiting: SimpleQueue[int],
    answered: SimpleQueue[tuple[int, Answer | Exception]],
) -> None:
    while (number := _next(waiting)) is not None:
        try:
            answered.put((number, looker.look(entries[number])))
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            answered.put((number, error))


def _next(waiting: SimpleQueue[int]) -> int | None:
    try:
        return waiting.get_nowait()
    except Empty:
        return None


class Looker:
    """A process that looks at one file after the other; a new one when it dies."""

    def __init__(self, where: Path, most_points: int, seconds: int = SECONDS) -> None:
        self.arguments = [str(where.resolve()), str(most_points), str(seconds)]
        self.process: subprocess.Popen[str] | None = None
        self.deaths = 0

    def look(self, entry: Entry) -> Answer:
        """What this file is."""
        told = {"file": str(entry.file.resolve()), "member": entry.member}
        line = self._ask(json.dumps(told))
        if not line.endswith("\n"):
            self.end()
            self.deaths += 1
            return BadFile(Text(DIED))
        answer = json.loads(line)
        if "full" in answer:
            raise UploadError(files.DISK_FULL)
        if "seen" in answer:
            return Seen(**answer["seen"])
        return BadFile(Text.from_json(answer["bad"]))

    def kill(self) -> None:
        """Break off what it does; whoever waits for its answer gets none."""
        if self.process is not None:
            self.process.kill()

    def end(self) -> None:
        """Let the process go."""
        self.kill()
        if self.process is not None:
            self.process.communicate()
            self.process = None

    def _ask(self, line: str) -> str:
        if self.process is None:
            self.process = self._start()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            return self.process.stdout.readline()
        except OSError:  # it is gone
            return ""

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "uploads.looker", *self.arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
