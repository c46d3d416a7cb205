"""Train: ask for a run of the tower on the desk."""

from __future__ import annotations

import secrets

import streamlit as st

from bricks.errors import ProjectError
from bricks.project import Project
from training.launch import ensure_trainer
from training.rows import ACTIVE, RunRow
from training.tables import StoreError
from ui.desk import MOST_SAVED, Desk, settings, store
from ui.words import Translate


def train_button(
    desk: Desk, runs: list[RunRow], blocked: bool, _: Translate
) -> RunRow | None:
    """Train; another run may be asked for beside one that goes on, but not the same.

    The run that trains just what is on the desk now, if there is one.
    """
    same = next((run for run in runs if is_same(desk, run)), None)
    st.session_state.setdefault("run_key", secrets.token_hex(8))
    st.button(
        _("Train"),
        type="primary",
        icon=":material/play_arrow:",
        disabled=blocked or same is not None,
        on_click=_start,
        args=(desk, _, st.session_state.run_key),
        key="train",
    )
    return same


def is_same(desk: Desk, run: RunRow) -> bool:
    """Whether this run, which goes on or waits, trains what is on the desk."""
    if run.state not in ACTIVE:
        return False
    whole = store().run(desk.owner, run.id)
    try:
        asked = Project.from_json(whole.document if whole else "", MOST_SAVED)
    except ProjectError:
        return False
    now = desk.project
    return (asked.tower, asked.training) == (now.tower, now.training)


def _start(desk: Desk, _: Translate, key: str) -> None:
    """Ask for a run; the same key, from a double click, is the same run. So is what
    trains already: the second click may have come when the key was renewed."""
    ensure_trainer(settings())
    active = (run for run in store().listed_runs(desk.owner, desk.id))
    try:
        if not any(is_same(desk, run) for run in active):
            store().ask_run(desk.owner, desk.id, desk.project.to_json(), key)
    except StoreError as error:
        st.toast(error.said.told(_), icon=":material/error:")
    st.session_state.run_key = secrets.token_hex(8)
