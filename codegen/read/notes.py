"""What a reading says of the lines that it could not take as they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bricks.project import clean_name
from bricks.words import N_, Text

MOST_NOTES = 60


@dataclass(frozen=True)
class Note:
    """One plain sentence about a line of the code, or about the whole where None."""

    line: int | None
    said: Text

    def __str__(self) -> str:
        return f"{self.line}: {self.said}" if self.line else str(self.said)


@dataclass
class Notes:
    """The notes of one reading, each said once."""

    kept: list[Note] = field(default_factory=list)
    left: int = 0

    def say(self, line: int | None, template: str, **values: Any) -> None:
        """Note a sentence; the values are shown, so they are made harmless."""
        shown = {name: shown_value(value) for name, value in values.items()}
        note = Note(line, Text(template, shown))
        if note in self.kept:
            return
        if len(self.kept) < MOST_NOTES:
            self.kept.append(note)
        else:
            self.left += 1

    def all(self) -> tuple[Note, ...]:
        """Every note in the order of the lines, those about the whole first."""
        notes = sorted(self.kept, key=lambda note: note.line or 0)
        if self.left:
            more = Text(N_("{count} more notes are left out."), {"count": self.left})
            notes.append(Note(None, more))
        return tuple(notes)


def shown_value(value: Any) -> Any:
    """A value as a sentence may show it: a number, a Text, or a short harmless text."""
    if isinstance(value, bool) or not isinstance(value, int | float | Text):
        return clean_name(str(value)[:200]) or "?"
    return value
