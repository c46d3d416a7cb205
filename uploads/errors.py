"""What is wrong with what a user brought, said in one plain sentence."""

from __future__ import annotations

from bricks.words import Text


class UploadError(Exception):
    """What can't be taken at all; `str(error)` says why and what to do."""

    def __init__(self, said: Text) -> None:
        super().__init__(said)
        self.said = said

    def __str__(self) -> str:
        return str(self.said)


class BadFile(UploadError):
    """One file that is passed over; the rest is taken."""
