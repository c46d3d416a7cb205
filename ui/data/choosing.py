"""All that a tower can stand on: where own data are dropped, and cards to choose."""

from __future__ import annotations

from typing import Any

from bricks.brick import Data
from bricks.catalog import catalog
from bricks.tower import Placed
from training.datasets import known_missing
from ui.board import VERSION
from ui.data import panel
from ui.data.operations import bound
from ui.desk import Desk, settings
from ui.words import translator
from uploads.dataset import TABLE, DataSet, Item

FEW = 4  # thumbs on a card


def chooser_key(desk: Desk) -> str:
    """Under which name the panel's state is kept."""
    return f"chooser-{desk.id}"


def chooser(desk: Desk, lang: str, into: DataSet | None = None) -> None:
    """The drop zone and the cards; with `into`, only a zone that adds to it."""
    data = {
        "panel": "chooser",
        "lang": lang,
        "version": VERSION,
        "project": desk.id,
        "acks": desk.saved,
        "into": {"id": into.id, "title": into.name} if into else None,
        "gone": gone(desk),
        "folders": [str(folder) for folder in settings().folders],
        "limits": {"files": settings().limits.files, "size": settings().limits.upload},
        "sets": [] if into else _sets(desk),
        "ready": [] if into else _ready(desk.project.tower.data, lang),
    }
    panel(data, chooser_key(desk))


def gone(desk: Desk) -> str | None:
    """What the tower's own data were called that are not here."""
    data = desk.project.tower.data
    if bound(data) and desk.shelf.get(bound(data)) is None:
        return str(data.settings.get("title", ""))
    return None


def _sets(desk: Desk) -> list[dict[str, Any]]:
    """A card for each of this person's data sets, the newest first."""
    here = bound(desk.project.tower.data)
    return [_card(dataset, dataset.id == here) for dataset in desk.shelf.all()]


def _card(dataset: DataSet, here: bool) -> dict[str, Any]:
    table = dataset.kind == TABLE
    return {
        "id": dataset.id,
        "title": dataset.name,
        "kind": dataset.kind,
        "count": dataset.rows if table else len(dataset.items),
        "columns": len(dataset.columns),
        "classes": list(dataset.names[:FEW]),
        "more": max(0, len(dataset.names) - FEW),
        "thumbs": [item.digest for item in _few(dataset)],
        "here": here,
    }


def _few(dataset: DataSet) -> list[Item]:
    """A few pictures of as many classes as can be."""
    firsts: dict[str, list[Item]] = {}
    for item in dataset.items:
        row = firsts.setdefault(item.label, [])
        if len(row) < FEW:
            row.append(item)
    rows = list(firsts.values())
    return [row[n] for n in range(FEW) for row in rows if n < len(row)][:FEW]


def _ready(ground: Placed, lang: str) -> list[dict[str, Any]]:
    """A card for each data brick that brings its own examples."""
    tell = translator(lang)
    bricks = [b for b in catalog().values() if isinstance(b, Data) and not b.own]
    return [
        {
            "kind": brick.kind,
            "about": tell(brick.about),
            "shape": brick.gives((), brick.defaults),
            "classes": len(brick.answers(brick.defaults)),
            "missing": _told(brick.kind, lang),
            "here": brick.kind == ground.kind,
        }
        for brick in bricks
    ]


def _told(kind: str, lang: str) -> str | None:
    absent = known_missing(Placed(kind))
    return absent.told(translator(lang)) if absent else None
