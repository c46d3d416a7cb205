"""Results of a tower that tells values: how near it came, and where it did not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from training.rows import RunRow
from training.runs import MISTAKES, folder
from ui.charts import scatter
from ui.desk import Desk, settings
from ui.figures import figure
from ui.tiles import enlarged
from ui.views import tested
from ui.words import Translate

COLUMNS = 5
MOST = 25


def valued(desk: Desk, run: RunRow, report: dict[str, Any], _: Translate) -> None:
    """Each example as a point, true against told; the worst beside it."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**" + _("True and told") + "**")
        st.caption(_("A point on the line was told as it is."))
        scatter(report["pairs"], _)
    with right:
        st.markdown("**" + _("Told least well") + "**")
        _worst(desk, run, report["mistakes"][:MOST], _)


def _worst(desk: Desk, run: RunRow, rows: list[dict[str, Any]], _: Translate) -> None:
    """The worst answers with their pictures, or as a table where there are none."""
    with np.load(folder(settings(), run.id) / MISTAKES) as arrays:
        pictures = arrays["pictures"][: len(rows)]
    if not len(pictures):
        titles = {"true": _("True"), "told": _("Predicted"), "error": _("Off by")}
        told = [{titles[name]: row[name] for name in titles} for row in rows]
        numbers = [row["index"] for row in rows]
        cells = tested.cells(tested.ground(run), desk.shelf, numbers)
        st.dataframe(joined(told, cells), hide_index=True, width="stretch", height=380)
        return
    for at in range(0, len(pictures), COLUMNS):
        shown = zip(
            st.columns(COLUMNS), rows[at:], pictures[at : at + COLUMNS], strict=False
        )
        for column, row, picture in shown:
            values = {name: figure(row[name]) for name in ("true", "told")}
            said = _("{true}, told {told}").format(**values)
            column.image(enlarged(picture), caption=said, alt=said, width="stretch")


def joined(told: list[dict[str, Any]], cells: list[dict[str, str]]) -> pd.DataFrame:
    """A table of answers with the cells of the same rows beside them, if there are any.

    A column may be called as one of ours: both stand there.
    """
    left = pd.DataFrame(told)
    right = pd.DataFrame(cells) if cells else pd.DataFrame(index=left.index)
    twice = {name: f"{name} " for name in right.columns if name in left.columns}
    return pd.concat([left, right.rename(columns=twice)], axis=1)
