"""Results: how a run did on examples that it never saw."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from training.rows import ACTIVE, RunRow
from training.runs import REPORT, folder
from ui.charts import curves
from ui.desk import Desk, settings, store
from ui.figures import figure, share
from ui.results import panel
from ui.results.payload import chosen_run, judged_runs, results_json
from ui.views import tested
from ui.views.beside import is_changed, tower_beside
from ui.words import Translate, translator


def show(desk: Desk, lang: str) -> None:
    """The chosen run's figures, confusion and mistakes, beside the tower."""
    _ = translator(lang)
    with tower_beside(desk, lang):
        listed = judged_runs(desk)
        run = chosen_run(desk, listed)
        if run is None:
            _nothing_yet(desk, _)
            return
        panel(results_json(desk, listed, run, is_changed(desk, run), lang), _key(desk))
        curves(store().epochs(run.id), run.epochs, _)


def _nothing_yet(desk: Desk, _: Translate) -> None:
    """Say what to do, or, while a run goes on, wait for its results."""
    if not any(run.state in ACTIVE for run in store().runs(desk.owner, desk.id)):
        st.info(
            _("Nothing was trained to the end yet. Go to Train and press Train."),
            icon=":material/bar_chart:",
        )
        st.button(_("Go to Train"), type="primary", on_click=_to_train, args=(desk,))
        return
    st.info(_("The results come when the training is done."), icon=":material/timer:")

    @st.fragment(run_every=2)
    def wait() -> None:
        if judged_runs(desk):
            st.rerun()

    wait()


def _to_train(desk: Desk) -> None:
    desk.going = "train"


def _key(desk: Desk) -> str:
    return f"results-{desk.id}"


def receive(desk: Desk) -> None:
    """Apply what the panel sent, before anything of the page is drawn."""
    sent = st.session_state.get(_key(desk), {}).get("outbox")
    if isinstance(sent, dict):
        desk.receive(sent)


def choose_run(desk: Desk, _: Translate) -> RunRow | None:
    """One of this project's runs that have a report; the latest to begin with.

    Variants that were tried are looked at in Variants, unless there is nothing else.
    """
    judged = [run for run in store().runs(desk.owner, desk.id) if read_report(run)]
    runs = [run for run in judged if run.study_id is None] or judged
    if not runs:
        return None
    if len(runs) == 1:
        return runs[0]
    titles = {run.id: _title(run, _) for run in runs}
    chosen = st.selectbox(_("Run"), list(titles), format_func=titles.__getitem__)
    return next(run for run in runs if run.id == chosen)


def _title(run: RunRow, _: Translate) -> str:
    zone = ZoneInfo(st.context.timezone or "UTC")
    when = datetime.fromtimestamp(run.ended or run.asked, zone)
    test = read_report(run)["test"]
    told = {"when": f"{when:%m-%d %H:%M}", "epochs": run.epoch}
    if "mae" in test:
        said = _("{when}: mean absolute error {error}, {epochs} epochs")
        return said.format(error=figure(test["mae"]), **told)
    if "accuracy" not in test:
        said = _("{when}: test loss {loss}, {epochs} epochs")
        return said.format(loss=f"{test['loss']:.4f}", **told)
    said = {
        tested.PICTURES: _("{when}: {accuracy} of the test pictures, {epochs} epochs"),
        tested.ROWS: _("{when}: {accuracy} of the test rows, {epochs} epochs"),
        tested.EXAMPLES: _("{when}: {accuracy} of the test examples, {epochs} epochs"),
    }[tested.unit(tested.ground(run))]
    return said.format(accuracy=share(test["accuracy"]), **told)


def read_report(run: RunRow) -> dict[str, Any]:
    """The run's report.json, or an empty dict where there is none yet."""
    path = folder(settings(), run.id) / REPORT
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
