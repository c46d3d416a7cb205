"""What keeps a model from being had in a format."""

from __future__ import annotations

from bricks.words import Text


class Refused(Exception):
    """This file can't be offered; `said` is why, and what there is instead."""

    def __init__(self, said: Text) -> None:
        super().__init__(str(said))
        self.said = said


class NotNow(Refused):
    """The same, for as long as the server has too little memory: nothing is kept."""
