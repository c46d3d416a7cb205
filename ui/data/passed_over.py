"""The files of a data set that were passed over, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from ui.figures import table_height
from ui.markdown import plain
from ui.words import Translate
from uploads.dataset import DataSet, Skipped
from uploads.take import SAME

MOST = 5  # reasons that are told at once; the table has them all


def passed_over(dataset: DataSet, _: Translate) -> None:
    """How many for each reason, and a table of them all."""
    rows = [(one.path, one.reason.told(_)) for one in dataset.skipped]
    st.caption(_("These files were passed over; all others were taken."))
    for reason, count in by_reason(dataset.skipped, _):
        st.markdown(f"**{count:,}** × {plain(reason)}")
    frame = pd.DataFrame(rows, columns=[_("File"), _("Why")])
    st.dataframe(
        frame, hide_index=True, width="stretch", height=table_height(len(rows), 420)
    )


def by_reason(skipped: Iterable[Skipped], _: Translate) -> list[tuple[str, int]]:
    """The reasons that are most common, each with how many files it kept out.

    The same picture as another is one reason, whichever the other is.
    """
    counts = Counter(
        _("the same picture again")
        if one.reason.template == SAME
        else one.reason.told(_)
        for one in skipped
    )
    return counts.most_common(MOST)
