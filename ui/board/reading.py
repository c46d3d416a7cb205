"""Pasted Keras code, as the page shows it before it is taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.walk import walk
from bricks.words import Text
from codegen.read import Note, read_upload
from ui.board.payload import stage_json
from ui.words import translator


@dataclass(frozen=True)
class Reading:
    """What was read, or why nothing was."""

    project: Project | None
    notes: tuple[Note, ...] = ()
    error: Text | None = None

    def to_json(self, lang: str) -> dict[str, Any]:
        """The tower that was read and what could not be, in the page's language."""
        tell = translator(lang)
        stages = walk(self.project.tower) if self.project else []
        return {
            "name": self.project.name if self.project else None,
            "tower": [stage_json(stage, tell) for stage in stages],
            "notes": [{"line": n.line, "said": n.said.told(tell)} for n in self.notes],
            "error": self.error.told(tell) if self.error else None,
        }


def read(text: str) -> Reading:
    """Read Keras code, or a model's configuration, without running it."""
    try:
        found = read_upload(text.encode("utf-8", "replace"))
    except ProjectError as error:
        return Reading(None, error=error.said)
    return Reading(found.project, found.notes)
