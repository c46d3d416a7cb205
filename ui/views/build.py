"""Build: the palette, the board, the inspector and the code, all one component."""

from __future__ import annotations

import streamlit as st

from training.datasets import known_missing
from ui.board import board
from ui.board.payload import payload
from ui.desk import Desk
from ui.words import translator

KEY = "board"


def show(desk: Desk, lang: str) -> None:
    """The workbench, with all that this desk's tower says."""
    absent = known_missing(desk.project.tower.data.kind)
    data = payload(desk.project, lang) | {
        "mode": "build",
        "project": desk.id,
        "acks": desk.saved,
        "undo": bool(desk.undo),
        "redo": bool(desk.redo),
        "notice": absent.told(translator(lang)) if absent else None,
    }
    board(data, key=f"{KEY}-{desk.id}", on_outbox=_receive)


def _receive() -> None:
    """The browser sent operations: apply them before the page is drawn."""
    desk = st.session_state.desk
    outbox = st.session_state[f"{KEY}-{desk.id}"].get("outbox")
    if isinstance(outbox, dict):
        desk.receive(outbox)
