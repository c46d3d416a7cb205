"""The Inside view's panel: what every brick made of one picture."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.board import loader

_component = st.components.v2.component("brickyard-inside", js=loader("inside/main.js"))


def panel(data: dict[str, Any], key: str) -> None:
    """Show the panel; what the browser sends is `st.session_state[key]["outbox"]`."""
    _component(key=key, data=data, height="content", on_outbox_change=_sent)


def _sent() -> None:
    """Nothing: that it is named lets the browser keep a state of this name."""
