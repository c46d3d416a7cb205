"""Whether a run's data can be had: at hand, or over the network. Knows no Keras."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit
from urllib.request import getproxies

from bricks.brick import Data
from bricks.catalog import catalog
from bricks.tower import Placed
from bricks.words import N_, Text
from training import own
from uploads.shelf import Shelf

HOST = "storage.googleapis.com"  # where keras.datasets downloads from
PORT = 443
CONNECT_SECONDS = 5.0
WAIT_SECONDS = 2.0
FRESH_SECONDS = 60.0
STALE_SECONDS = 120.0

MISSING = N_(
    "{data} is neither on this server nor can it be downloaded: put {file} into the "
    "folder that BRICKYARD_DATASETS names, or connect the server to the network."
)


def at_hand(placed: Placed, shelf: Shelf | None = None) -> bool:
    """Whether the data of this brick are here, or it needs none; `shelf` has those of
    the person's own."""
    if own.is_own(placed):
        return shelf is not None and own.missing(placed, shelf) is None
    return files_at_hand(placed.kind)


def files_at_hand(kind: str) -> bool:
    """Whether the data brick's files are here, or it needs none."""
    return any(_all_there(folder, files) for folder, files in _places(kind))


def found(kind: str) -> list[Path]:
    """The data brick's files, where the script finds them."""
    for folder, files in _places(kind):
        if _all_there(folder, files):
            return [folder / file for file in files]
    return []


def _all_there(folder: Path, files: tuple[str, ...]) -> bool:
    return all((folder / file).exists() for file in files)


def missing(
    placed: Placed, shelf: Shelf | None = None, wait: float = WAIT_SECONDS
) -> Text | None:
    """A sentence where the data can't be had; `wait` seconds may go to find out."""
    if own.is_own(placed):
        return own.missing(placed, shelf)
    if files_at_hand(placed.kind) or (
        _downloads(placed.kind) and network.reachable(wait)
    ):
        return None
    return _missing(placed.kind)


def known_missing(placed: Placed, shelf: Shelf | None = None) -> Text | None:
    """The same for a page, which can't wait: None too while it is not known yet."""
    if own.is_own(placed):
        return own.missing(placed, shelf)
    unknown = _downloads(placed.kind) and network.known() is not False
    return None if files_at_hand(placed.kind) or unknown else _missing(placed.kind)


class Network:
    """Whether the host of the data sets answers, asked once a minute at most."""

    def __init__(self, host: str = HOST, port: int = PORT) -> None:
        self.host = host
        self.port = port
        self._answer: bool | None = None
        self._asked = float("-inf")
        self._asking = threading.Thread()
        self._one_at_a_time = threading.Lock()

    def known(self) -> bool | None:
        """What is known now; None while it is asked for the first time in long."""
        stale = monotonic() > self._asked + STALE_SECONDS
        self._ask_if_old()
        return None if stale else self._answer

    def reachable(self, wait: float = WAIT_SECONDS) -> bool:
        """Whether it answers; no answer within `wait` seconds is a no."""
        asking = self._ask_if_old()
        if self._answer is None:
            asking.join(wait)
        return bool(self._answer)

    def _ask_if_old(self) -> threading.Thread:
        """Ask in a thread of its own: looking up a name may hang for long."""
        with self._one_at_a_time:
            old = monotonic() > self._asked + FRESH_SECONDS
            if old and not self._asking.is_alive():
                self._asking = threading.Thread(target=self._ask, daemon=True)
                self._asking.start()
            return self._asking

    def _ask(self) -> None:
        self._answer = _answers(*self._first_hop())
        self._asked = monotonic()

    def _first_hop(self) -> tuple[str, int]:
        """The proxy, where there is one, or else the host itself."""
        proxy = getproxies().get("https")
        parts = urlsplit(proxy if proxy and "//" in proxy else f"//{proxy or ''}")
        if parts.hostname:
            return parts.hostname, parts.port or 3128
        return self.host, self.port


network = Network()


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=CONNECT_SECONDS):
            return True
    except OSError:
        return False


def _places(kind: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Where Brickyard's scripts and then Keras look, and for which files."""
    brick = catalog().get(kind)
    named = os.environ.get("BRICKYARD_DATASETS")
    keras_home = os.environ.get("KERAS_HOME") or Path("~/.keras").expanduser()
    files = brick.files if isinstance(brick, Data) else ()
    cached = brick.cached if isinstance(brick, Data) else ()
    if named:
        yield Path(named), files
    yield Path(keras_home, "datasets"), cached or files


def _files(kind: str) -> tuple[str, ...]:
    brick = catalog().get(kind)
    return brick.files if isinstance(brick, Data) else ()


def _downloads(kind: str) -> bool:
    brick = catalog().get(kind)
    return isinstance(brick, Data) and brick.downloads


def _missing(kind: str) -> Text:
    return Text(MISSING, {"data": kind, "file": ", ".join(_files(kind))})
