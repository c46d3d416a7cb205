"""Runs that another program is to hear of, sent one by one and again until it does."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterable
from time import monotonic

MOST = 1000
"""Runs that wait to be sent; of more, the oldest are forgotten."""
TRIES = 3
"""After so many failures a run is given up, if others could be sent meanwhile."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds after a failure; twice as many after the next."""
LONGEST_SAID = 200

log = logging.getLogger(__name__)


class Outbox:
    """A thread sends what `add` names; whatever fails or hangs keeps nobody else.

    A run waits once, however often it is named: what is sent is what is on record
    then.
    """

    def __init__(self, name: str, send: Callable[[str], None]) -> None:
        self.name = name
        self.send = send
        self.waiting: dict[str, None] = {}
        """The next one first."""
        self.failures: dict[str, int] = {}
        """How often a run could not be sent, since it last could."""
        self.given_up: set[str] = set()
        self.sending: str | None = None
        self.forgotten = 0
        self.fails = False
        self._changed = threading.Condition()
        self._closing = False
        self._pause = FIRST_PAUSE
        self._after = 0.0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def add(self, run_ids: Iterable[str]) -> None:
        """These runs have changed."""
        with self._changed:
            for run_id in run_ids:
                self.waiting.setdefault(run_id)
            while len(self.waiting) > MOST:
                del self.waiting[next(iter(self.waiting))]
                self.forgotten += 1
            self._changed.notify()

    def close(self, seconds: float) -> list[str]:
        """Send what waits, for at most so many seconds; what was not sent."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(seconds)
        with self._changed:
            unsent = [*self.waiting, self.sending or ""]
        return list(dict.fromkeys(filter(None, unsent)))

    def _serve(self) -> None:
        while (run_id := self._next()) is not None:
            self._try(run_id)

    def _next(self) -> str | None:
        """Wait for a run that may be sent now; None when it is time to end."""
        with self._changed:
            while True:
                left = self._after - monotonic()
                if self.waiting and left <= 0:
                    self.sending = run_id = next(iter(self.waiting))
                    del self.waiting[run_id]
                    return run_id
                if self._closing:  # what failed a moment ago would fail again
                    return None
                self._changed.wait(left if self.waiting else None)

    def _try(self, run_id: str) -> None:
        try:
            self.send(run_id)
        except Exception as error:  # noqa: BLE001 - it is another program's, and said
            self._failed(run_id, error)
        else:
            self._sent(run_id)
        finally:
            self.sending = None

    def _sent(self, run_id: str) -> None:
        if self.fails:
            log.info("%s hears of the runs again.", self.name)
        self.fails, self._pause = False, FIRST_PAUSE
        self.failures.pop(run_id, None)
        with self._changed:
            failing = {id for id in self.waiting if self.failures.get(id, 0) >= TRIES}
            for other in failing:
                del self.waiting[other]
        for other in failing - self.given_up:
            log.warning("%s does not take run %s.", self.name, other)
        self.given_up |= failing

    def _failed(self, run_id: str, error: Exception) -> None:
        self.failures[run_id] = failures = self.failures.get(run_id, 0) + 1
        if not self.fails and failures == 1:
            log.warning(
                "%s can't be told what the runs reach; it is tried again, and they go "
                "on: %s",
                self.name,
                _why(error),
            )
        self.fails = True
        with self._changed:
            self.waiting[run_id] = None  # the others come first
            self._after = monotonic() + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)


def _why(error: Exception) -> str:
    """
    >>> _why(OSError("No answer from http://ann:secret@host/api\\nAsk somebody."))
    'No answer from http://host/api'
    """
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    return re.sub(r"//[^/@\s]*@", "//", said)[:LONGEST_SAID]
