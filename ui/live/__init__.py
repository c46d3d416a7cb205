"""Runs as they go: the panel that shows them, and the route that it asks."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.board import loader

_component = st.components.v2.component("brickyard-live", js=loader("live/main.js"))


def panel(data: dict[str, Any], key: str) -> None:
    """Show the panel; what the browser sends is `st.session_state[key]["outbox"]`.

    Its other state, `moved`, only has the page drawn anew: a run began or ended.
    """
    _component(
        key=key,
        data=data,
        height="content",
        on_outbox_change=_sent,
        on_moved_change=_sent,
    )


def _sent() -> None:
    """Nothing: that it is named lets the browser keep a state of this name."""
