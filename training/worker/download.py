"""A file from the network, part by part, that can be stopped at any moment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from queue import Empty, Full, Queue
from time import monotonic
from urllib.error import HTTPError
from urllib.request import urlopen

from bricks.words import N_, Text
from training.worker.life import Interrupted

LOOK_SECONDS = 0.2
SILENT_SECONDS = 20.0
"""After so long without a byte the download is given up."""
CHUNK = 1 << 18
AHEAD = 8
"""Parts that wait to be written."""
MB = 1e6

ANSWERED = N_("the server answered {code}")
CUT = N_("the connection broke off after {done} of {of} MB")
SILENT = N_("nothing came for {seconds} seconds")
UNREACHED = N_("the server can't be reached ({why})")


class Broken(Exception):
    """A download that came to nothing; `why` says so."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


def downloaded(
    url: str, stop: threading.Event, silent: float | None = None
) -> Iterator[tuple[bytes, int, int]]:
    """Each part of the file, the bytes that have come with it, and how many there are
    (0 where that is not told). Raises `Broken`; `Interrupted` once `stop` is set.

    The network is waited for in a thread, as nothing there hears of `stop`.
    """
    patience = SILENT_SECONDS if silent is None else silent
    pull = _Pull(url, patience)
    pull.start()
    with closing(pull):
        done = 0
        for part in pull.parts(stop):
            done += len(part)
            yield part, done, pull.of
        if done < pull.of:
            told = {"done": f"{done / MB:.1f}", "of": f"{pull.of / MB:.1f}"}
            raise Broken(Text(CUT, told))


class _Pull(threading.Thread):
    """Reads from the network into a line of parts."""

    def __init__(self, url: str, patience: float) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.patience = patience
        self.of = 0
        self._line: Queue[bytes | Exception | None] = Queue(AHEAD)
        self._over = threading.Event()

    def run(self) -> None:
        try:
            with urlopen(self.url, timeout=self.patience) as answer:
                self.of = int(answer.headers.get("Content-Length") or 0)
                while (part := answer.read1(CHUNK)) and not self._over.is_set():
                    self._put(part)
            self._put(None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it came to nothing
            self._put(error)

    def parts(self, stop: threading.Event) -> Iterator[bytes]:
        """What came, until all has come."""
        heard = monotonic()
        while True:
            if stop.is_set():
                raise Interrupted
            try:
                part = self._line.get(timeout=LOOK_SECONDS)
            except Empty:
                if monotonic() > heard + self.patience:
                    raise Broken(self._silence()) from None
                continue
            heard = monotonic()
            if part is None:
                return
            if isinstance(part, Exception):
                raise Broken(self._why(part)) from part
            yield part

    def close(self) -> None:
        """Have it end; it may sit in a read of the network for a while yet."""
        self._over.set()

    def _put(self, part: bytes | Exception | None) -> None:
        while not self._over.is_set():
            try:
                self._line.put(part, timeout=LOOK_SECONDS)
                return
            except Full:
                continue

    def _silence(self) -> Text:
        return Text(SILENT, {"seconds": f"{self.patience:.0f}"})

    def _why(self, error: Exception) -> Text:
        if isinstance(error, HTTPError):
            return Text(ANSWERED, {"code": error.code})
        if isinstance(error, TimeoutError):
            return self._silence()
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            return self._silence()
        return Text(UNREACHED, {"why": str(reason) or type(reason).__name__})
