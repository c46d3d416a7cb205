"""An own data set under the tower: its name, what is in it, and all that is set."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from bricks.words import Text
from ui.data.augmented import augmented
from ui.data.choosing import chooser
from ui.data.passed_over import passed_over
from ui.data.settings import data_settings
from ui.data.sheet import sheet
from ui.data.table import table
from ui.desk import Desk, store
from ui.markdown import plain
from ui.words import Translate, translator
from uploads import binding, tabular
from uploads.dataset import TABLE, DataSet
from uploads.standing import Standing, standing

MOST_NOTES = 4  # said at once; the others wait behind a click


def own_data(desk: Desk, dataset: DataSet, lang: str) -> None:
    """The data set's head, and the section of it that was chosen."""
    _ = translator(lang)
    _head(desk, dataset, _)
    _notes(desk, dataset, _)
    section = _section(desk, dataset, _)
    if section == "content" and dataset.kind == TABLE:
        table(desk, dataset, lang)
    elif section == "content":
        sheet(desk, dataset, lang)
    elif section == "settings":
        data_settings(desk, dataset, _)
    elif section == "augmented":
        augmented(desk, dataset, _)
    elif section == "skipped":
        passed_over(dataset, _)
    else:
        chooser(desk, lang, into=dataset)


def section_key(id: str) -> str:
    """Under which name the session keeps which part of a data set is shown."""
    return f"section-{id}"


def _section(desk: Desk, dataset: DataSet, _: Translate) -> str:
    """Which part of the view is shown."""
    pictures = dataset.kind != TABLE
    titles = {
        "content": _("Pictures") if pictures else _("Columns"),
        "settings": _("Size and split") if pictures else _("Split"),
    }
    if pictures:
        titles["augmented"] = _("Augmentation")
    if dataset.skipped:
        said = _("Passed over ({count})")
        titles["skipped"] = said.format(count=f"{len(dataset.skipped):,}")
    if pictures and dataset.sheet is None:  # a table of labels knows its pictures
        titles["add"] = _("Add more")
    key = section_key(dataset.id)
    if st.session_state.get(key) not in titles:
        st.session_state[key] = "content"
    chosen = st.segmented_control(
        _("Part"),
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=key,
    )
    return str(chosen)


def _head(desk: Desk, dataset: DataSet, _: Translate) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key="data-head", gap="small"
    ):
        with st.container(key="data-name", gap=None):
            st.markdown(f"**{plain(dataset.name)}**")
            st.caption(_counted(desk, dataset, _))
        _menu(desk, dataset, _)
        st.button(
            _("Other data"),
            icon=":material/swap_horiz:",
            on_click=_choose_other,
            args=(desk,),
            key="other-data",
        )


def choosing(desk: Desk) -> str:
    """Under which name the session keeps that other data are looked at."""
    return f"choosing-{desk.id}"


def _choose_other(desk: Desk) -> None:
    st.session_state[choosing(desk)] = True


def back(desk: Desk, dataset: DataSet, lang: str) -> None:
    """The way back to the data set that the tower stands on."""
    _ = translator(lang)
    said = _("Back to {name}").format(name=plain(dataset.name))
    st.button(
        said, icon=":material/arrow_back:", on_click=_stay, args=(desk,), key="stay"
    )


def _stay(desk: Desk) -> None:
    st.session_state.pop(choosing(desk), None)


def _standing(desk: Desk, dataset: DataSet) -> Standing:
    return standing(binding.full(desk.project.tower.data), dataset)


def _counted(desk: Desk, dataset: DataSet, _: Translate) -> str:
    """How much there is now, what is left out not counted."""
    if dataset.kind == TABLE:
        said = _("{rows} rows, {columns} columns")
        return said.format(rows=f"{dataset.rows:,}", columns=len(dataset.columns))
    now = _standing(desk, dataset)
    parts = [_("{count} pictures").format(count=f"{now.pictures:,}")]
    if now.classes:
        parts.append(_("{count} classes").format(count=len(now.classes)))
    return " · ".join([*parts, _sizes(dataset, _)])


def _sizes(dataset: DataSet, _: Translate) -> str:
    """The span of the sizes, longest sides."""
    sides = sorted(max(item.width, item.height) for item in dataset.items)
    if not sides:
        return ""
    if sides[0] == sides[-1]:
        return _("longest side {side} pixels").format(side=f"{sides[0]:,}")
    said = _("longest side {least} to {most} pixels, mostly about {usual}")
    usual = sides[len(sides) // 2]
    return said.format(least=f"{sides[0]:,}", most=f"{sides[-1]:,}", usual=f"{usual:,}")


def _menu(desk: Desk, dataset: DataSet, _: Translate) -> None:
    with st.popover(
        "", icon=":material/more_horiz:", key=f"menu-{dataset.id}", help=_("More")
    ):
        name = st.text_input(_("Name"), dataset.name, max_chars=80)
        if name.strip() and name != dataset.name:
            _rename(desk, dataset, name)
        _deletion(desk, dataset, _)


def _rename(desk: Desk, dataset: DataSet, name: str) -> None:
    """Another name; the tower's data brick bears it, too. No undo speaks of names."""
    kept = desk.shelf.rename(dataset.id, name)
    tower = desk.project.tower
    titled = {**tower.data.settings, "title": kept.name}
    tower = replace(tower, data=replace(tower.data, settings=titled))
    desk.project = replace(desk.project, tower=tower)
    desk.save()
    st.rerun()


def _deletion(desk: Desk, dataset: DataSet, _: Translate) -> None:
    runs = store().uses(desk.owner, dataset.id)
    if runs:
        said = _("It can't be deleted now: {names} is waiting or being trained on it.")
        st.caption(plain(said.format(names=", ".join(runs))))
        return
    towers = store().projects_on(desk.owner, dataset.id)
    others = [name for name in towers if name != desk.project.name]
    if others:
        said = _("These towers stand on it, too: {names}.")
        st.caption(plain(said.format(names=", ".join(others))))
    st.caption(
        _("This tower stands on it. Without its data it can't be trained any more.")
    )
    sure = st.checkbox(_("I want to delete it for good"), key=f"sure-{dataset.id}")
    st.button(
        _("Delete"),
        icon=":material/delete:",
        disabled=not sure,
        on_click=delete,
        args=(desk, dataset),
        width="stretch",
    )


def delete(desk: Desk, dataset: DataSet) -> None:
    """Delete it, unless a run began on it in the meantime; the tower still knows its
    name and its classes, so that Data says what is gone."""
    if not store().uses(desk.owner, dataset.id):
        desk.shelf.drop(dataset.id)


def told(desk: Desk, dataset: DataSet) -> tuple[Text, ...]:
    """What a user should know of the data set as the tower has it."""
    if dataset.kind == TABLE:
        return tabular.notes(binding.full(desk.project.tower.data), dataset)
    return _standing(desk, dataset).notes


def _notes(desk: Desk, dataset: DataSet, _: Translate) -> None:
    """What a user should know of it, the first few at once."""
    said = [plain(note.told(_)) for note in told(desk, dataset)]
    if not said:
        return
    with st.container(key="data-notes"):
        for note in said[:MOST_NOTES]:
            st.markdown(f":material/info: {note}")
        if len(said) > MOST_NOTES:
            more = _("{count} more").format(count=len(said) - MOST_NOTES)
            with st.expander(more):
                for note in said[MOST_NOTES:]:
                    st.markdown(f":material/info: {note}")
