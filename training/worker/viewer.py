"""The viewer: a worker that answers questions on trained models, one step each in turn.

It keeps the models open while somebody looks, and ends when nobody does.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from queue import Empty, Queue
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from bricks.words import N_, Text
from training import viewing
from training.parcel import Arrays, unpacked
from training.viewing import FAILED, PROGRESS, Told
from training.worker import life

if TYPE_CHECKING:
    from explain.opened import Opened
    from training.worker.kept_open import KeptOpen

IDLE_SECONDS = 300.0
LOOK_SECONDS = 0.5
"""How often it sees, while it is idle, whether its door is still told of."""
ASKING_SECONDS = 5.0
BEFORE_A_RUN = 900
"""When memory runs out, looking ends before a training does."""
MOST_GIVEN = 64
"""Examples in one question."""

NO_ANSWER = Text(N_("This can't be told of this model; the server's log says why."))

log = logging.getLogger(__name__)


class Viewer:
    """What a look may ask for: a run's model, its test examples, what was given."""

    def __init__(self) -> None:
        self._kept: KeptOpen | None = None

    @property
    def kept(self) -> KeptOpen:
        """What is open; Keras is imported for it, after the fork."""
        if self._kept is None:
            from training.worker.kept_open import KeptOpen

            self._kept = KeptOpen()
        return self._kept

    def run(self, ask: Mapping[str, Any]) -> Opened:
        """The model of `ask["folder"]`, at its "best" or "last" epoch by
        `ask["which"]`. Raises `Unopened`."""
        return self.kept.run(Path(ask["folder"]), ask.get("which", "best"))

    def examples(self, ask: Mapping[str, Any]) -> tuple[Any, Any]:
        """The test examples (x, y) of the run, as its script loads them. Raises
        `Unopened`."""
        from training.worker.kept_open import own_of

        return self.kept.examples(self.run(ask), own_of(ask))

    def given(self, ask: Mapping[str, Any], arrays: Arrays) -> np.ndarray:
        """The examples (n, ...) that are looked at, as the tower gets them: test
        examples of these numbers, `{"test": [4, 7]}`, or the pictures in
        `arrays["given"]`, uint8 (n, height, width, channels). Raises `Unopened`."""
        from training.worker.kept_open import points

        if "given" in arrays:
            return points(arrays["given"][:MOST_GIVEN])
        x, _y = self.examples(ask)
        numbers = np.atleast_1d(ask["given"]["test"])[:MOST_GIVEN] % len(x)
        return points(np.asarray(x[numbers]))


@dataclass
class Turn:
    """A question that is being answered."""

    connection: Connection
    parts: Iterator[Told | None]

    def step(self) -> bool:
        """Take the next step; False where there is none any more."""
        try:
            if self.connection.poll():  # it closed: nobody looks any more
                return self.end()
            told = self._next()
            if told is None:
                return True
            self.connection.send_bytes(told.packed())
            return told.state == PROGRESS or self.end()
        except (OSError, EOFError):
            return self.end()

    def end(self) -> bool:
        """Answer no more."""
        with suppress(Exception):  # a look that is closed amid its work may complain
            self.parts.close()  # type: ignore[attr-defined]
        self.connection.close()
        return False

    def _next(self) -> Told | None:
        from explain.unexplained import Unexplained
        from uploads.errors import UploadError

        try:
            return next(self.parts)
        except (UploadError, Unexplained) as error:
            return Told(FAILED, said=error.said)
        except Exception:  # whatever Keras says
            log.exception("A question can't be answered.")
            return Told(FAILED, said=NO_ANSWER)


def work(folder: str, where: str) -> None:
    """Answer until nobody looks any more; the socket lies in `folder`."""
    life.die_with_parent()
    life.be_first_to_go(BEFORE_A_RUN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    key = os.urandom(32)
    address = None if os.name == "nt" else str(Path(folder) / "door")
    listener = Listener(address, authkey=key, backlog=64)
    asked: Queue[Turn] = Queue()
    threading.Thread(target=_listen, args=(listener, asked), daemon=True).start()

    def open_door() -> None:
        viewing.open_door(Path(where), str(listener.address), key)

    open_door()
    _serve(asked, Path(where) / viewing.DOOR, open_door)
    os._exit(0)


def _listen(listener: Listener, asked: Queue[Turn]) -> None:
    """Take questions in, whatever is being answered just now."""
    viewer = Viewer()
    while True:
        with suppress(OSError, EOFError, AuthenticationError, ValueError):
            connection = listener.accept()
            if connection.poll(ASKING_SECONDS):
                ask, arrays = unpacked(connection.recv_bytes())
                asked.put(Turn(connection, _parts(viewer, ask, arrays)))


def _parts(
    viewer: Viewer, ask: Mapping[str, Any], arrays: Arrays
) -> Iterator[Told | None]:
    from training.worker.looks import looks

    yield from looks()[ask["what"]](viewer, ask, arrays)


def _serve(asked: Queue[Turn], door: Path, open_door: Any) -> None:
    """One step of each question in turn; a new one comes first."""
    turns: deque[Turn] = deque()
    used = monotonic()
    while turns or monotonic() < used + IDLE_SECONDS:
        new = _new(asked, wait=not turns)
        turns.extendleft(new)
        if not new and not turns and not door.exists():
            open_door()  # somebody took it for that of an earlier viewer
        if turns:
            used = monotonic()
            turn = turns.popleft()
            if turn.step():
                turns.append(turn)


def _new(asked: Queue[Turn], *, wait: bool) -> list[Turn]:
    """The questions that came since the last look."""
    found = []
    with suppress(Empty):
        found.append(asked.get(wait, LOOK_SECONDS if wait else None))
        while True:
            found.append(asked.get_nowait())
    return found
