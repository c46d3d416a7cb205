"""Train: the settings, the button, and the run as it goes."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from bricks.tower import GROUND, Placed
from bricks.words import Text
from training import admission
from training.datasets import known_missing
from training.rows import ACTIVE
from ui.desk import Desk, settings, store
from ui.markdown import plain
from ui.training.buttons import buttons
from ui.training.run import watched
from ui.training.settings import training_settings
from ui.views.beside import say_if_changed, tower_beside
from ui.words import Translate, translator


def show(desk: Desk, lang: str) -> None:
    """The tower on the left; how it is trained, and how that goes, on the right."""
    _ = translator(lang)
    with tower_beside(desk, lang):
        training_settings(desk, _)
        runs = store().runs(desk.owner, desk.id)
        active = next((run for run in runs if run.state in ACTIVE), None)
        hindrance = None
        if active is None:
            hindrance = admission.hindrance(desk.project, settings().home, desk.shelf)
        if hindrance:
            _hindered(desk, hindrance, _)
        last = active or next(iter(runs), None)
        buttons(desk, last, hindrance is not None, _)
        if last:
            say_if_changed(desk, last, _)
            watched(desk, last.id, lang, active is not None)
        elif not hindrance:
            _empty(_)


def _hindered(desk: Desk, hindrance: Text, _: Translate) -> None:
    """Say what is in the way; where it is the data, offer one that is always there."""
    st.warning(plain(hindrance.told(_)), icon=":material/error:")
    data = desk.project.tower.data
    if not known_missing(data, desk.shelf):
        return
    with st.container(horizontal=True):
        st.button(_("Go to Data"), type="primary", on_click=_to_data, args=(desk,))
        st.button(_("Use Digits instead"), on_click=_use_digits, args=(desk,))


def _to_data(desk: Desk) -> None:
    desk.going = "data"


def _use_digits(desk: Desk) -> None:
    digits = Placed("Digits", id=GROUND)
    desk.build(replace(desk.project.tower, data=digits))
    desk.save()


def _empty(_: Translate) -> None:
    st.info(
        _(
            "Press Train: the curves of loss and accuracy grow here while the tower "
            "learns. You may close the page meanwhile; the run goes on."
        ),
        icon=":material/show_chart:",
    )
