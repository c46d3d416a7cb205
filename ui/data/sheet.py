"""The sheet: every class with its pictures, to be looked at and put right."""

from __future__ import annotations

from typing import Any

from ui.board import VERSION
from ui.data import panel
from ui.desk import Desk
from uploads import binding
from uploads.dataset import PARTS, DataSet

_LETTERS = dict(zip(PARTS, "tve"))
_NOWHERE = "-"


def sheet_key(desk: Desk) -> str:
    """Under which name the panel's state is kept."""
    return f"sheet-{desk.id}"


def sheet(desk: Desk, dataset: DataSet, lang: str) -> None:
    """The classes and pictures of the data set as this tower has them."""
    panel(sheet_json(desk, dataset, lang), sheet_key(desk))


def sheet_json(desk: Desk, dataset: DataSet, lang: str) -> dict[str, Any]:
    """What the browser needs beside the list of what was found, which it fetches."""
    full = binding.full(desk.project.tower.data)
    return {
        "panel": "sheet",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "undo": bool(desk.undo),
        "redo": bool(desk.redo),
        "dataset": dataset.id,
        "title": dataset.name,
        "added": full["added"],
        "found": list(dataset.names),
        "names": list(full["names"]),
        "folders": [list(pair) for pair in full["folders"]],
        "changes": [list(pair) for pair in full["changes"]],
        "parts": _parts(full, dataset),
    }


def _parts(full: dict[str, Any], dataset: DataSet) -> str:
    """In which part each picture is, a letter for each; those left out are nowhere."""
    rows = binding.rows(full, dataset)
    parts = binding.split(full, rows)
    # The same picture twice in a class counts once: it is told of both.
    where = {
        (row.item.digest, row.label): _LETTERS[part]
        for part, found in parts.items()
        for row in found
    }
    labels = {id(row.item): (row.item.digest, row.label) for row in rows}
    letters = (
        where.get(labels.get(id(item), ("", "")), _NOWHERE)
        for item in dataset.items
        if item.added <= full["added"]
    )
    return "".join(letters)
