"""Try: draw, bring or choose an example, and trained towers answer at once."""

from __future__ import annotations

import streamlit as st

from ui.desk import Desk
from ui.looking.runs import is_moving
from ui.trying import panel
from ui.trying.payload import try_json
from ui.views.sent import take


def show(desk: Desk, lang: str) -> None:
    """The panel, told anew every other second while a run of this tower moves."""
    moving = is_moving(desk)

    @st.fragment(run_every=2 if moving else None)
    def live() -> None:
        receive(desk)  # what the panel sends runs this part of the page alone
        if desk.complaint or desk.going or moving != is_moving(desk):
            st.rerun()
        panel(try_json(desk, lang), _key(desk))

    live()


def _key(desk: Desk) -> str:
    return f"try-{desk.id}"


def receive(desk: Desk) -> None:
    """Apply what the panel sent, before anything of the page is drawn."""
    take(desk, _key(desk))
