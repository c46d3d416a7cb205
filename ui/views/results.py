"""Results: how a run did on pictures that it never saw."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import streamlit as st

from bricks.training.measures import METRICS
from training.rows import ACTIVE, RunRow
from training.runs import MISTAKES, REPORT, folder
from ui.charts import confusion, curves
from ui.desk import Desk, settings, store
from ui.figures import duration, figure, share
from ui.markdown import plain
from ui.tiles import enlarged
from ui.views import tested
from ui.views.beside import say_if_changed, tower_beside
from ui.views.values import joined, valued
from ui.words import Translate, translator

SIDE = 5  # of the sheet of mistakes


def show(desk: Desk, lang: str) -> None:
    """The chosen run's figures, confusion and mistakes, beside the tower."""
    _ = translator(lang)
    with tower_beside(desk, lang):
        run = choose_run(desk, _)
        if run is None:
            _nothing_yet(desk, _)
            return
        say_if_changed(desk, run, _)
        report = read_report(run)
        _numbers(report, _)
        _baseline(report, _)
        if not report["classes"]:
            if report.get("pairs"):
                valued(desk, run, report, _)
            else:
                _rebuilt(run, report, _)
            curves(store().epochs(run.id), run.epochs, _)
            return
        left, right = st.columns(2, gap="large")
        with left:
            st.markdown("**" + _("Confusion matrix") + "**")
            st.caption(_("A row is the true class, a column the predicted one."))
            confusion(report["confusion"], report["classes"], _)
        with right:
            _mistakes(desk, run, report, _)
        curves(store().epochs(run.id), run.epochs, _)


def _nothing_yet(desk: Desk, _: Translate) -> None:
    """Say what to do, or, while a run goes on, wait for its results."""
    if not any(run.state in ACTIVE for run in store().runs(desk.owner, desk.id)):
        st.info(
            _("Nothing was trained to the end yet. Go to Train and press Train."),
            icon=":material/bar_chart:",
        )
        return
    st.info(_("The results come when the training is done."), icon=":material/timer:")

    @st.fragment(run_every=2)
    def wait() -> None:
        if choose_run(desk, _):
            st.rerun()

    wait()


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


def _numbers(report: dict[str, Any], _: Translate) -> None:
    test, cells = report["test"], []
    if report["classes"]:
        total = int(np.sum(report["confusion"]))
        wrong = total - int(np.trace(np.array(report["confusion"])))
        cells.append((_("Test accuracy"), share(test["accuracy"])))
        cells.append((_("Mistakes"), f"{wrong:,} / {total:,}"))
    if "mae" in test:
        cells.append((_("Mean absolute error"), figure(test["mae"])))
    cells += [
        (_(METRICS[name].said), figure(value))
        for name, value in test.items()
        if name in METRICS and name not in ("accuracy", "mae")
    ]
    cells.append((_("Test loss"), f"{test['loss']:.4f}"))
    cells.append((_("Time taken"), duration(report["seconds"])))
    for column, (title, value) in zip(st.columns(len(cells)), cells, strict=True):
        column.metric(title, value)


def _baseline(report: dict[str, Any], _: Translate) -> None:
    """What the largest class alone would give: a tower that is no better has learned
    nothing."""
    if report["classes"]:
        name, part = largest(report)
        said = _("Always answering {name} would give {share}.")
        st.caption(plain(said.format(name=name, share=share(part))))


def largest(report: dict[str, Any]) -> tuple[str, float]:
    """The class that most test examples are of, and its share of them."""
    supports = [sum(row) for row in report["confusion"]]
    most = max(supports)
    return report["classes"][supports.index(most)], most / max(1, sum(supports))


def _rebuilt(run: RunRow, report: dict[str, Any], _: Translate) -> None:
    """The pictures that came back least like themselves, each beside what came."""
    st.markdown("**" + _("Given back least well") + "**")
    st.caption(_("On the left what came in, on the right what the tower gave back."))
    with np.load(folder(settings(), run.id) / MISTAKES) as arrays:
        pictures = arrays["pictures"]
    for at in range(0, len(pictures), SIDE):
        tiles = pictures[at : at + SIDE]
        for column, picture in zip(st.columns(SIDE), tiles, strict=False):
            said = _("Picture and what came back")
            column.image(enlarged(picture), alt=said, width="stretch")


def _mistakes(desk: Desk, run: RunRow, report: dict[str, Any], _: Translate) -> None:
    """The surest mistakes, each with its true and its predicted class."""
    st.markdown("**" + _("The surest mistakes") + "**")
    rows = report["mistakes"][: SIDE * SIDE]
    data = tested.ground(run)
    if not rows:
        said = {
            tested.PICTURES: _("Not one mistake on the test pictures."),
            tested.ROWS: _("Not one mistake on the test rows."),
            tested.EXAMPLES: _("Not one mistake on the test examples."),
        }
        st.success(said[tested.unit(data)])
        return
    if tested.unit(data) == tested.ROWS:
        cells = tested.cells(data, desk.shelf, [row["index"] for row in rows])
        _mistaken_rows(rows, cells, report["classes"], _)
        return
    with np.load(folder(settings(), run.id) / MISTAKES) as arrays:
        pictures = arrays["pictures"][: len(rows)]
    if not len(pictures):
        st.caption(_("These examples are no pictures that could be shown."))
        return
    st.caption(_("True class → predicted class, and how sure the tower was."))
    for at in range(0, len(rows), SIDE):
        for column, row, picture in zip(
            st.columns(SIDE),
            rows[at : at + SIDE],
            pictures[at : at + SIDE],
            strict=False,
        ):
            with column:
                _mistake(row, picture, report["classes"], _)


def _mistaken_rows(
    rows: list[dict[str, Any]],
    cells: list[dict[str, str]],
    classes: list[str],
    _: Translate,
) -> None:
    """Rows of a table, each with its true and predicted class, and its cells."""
    told = [
        {
            _("True"): classes[row["true"]],
            _("Predicted"): classes[row["told"]],
            _("Sure"): share(row["share"]),
        }
        for row in rows
    ]
    st.dataframe(joined(told, cells), hide_index=True, width="stretch", height=380)


def _mistake(
    row: dict[str, Any], picture: np.ndarray, classes: list[str], _: Translate
) -> None:
    true, told = classes[row["true"]], classes[row["told"]]
    sure = share(row["share"])
    said = _("{true}, told {told}").format(true=true, told=told) + f", {sure}"
    # A line for each, with spaces that do not break: columns are narrow on a tablet.
    lines = (true, f"→ {told}", sure.replace(" ", ""))
    caption = "  \n".join(plain(line).replace(" ", "\u00a0") for line in lines)
    st.image(enlarged(picture), caption=caption, alt=said, width="stretch")
