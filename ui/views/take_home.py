"""Take home: the tower and its trained model as files, for people and programs."""

from __future__ import annotations

import streamlit as st

from codegen.graph import graph
from ui.desk import Desk
from ui.home import panel
from ui.home.offers import home_json
from ui.views.beside import tower_beside
from ui.views.sent import take
from ui.words import translator


def show(desk: Desk, lang: str) -> None:
    """The panel beside the tower; under it, the tower as Graphviz draws it."""
    _ = translator(lang)
    with tower_beside(desk, lang):
        panel(home_json(desk, lang), _key(desk))
        with st.expander(_("The tower as Graphviz draws it"), key="graph"):
            st.graphviz_chart(graph(desk.project), width="content")


def receive(desk: Desk) -> None:
    """Do what the panel sent, before anything of the page is drawn."""
    take(desk, _key(desk))


def _key(desk: Desk) -> str:
    return f"home-{desk.id}"
