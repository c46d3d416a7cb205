"""Two tables of the chosen runs: what came of them, and how they were set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower
from bricks.training.measures import METRICS
from bricks.walk import every, walk
from bricks.words import Text
from training.comparison import TITLES, training_settings
from training.naming import told
from training.outcome import Outcome
from ui.compare.listing import Facts
from ui.figures import duration, figure, share
from ui.markdown import plain
from ui.words import Translate

_NONE = Project("", Tower(Placed("Digits", id=GROUND)))  # in place of a damaged one
Rows = dict[str, list[str]]
"""What is told of each run, by what it is."""


def figures(runs: Mapping[str, Facts], _: Translate) -> None:
    """What came of each run, by its letter."""
    st.markdown("**" + _("Figures") + "**")
    _table(list(runs), figure_rows(list(runs.values()), _))


def figure_rows(runs: list[Facts], _: Translate) -> Rows:
    """Those figures that at least one of them has."""
    came = [run.outcome for run in runs]
    rows = {
        _("Best validation accuracy"): [share(one.accuracy) for one in came],
        _("Best validation error"): [figure(one.mae) for one in came],
        _("Least validation loss"): [figure(one.loss) for one in came],
        _("Best epoch"): [figure(one.best_epoch) for one in came],
        _("Test accuracy"): [share(one.test.get("accuracy")) for one in came],
        _("Test error"): [figure(one.test.get("mae")) for one in came],
        **_further(came, _),
        _("Test loss"): [figure(one.test.get("loss")) for one in came],
        _("Time taken"): [duration(one.seconds) for one in came],
        _("Weights"): [_weights(run) for run in runs],
    }
    return {title: row for title, row in rows.items() if set(row) != {"–"}}


def _further(came: list[Outcome], _: Translate) -> Rows:
    """The tests' figures of metrics that were chosen beside the usual ones."""
    said = _("Test: {metric}")
    return {
        said.format(metric=_(metric.said)): [figure(o.test.get(name)) for o in came]
        for name, metric in METRICS.items()
        if name not in ("accuracy", "mae")
    }


def _weights(run: Facts) -> str:
    if run.project is None:
        return "–"
    return f"{sum(s.weights or 0 for s in every(walk(run.project.tower))):,}"


def settings(runs: Mapping[str, Facts], _: Translate) -> None:
    """The settings that differ; those that are alike are folded away."""
    other, alike = setting_rows(list(runs.values()), _)
    st.markdown("**" + _("Settings that differ") + "**")
    if other:
        _table(list(runs), other)
    else:
        st.caption(_("All of them were trained with the same settings."))
    if alike:
        said = _("{count} settings are alike").format(count=len(alike))
        with st.expander(said):
            _table([_("All")], {name: row[:1] for name, row in alike.items()})


def setting_rows(runs: list[Facts], _: Translate) -> tuple[Rows, Rows]:
    """The settings of the data and the training: those that differ, and the others."""
    trainings = [(run.project or _NONE).training for run in runs]
    known = training_settings(trainings)
    rows = {
        name: [_told(row[name], _) if name in row else "–" for row in known]
        for name in dict.fromkeys(name for row in known for name in row)
    }
    titled = {_(TITLES[n]) if n in TITLES else n: row for n, row in rows.items()}
    titled = {_("Data"): [run.data for run in runs]} | titled
    other = {name: row for name, row in titled.items() if len(set(row)) > 1}
    alike = {name: row for name, row in titled.items() if name not in other}
    return other, alike


def _told(value: Any, _: Translate) -> str:
    shown = told(value)
    return shown.told(_) if isinstance(shown, Text) else shown


def _table(heads: list[str], rows: Rows) -> None:
    """A table with a column for each run."""
    data = {"": [plain(name) for name in rows]}
    for n, head in enumerate(heads):
        data[f"**{head}**"] = [_whole(plain(row[n])) for row in rows.values()]
    st.table(data, border="horizontal", hide_index=True)


def _whole(text: str) -> str:
    """A text that is not broken: "98.3 %" stays on one line."""
    return text.replace(" ", "\u00a0")
