"""The tower beside a view, so that it never leaves the eye."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from bricks.containers import same
from bricks.project import Project
from training.rows import RunRow
from ui.board import board
from ui.board.payload import payload
from ui.desk import MOST_SAVED, Desk
from ui.words import Translate


def tower_beside(desk: Desk, lang: str) -> DeltaGenerator:
    """Draw the desk's tower in a narrow column; the wide one beside it."""
    with st.container(key="beside"):
        narrow, wide = st.columns([3, 7], gap="medium")
    with narrow:
        data = payload(desk.project, lang) | {
            "mode": "tower",
            "acks": {},
        }
        board(data, key=f"tower-{desk.id}")
    return wide


def say_if_changed(desk: Desk, run: RunRow, _: Translate) -> None:
    """Say where the tower on the desk is no longer the one that this run trained."""
    if is_changed(desk, run):
        said = _(
            "The tower was changed since this run, which trained it as it was then."
        )
        st.info(said, icon=":material/history:")


def is_changed(desk: Desk, run: RunRow) -> bool:
    """Whether the tower on the desk is another network than this run's."""
    trained = Project.from_json(run.document, MOST_SAVED)
    return not same(trained.tower, desk.project.tower)
