"""A table under the tower: which column it tells, by which others, the first rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from bricks.tables import answers
from bricks.tower import Placed
from ui.desk import Desk
from ui.figures import figure, table_height
from ui.markdown import plain
from ui.words import Translate, translator
from uploads import binding, tabular
from uploads.dataset import PARTS, Column, DataSet

FEW = 40  # columns that are chosen by pills; more of them from a list
_VALUES = 4  # words of a column that are shown


def table(desk: Desk, dataset: DataSet, lang: str) -> None:
    """The columns of the table as this tower uses them."""
    _ = translator(lang)
    full = binding.full(desk.project.tower.data)
    _target(desk, dataset, full["sheet"][4], _)
    _used(desk, dataset, full, _)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown("**" + _("Columns") + "**")
        _columns(dataset, full, _)
    with right:
        _balance(dataset, full, _)
    st.markdown("**" + _("The first rows") + "**")
    st.dataframe(
        pd.DataFrame(tabular.first_rows(dataset)), hide_index=True, width="stretch"
    )


def _take(desk: Desk, placed: Placed) -> None:
    """Have the brick, where it is another, and draw the page anew."""
    if placed != desk.project.tower.data:
        desk.build(replace(desk.project.tower, data=placed))
        desk.save()
        st.rerun()


def _target(desk: Desk, dataset: DataSet, target: str, _: Translate) -> None:
    names = [column.name for column in tabular.targets(dataset)]
    chosen = st.selectbox(
        _("The column to predict (target)"),
        names,
        names.index(target),
        help=_("A column of words or whole numbers gives classes, others a value."),
        key=f"{desk.id}-target-{target}",
        width=320,
    )
    if chosen != target:
        data = desk.project.tower.data
        _take(desk, tabular.choose_target(data, dataset, chosen))


def _used(desk: Desk, dataset: DataSet, full: dict[str, Any], _: Translate) -> None:
    names = [column.name for column in tabular.usable(dataset, full["sheet"][4])]
    used = [name for name, _words in full["columns"]]
    key = f"{desk.id}-used-{hash(tuple(used))}-{full['sheet'][4]}"
    title = _("The columns to predict it from (features)")
    if len(names) <= FEW:
        chosen = st.pills(
            title,
            names,
            selection_mode="multi",
            default=used,
            format_func=plain,
            key=key,
        )
    else:
        chosen = st.multiselect(title, names, used, key=key)
    if not chosen:
        st.caption(_("One column at least is needed; it stays as it was."))
    elif set(chosen) != set(used):
        data = desk.project.tower.data
        _take(desk, tabular.choose_columns(data, dataset, chosen))


def _columns(dataset: DataSet, full: dict[str, Any], _: Translate) -> None:
    roles = {name: _("feature") for name, _words in full["columns"]}
    roles[full["sheet"][4]] = _("target")
    rows = [
        (column.name, roles.get(column.name, ""), _kind(column, _), column.missing)
        for column in dataset.columns
    ]
    titles = [_("Column"), _("Use"), _("Holds"), _("Missing")]
    frame = pd.DataFrame(rows, columns=titles)
    height = table_height(len(rows), 320)
    st.dataframe(frame, hide_index=True, width="stretch", height=height)


def _kind(column: Column, _: Translate) -> str:
    if column.numeric:
        return _("numbers")
    if not column.values:
        return _("words, too many to use")
    shown = ", ".join(column.values[:_VALUES])
    return shown + (" …" if len(column.values) > _VALUES else "")


def _balance(dataset: DataSet, full: dict[str, Any], _: Translate) -> None:
    classes = answers(full)
    st.markdown("**" + (_("Classes") if classes else _("Values")) + "**")
    titles = (_("training"), _("validation"), _("test"))
    first = _("Class") if classes else full["sheet"][4]
    rows = balance(dataset, full, _)
    frame = pd.DataFrame(rows, columns=["", *titles]).rename(columns={"": first})
    height = table_height(len(rows), 320)
    st.dataframe(frame, hide_index=True, width="stretch", height=height)


def balance(
    dataset: DataSet, full: dict[str, Any], _: Translate
) -> Sequence[tuple[object, ...]]:
    """How many rows each class has in each part, or how far the values reach."""
    counts = tabular.counts(full, dataset)
    classes = answers(full)
    if not classes:
        return _reach(counts, _)
    return [(n, *(counts.parts[p].get(n, 0) for p in PARTS)) for n in classes]


def _reach(counts: tabular.Counts, _: Translate) -> list[tuple[str, ...]]:
    """How many rows each part has, and its least, mean and most value."""
    told = (_("Least"), _("Mean"), _("Most"))
    whole = [f"{sum(counts.parts[part].values()):,}" for part in PARTS]
    nothing = (None, None, None)
    values = [counts.values.get(part, nothing) for part in PARTS]
    each = zip(told, zip(*values, strict=True), strict=True)
    return [
        (_("Rows"), *whole),
        *((title, *map(figure, row)) for title, row in each),
    ]
