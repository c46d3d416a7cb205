"""Build: the palette, the board, the inspector and the code, all one component."""

from __future__ import annotations

from bricks.tower import Tower
from bricks.words import Text
from training import bases, weights
from training.datasets import known_missing, network
from ui.board import board
from ui.board.payload import payload
from ui.board.pieces import pieces_json
from ui.desk import Desk, settings
from ui.views.sent import take
from ui.words import translator

KEY = "board"


def show(desk: Desk, lang: str) -> None:
    """The workbench, with all that this desk's tower says."""
    tower = desk.project.tower
    absent = known_missing(tower.data, desk.shelf)
    unlearned = _unlearned(tower)
    near = weights.near(tower) if unlearned else {}
    tell = translator(lang)
    told = [absent, weights.said_near(tower, near) or unlearned]
    data = payload(desk.project, lang, settings()) | {
        "mode": "build",
        "project": desk.id,
        "acks": desk.saved,
        "undo": bool(desk.undo),
        "redo": bool(desk.redo),
        "pieces": pieces_json(desk.pieces()),
        "reading": desk.reading.to_json(lang) if desk.reading else None,
        "notice": " ".join(text.told(tell) for text in told if text) or None,
        "notice_view": "data" if absent else None,
        "notice_act": "random_weights" if unlearned else None,
        "notice_near": next(iter(near.values()), None),
        "at_hand": weights.at_hand() if network.known() is False else None,
    }
    board(data, key=_key(desk))


def _unlearned(tower: Tower) -> Text | None:
    """A sentence where what a base learned can't be had."""
    return weights.known_missing(tower) or bases.missing(tower)


def _key(desk: Desk) -> str:
    return f"{KEY}-{desk.id}"


def receive(desk: Desk) -> None:
    """Apply what the board sent, before anything of the page is drawn."""
    take(desk, _key(desk))
