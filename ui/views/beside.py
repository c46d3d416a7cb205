"""The tower beside a view, so that it never leaves the eye."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.board import board
from ui.board.payload import payload
from ui.desk import Desk


def tower_beside(desk: Desk, lang: str) -> DeltaGenerator:
    """Draw the desk's tower in a narrow column; the wide one beside it."""
    narrow, wide = st.columns([3, 7], gap="medium")
    with narrow:
        data = payload(desk.project, lang) | {
            "mode": "tower",
            "acks": {},
        }
        board(data, key=f"tower-{desk.id}")
    return wide
