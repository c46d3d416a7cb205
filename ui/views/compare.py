"""Compare: the runs as a table; those chosen laid over and beside one another."""

from __future__ import annotations

import streamlit as st

from codegen.literal import identifier
from training.outcome import summary
from training.rows import ACTIVE, RunRow
from ui.charts import overlaid
from ui.compare import panel
from ui.compare.export import as_csv, as_json
from ui.compare.listing import (
    LETTERS,
    Facts,
    best_run,
    chosen_runs,
    facts,
    listed,
    table_json,
)
from ui.compare.tables import figures, settings
from ui.compare.towers import Side, towers_json
from ui.desk import Desk, store
from ui.views.sent import take
from ui.words import Translate, translator


def show(desk: Desk, lang: str) -> None:
    """The table and the chosen runs, drawn anew every other second while one moves."""
    moving = any(run.state in ACTIVE for run in listed(desk))

    @st.fragment(run_every=2 if moving else None)
    def live() -> None:
        receive(desk)  # what the table sends runs this part of the page alone
        if desk.compared.opening or desk.complaint or desk.going:
            st.rerun()
        runs = listed(desk)
        if moving and not any(run.state in ACTIVE for run in runs):
            st.rerun()
        _runs(desk, runs, lang)

    live()


def _runs(desk: Desk, runs: list[RunRow], lang: str) -> None:
    _ = translator(lang)
    if not runs:
        _nothing_yet(desk, _)
    if runs or desk.compared.deleted or store().listed_runs(desk.owner):
        top = best_run(desk, runs)
        chosen = chosen_runs(desk, runs, top)
        panel(table_json(desk, lang, runs, chosen, top), _key(desk, "runs"))
        _compared(desk, chosen, lang)
        if runs and not chosen:
            said = _("Choose two runs or more in the table to compare them.")
            st.info(said, icon=":material/check_box:")


def _nothing_yet(desk: Desk, _: Translate) -> None:
    st.info(
        _(
            "This tower was not trained yet. Train it, change one thing, and train it "
            "again: here you see what the change did."
        ),
        icon=":material/compare:",
    )
    st.button(_("Go to Train"), type="primary", on_click=_to_train, args=(desk,))


def _to_train(desk: Desk) -> None:
    desk.going = "train"


def _key(desk: Desk, name: str) -> str:
    return f"{name}-{desk.id}"


def _compared(desk: Desk, chosen: list[RunRow], lang: str) -> None:
    """What can be said of the chosen runs."""
    _ = translator(lang)
    if not chosen:
        return
    known = {a: facts(run) for a, run in zip(LETTERS, chosen, strict=False)}
    _files(desk, chosen, _)
    _curves(known, chosen, _)
    if len(chosen) < 2:
        st.info(
            _("Choose another run, too, to see what is different between them."),
            icon=":material/check_box:",
        )
    else:
        _beside(desk, chosen, known, lang)
    left, right = st.columns(2, gap="large")
    with left:
        figures(known, _)
    with right:
        settings(known, _)


def _files(desk: Desk, chosen: list[RunRow], _: Translate) -> None:
    name = identifier(desk.project.name, "tower")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**" + _("The chosen runs, laid over one another") + "**")
        st.space("stretch")
        st.download_button(
            _("Runs as CSV"),
            lambda: as_csv(chosen),
            f"{name}-runs.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Runs as JSON"),
            lambda: as_json(desk.owner, chosen),
            f"{name}-runs.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
        )


def _curves(known: dict[str, Facts], chosen: list[RunRow], _: Translate) -> None:
    """Accuracy, or the error of values, and loss, each of all chosen runs."""
    letters = list(known)
    epochs = {a: store().epochs(run.id) for a, run in zip(letters, chosen, strict=True)}
    have = {name for rows in epochs.values() for row in rows for name in row}
    titles = {"accuracy": _("Accuracy"), "mae": _("Mean absolute error")}
    shown = {name: title for name, title in titles.items() if name in have}
    shown["loss"] = _("Loss")
    for column, (name, title) in zip(
        st.columns(len(shown)), shown.items(), strict=True
    ):
        with column:
            overlaid(epochs, name, title, _)
    st.caption(_("Strong lines: validation. Thin lines: training."))


def _beside(
    desk: Desk, chosen: list[RunRow], known: dict[str, Facts], lang: str
) -> None:
    """Two towers side by side; which, where more than two were chosen."""
    _ = translator(lang)
    st.markdown("**" + _("What is different") + "**")
    letters = list(known)
    one, other = letters[0], letters[-1]
    if len(letters) > 2:
        with st.container(horizontal=True, vertical_alignment="center"):
            one = _letter(_("First"), letters, 0, desk)
            other = _letter(_("Second"), letters, len(letters) - 1, desk)
    sides = []
    for letter in (one, other):
        project = known[letter].project
        if project is not None:
            sides.append(Side(chosen[letters.index(letter)].id, letter, project))
    if len(sides) < 2:
        st.warning(_("One of these runs is damaged: its tower can't be read."))
        return
    first, second = known[one], known[other]
    examples = second.examples if first.data == second.data else 0
    said = summary(first.outcome, second.outcome, examples)
    data = towers_json(sides[0], sides[1], said, lang)
    panel(data | {"project": desk.id, "acks": desk.saved}, _key(desk, "towers"))


def _letter(title: str, letters: list[str], at: int, desk: Desk) -> str:
    key = f"{title}-{''.join(letters)}-{desk.id}"
    return st.segmented_control(
        title, letters, default=letters[at], key=key, required=True, width="content"
    )


def receive(desk: Desk) -> None:
    """Apply what the panels sent, before anything of the page is drawn."""
    take(desk, _key(desk, "runs"), _key(desk, "towers"))
