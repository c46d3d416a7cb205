"""What can be wrong with a file or a name that people hand to Brickyard."""

from __future__ import annotations

from bricks.words import Text


class ProjectError(Exception):
    """A project file or recipe that can't be used; `str(error)` is one sentence."""

    def __init__(self, said: Text) -> None:
        super().__init__(said)
        self.said = said

    def __str__(self) -> str:
        return str(self.said)
