"""Two towers side by side, with what is different between them lit up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bricks.project import Project
from bricks.walk import walk
from bricks.words import Text
from training.comparison import Change, difference
from ui.board import VERSION
from ui.board.payload import stage_json
from ui.words import Translate, translator


@dataclass(frozen=True)
class Side:
    """One of the two: its run, the letter that it has on the page, its project."""

    run: str
    letter: str
    project: Project


def towers_json(
    first: Side, second: Side, said: list[Text], lang: str
) -> dict[str, Any]:
    """What the panel needs; `said` is how the second did against the first."""
    tell = translator(lang)
    changes = difference(first.project, second.project)
    return {
        "panel": "towers",
        "lang": lang,
        "version": VERSION,
        "towers": [
            _tower(first, _marks(changes, "before"), tell),
            _tower(second, _marks(changes, "after"), tell),
        ],
        "said": [text.told(tell) for text in said],
        "changes": [_change(change, tell) for change in changes],
    }


def _tower(side: Side, marks: dict[str, str], tell: Translate) -> dict[str, Any]:
    return {
        "run": side.run,
        "letter": side.letter,
        "name": side.project.name,
        "stages": [stage_json(stage, tell) for stage in walk(side.project.tower)],
        "marks": marks,
    }


def _marks(changes: list[Change], side: str) -> dict[str, str]:
    """How each brick of one tower is lit: what was set otherwise yields to moved."""
    marks: dict[str, str] = {}
    for change in changes:
        id = getattr(change, side)
        if id is not None and marks.get(id) != "moved":
            marks[id] = "set" if change.what == "data" else change.what
    return marks


def _change(change: Change, tell: Translate) -> dict[str, Any]:
    return {
        "what": change.what,
        "said": change.said.told(tell),
        "before": change.before,
        "after": change.after,
    }
