"""Variants: what of the tower is varied, and what came of it."""

from __future__ import annotations

from functools import cache

import streamlit as st

from bricks.words import Text
from training import admission
from training.imagenet import UNTRAINED, asks
from training.rows import RUNNING
from training.studies import Studies
from ui.desk import Desk, settings, store
from ui.variants import panel
from ui.variants.page import page_json
from ui.views.sent import take


@cache
def studies() -> Studies:
    """The record's studies, one for the whole server."""
    return Studies(store())


def show(desk: Desk, lang: str) -> None:
    """The panel, sent anew every other second while variants are being tried."""
    moving = _moving(desk)

    @st.fragment(run_every=2 if moving else None)
    def live() -> None:
        receive(desk)  # what the panel sends runs this part of the page alone
        if desk.compared.opening or desk.complaint or desk.going:
            st.rerun()
        if moving != _moving(desk):
            st.rerun()
        hindrance = _hindrance(desk)
        panel(page_json(desk, studies(), settings(), hindrance, lang), _key(desk))

    live()


def _hindrance(desk: Desk) -> Text | None:
    """Why no variants can be tried now."""
    if asks(desk.project.tower.data):
        return UNTRAINED
    return admission.hindrance(desk.project, settings().home, desk.shelf)


def _moving(desk: Desk) -> bool:
    return any(row.state == RUNNING for row in studies().studies(desk.owner, desk.id))


def _key(desk: Desk) -> str:
    return f"variants-{desk.id}"


def receive(desk: Desk) -> None:
    """Apply what the panel sent, before anything of the page is drawn."""
    take(desk, _key(desk))
