"""What the panels of a view sent."""

from __future__ import annotations

import streamlit as st

from ui.desk import Desk


def take(desk: Desk, *keys: str) -> None:
    """Apply what the panels of these keys sent, each operation once.

    Before anything of the page is drawn, and not in a callback of the component:
    Streamlit ends a callback without a word when the next click is already waiting.
    """
    for key in keys:
        sent = st.session_state.get(key, {}).get("outbox")
        if isinstance(sent, dict):
            desk.receive(sent)
