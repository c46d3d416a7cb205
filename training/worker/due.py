"""When to tell how far something is: at once, and then a few times a second."""

from __future__ import annotations

from time import monotonic

SECONDS = 0.2


class Due:
    """Whether it is time to tell again; who asks and hears yes tells."""

    def __init__(self) -> None:
        self._next = float("-inf")

    def now(self) -> bool:
        """Yes the first time, and then once in `SECONDS`."""
        at = monotonic()
        if at < self._next:
            return False
        self._next = at + SECONDS
        return True
