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
    desk: Desk, blocked: bool, asked: bool, _: Translate, said: str | None = None
) -> None:
    """Train, or what is `said` instead. A press is only noted: what was typed just
    before it comes with it, and is to be taken up first, which `start_wished` waits
    for.

    Streamlit calls no callback for a button that was disabled when the page was drawn
    last, as it may have been while a click on the older page was on its way; where
    nothing was `asked` for this time, such a press is seen here.
    """
    key = st.session_state.setdefault("run_key", secrets.token_hex(8))
    pressed = st.button(
        said or _("Train"),
        type="primary",
        icon=":material/play_arrow:",
        disabled=blocked,
        on_click=_wish,
        args=(desk, key),
        key="train",
    )
    if pressed and not asked and not blocked:
        _wish(desk, key)
        st.rerun()


def _wish(desk: Desk, key: str) -> None:
    """Note it on the desk and not in the session's state: Streamlit would end this
    there without a word where the second click of a double click is waiting."""
    desk.wished = key


def start_wished(desk: Desk) -> bool:
    """Ask for the run that was wished for, if any, with the settings as they are now;
    whether there was one.

    The same key, from a double click, is the same run. So is what trains already: the
    second click may have come when the key was renewed.
    """
    if desk.wished is None:
        return False
    ensure_trainer(settings())
    try:
        if same_run(desk, store().listed_runs(desk.owner, desk.id)) is None:
            document = desk.project.to_json()
            store().ask_run(desk.owner, desk.id, document, desk.wished)
    except StoreError as error:
        desk.complaint = error.said
    desk.wished = None
    st.session_state.run_key = secrets.token_hex(8)
    return True


def same_run(desk: Desk, runs: list[RunRow]) -> RunRow | None:
    """The run that goes on or waits and trains just what is on the desk."""
    now = (desk.project.tower, desk.project.training)
    active = (run for run in runs if run.state in ACTIVE)
    return next((run for run in active if _asked(run) == now), None)


def _asked(run: RunRow) -> object:
    """The tower and the training that a run was asked for with."""
    whole = store().run(run.owner, run.id)
    try:
        project = Project.from_json(whole.document if whole else "", MOST_SAVED)
    except ProjectError:
        return None
    return (project.tower, project.training)
