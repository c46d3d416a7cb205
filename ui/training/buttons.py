"""Train, Stop and Go on."""

from __future__ import annotations

import secrets

import streamlit as st

from training.launch import ensure_trainer
from training.rows import ACTIVE, RESUMABLE, RunRow
from training.tables import StoreError
from ui.desk import Desk, settings, store
from ui.words import Translate


def buttons(desk: Desk, last: RunRow | None, blocked: bool, _: Translate) -> None:
    """Train, Stop and Go on: each has a place of its own, so that a hasty click on one
    never meets another."""
    active = last is not None and last.state in ACTIVE
    st.session_state.setdefault("run_key", secrets.token_hex(8))
    with st.container(horizontal=True):
        st.button(
            _("Train"),
            type="primary",
            icon=":material/play_arrow:",
            disabled=active or blocked,
            on_click=_start,
            args=(desk, _, st.session_state.run_key),
            key="train",
        )
        st.button(
            _("Stop"),
            icon=":material/stop:",
            disabled=not active,
            on_click=_stop,
            args=(desk, last),
            key="stop",
        )
        if last and last.state in RESUMABLE and last.epoch < last.epochs:
            st.button(
                _("Go on from epoch {epoch}").format(epoch=last.epoch + 1),
                icon=":material/resume:",
                on_click=_resume,
                args=(desk, last, _),
                key="resume",
            )


def _stop(desk: Desk, run: RunRow) -> None:
    store().stop_run(desk.owner, run.id)


def _start(desk: Desk, _: Translate, key: str) -> None:
    """Ask for a run; the same key, from a double click, is the same run."""
    ensure_trainer(settings())
    try:
        store().ask_run(desk.owner, desk.id, desk.project.to_json(), key)
    except StoreError as error:
        st.toast(error.said.told(_), icon=":material/error:")
    st.session_state.run_key = secrets.token_hex(8)


def _resume(desk: Desk, run: RunRow, _: Translate) -> None:
    ensure_trainer(settings())
    try:
        store().resume_run(desk.owner, run.id)
    except StoreError as error:
        st.toast(error.said.told(_), icon=":material/error:")
