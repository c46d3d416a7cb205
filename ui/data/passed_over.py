"""The files of a data set that were passed over, and why."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from ui.figures import table_height
from ui.markdown import plain
from ui.words import Translate
from uploads.dataset import DataSet


def passed_over(dataset: DataSet, _: Translate) -> None:
    """How many for each reason, and a table of them all."""
    rows = [(one.path, one.reason.told(_)) for one in dataset.skipped]
    st.caption(_("These files were passed over; all others were taken."))
    for reason, count in Counter(reason for _path, reason in rows).most_common(5):
        st.markdown(f"**{count:,}** × {plain(reason)}")
    frame = pd.DataFrame(rows, columns=[_("File"), _("Why")])
    st.dataframe(
        frame, hide_index=True, width="stretch", height=table_height(len(rows), 420)
    )
