"""A pipe to nobody, for what a run tells while it is timed."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing import Pipe
from threading import Event, Thread
from typing import Any


class Line:
    """A pipe as a run has it, at whose other end somebody reads."""

    def __init__(self) -> None:
        ours, self.its = Pipe()
        self.stop = Event()
        Thread(target=lambda: [*_heard(ours)], daemon=True).start()

    def send(self, message: Any) -> None:
        self.its.send(message)


def _heard(connection: Any) -> Iterator[Any]:
    while True:
        yield connection.recv()
