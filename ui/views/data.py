"""Data: what the tower stands on; own pictures and tables are brought and seen to."""

from __future__ import annotations

import streamlit as st

from ui.data.choosing import chooser, chooser_key
from ui.data.operations import bound
from ui.data.own import back, choosing, own_data, section_key
from ui.data.sheet import sheet_key
from ui.desk import Desk
from ui.views.beside import tower_beside
from ui.views.sent import take


def show(desk: Desk, lang: str) -> None:
    """The own data set under the tower, or all that it could stand on."""
    with tower_beside(desk, lang):
        dataset = desk.shelf.get(bound(desk.project.tower.data))
        if dataset is None or st.session_state.get(choosing(desk)):
            if dataset is not None:
                back(desk, dataset, lang)
            chooser(desk, lang)
        else:
            own_data(desk, dataset, lang)


def receive(desk: Desk) -> None:
    """Apply what this view's panels sent, before anything of the page is drawn."""
    before, ground = dict(desk.acks), bound(desk.project.tower.data)
    take(desk, chooser_key(desk), sheet_key(desk))
    if before != desk.acks:
        st.session_state.pop(choosing(desk), None)  # it has been chosen
        if st.session_state.get(section_key(ground)) == "add":
            st.session_state[section_key(ground)] = "content"  # it has been added
