"""Results: how a run did on examples that it never saw."""

from __future__ import annotations

import streamlit as st

from training.imagenet import asks
from ui.charts import curves
from ui.desk import Desk, store
from ui.looking.runs import is_moving, lookable
from ui.results import panel
from ui.results.payload import chosen_run, judged_runs, results_json
from ui.views.beside import is_changed, tower_beside
from ui.views.sent import take
from ui.words import Translate, translator


def show(desk: Desk, lang: str) -> None:
    """The chosen run's figures, confusion and mistakes, beside the tower."""
    _ = translator(lang)
    with tower_beside(desk, lang):
        if asks(desk.project.tower.data):
            _nothing_trained(desk, _)
            return
        listed = judged_runs(desk)
        run = chosen_run(desk, listed)
        if run is None:
            _nothing_yet(desk, _)
            return
        panel(results_json(desk, listed, run, is_changed(desk, run), lang), _key(desk))
        curves(store().epochs(run.id), run.epochs, _)
        if is_moving(desk):
            st.caption(_("A run of this tower is being trained: it comes here, too."))
            _watch(desk, {one.id for one in listed})


def _nothing_yet(desk: Desk, _: Translate) -> None:
    """Say what to do, or, while a run goes on, wait for its results."""
    if not is_moving(desk):
        st.info(
            _("Nothing was trained to the end yet. Go to Train and press Train."),
            icon=":material/bar_chart:",
        )
        st.button(_("Go to Train"), type="primary", on_click=_to_train, args=(desk,))
        return
    st.info(_("The results come when the training is done."), icon=":material/timer:")
    _watch(desk, set())


def _nothing_trained(desk: Desk, _: Translate) -> None:
    """Lead to where the tower is asked, or first opened."""
    opened = bool(lookable(desk))
    st.info(
        _(
            "Nothing was trained here, so there is nothing to judge: ImageNet's own "
            "test pictures are not on this server. Ask the network with a picture of "
            "yours."
        ),
        icon=":material/chat:",
    )
    view = "try" if opened else "train"
    label = _("Go to Try") if opened else _("Go to Train")
    st.button(label, type="primary", on_click=_to, args=(desk, view))


def _watch(desk: Desk, known: set[str]) -> None:
    """Draw the page anew once a run is judged that was not, or none moves any more."""

    @st.fragment(run_every=2)
    def watch() -> None:
        if {run.id for run in judged_runs(desk)} != known or not is_moving(desk):
            st.rerun()

    watch()


def _to_train(desk: Desk) -> None:
    _to(desk, "train")


def _to(desk: Desk, view: str) -> None:
    desk.going = view


def _key(desk: Desk) -> str:
    return f"results-{desk.id}"


def receive(desk: Desk) -> None:
    """Apply what the panel sent, before anything of the page is drawn."""
    take(desk, _key(desk))
