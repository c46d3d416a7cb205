"""The frame around every view: name, views, projects, language."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import Any

import streamlit as st

from bricks.errors import ProjectError
from bricks.project import NEW_NAME, Project, fresh
from training import backup
from training.tables import StoreError
from ui.desk import MOST_SAVED, Desk, settings, store
from ui.markdown import plain
from ui.opening import empty, new_desk, open_desk
from ui.owner import OWNER
from ui.views import (
    build,
    compare,
    data,
    inside,
    results,
    take_home,
    train,
    try_it,
    variants,
)
from ui.words import LANGUAGES, preferred, spoken, translator

VIEWS = {
    "data": data,
    "build": build,
    "train": train,
    "results": results,
    "try": try_it,
    "inside": inside,
    "variants": variants,
    "compare": compare,
    "take-home": take_home,
}
RETRY_SECONDS = 3.0
_STYLE = Path(__file__).with_name("page.css")


def show() -> None:
    """Draw the page for this visitor."""
    st.html(_STYLE)
    desk = _desk_or_sentence()
    for one in VIEWS.values():
        one.receive(desk)
    _open_run(desk)
    if desk.going in VIEWS:
        st.query_params["view"] = desk.going  # as if the address had said so
    desk.going = None
    head = st.container(key="head", horizontal=True, vertical_alignment="center")
    notice = st.container(key="notice")
    view = _chosen("view", VIEWS, "build")
    lang = _chosen("lang", LANGUAGES, preferred(st.context.locale))
    try:
        VIEWS[view].show(desk, lang)  # first, so that the board's answer is on its way
    except StoreError as error:
        st.error(plain(error.said.told(translator(lang))))
    finally:  # whatever goes wrong with one tower, the others can still be opened
        with head:
            _head(desk, view, lang)
        with notice:
            if desk.elsewhere:
                _two_tabs(desk, lang)
            if restored := backup.notice(settings()):
                st.warning(plain(restored.told(translator(lang))))
    if desk.complaint:
        st.toast(plain(desk.complaint.told(translator(lang))), icon=":material/error:")
        desk.complaint = None


def _desk_or_sentence() -> Desk:
    """The open project; while the record can't be used the page says why, and waits."""
    try:
        return _desk()
    except StoreError as error:
        lang = spoken(st.query_params.get("lang") or preferred(st.context.locale))
        st.error(plain(error.said.told(translator(lang))))
        time.sleep(RETRY_SECONDS)
        st.rerun()


def _desk() -> Desk:
    """The open project of this session; the last one where the session is new."""
    if "desk" not in st.session_state:
        owner = st.context.cookies.get(OWNER) or secrets.token_urlsafe(16)
        st.session_state.desk = open_desk(owner, st.query_params.get("project"))
    desk = st.session_state.desk
    if st.query_params.get("project") != desk.id:
        st.query_params["project"] = desk.id  # so that a reload finds this one again
    return desk


def _chosen(key: str, known: dict[str, Any], default: str) -> str:
    """What is chosen, kept in the page's address, so that a reload finds it.

    An address that changed since it was last written (Back, Forward, a link) is obeyed.
    Here and not in a callback of the widget: Streamlit ends a callback without a word
    when the next click is already waiting.
    """
    asked, told = st.query_params.get(key), f"{key}-told"
    asked = asked if asked in known else default
    # What a click chose since then counts for more: a browser in a hurry still has the
    # address of before, which is not written there yet.
    if st.session_state.get(key) == st.session_state.get(told):
        st.session_state[key] = asked
    value = st.session_state.setdefault(key, default)
    if value not in known:  # a browser in a hurry has told of the widget, and no value
        value = st.session_state[key] = asked
    if value != asked:
        st.query_params[key] = value
    st.session_state[told] = value
    return value


def _head(desk: Desk, view: str, lang: str) -> None:
    _ = translator(lang)
    titles = {
        "data": _("Data"),
        "build": _("Build"),
        "train": _("Train"),
        "results": _("Results"),
        "try": _("Try"),
        "inside": _("Inside"),
        "variants": _("Variants"),
        "compare": _("Compare"),
        "take-home": _("Take home"),
    }
    st.markdown("**Brickyard**", width="content")
    _projects(desk, lang)
    st.segmented_control(
        _("View"),
        list(VIEWS),
        format_func=titles.__getitem__,
        key="view",
        required=True,
        label_visibility="collapsed",
    )
    st.space("stretch")
    st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="lang",
        required=True,
        label_visibility="collapsed",
    )


def _projects(desk: Desk, lang: str) -> None:
    """The project's name, and a menu to rename, begin, open and change projects."""
    _ = translator(lang)
    shown = _(NEW_NAME) if desk.project.name == NEW_NAME else desk.project.name
    # The key is the tower's, so that the menu closes when another is opened.
    with st.popover(plain(shown), type="tertiary", key=f"projects-{desk.id}"):
        name = st.text_input(_("Name"), desk.project.name, max_chars=80)
        if name != desk.project.name:
            desk.rename(name)
            st.rerun()
        if st.button(_("New tower"), icon=":material/add:", width="stretch"):
            _open(new_desk(desk.owner, _numbered(desk.owner, empty())))
        _upload(desk, lang)
        _others(desk, lang)


def _numbered(owner: str, project: Project) -> Project:
    """The project, with a number where its owner has one of this name already."""
    taken = {row.name for row in store().projects(owner)}
    numbers = (f"{project.name} {number}" for number in count(2))
    name = next(n for n in chain([project.name], numbers) if n not in taken)
    return replace(project, name=name)


def _upload(desk: Desk, lang: str) -> None:
    _ = translator(lang)
    number = st.session_state.setdefault("uploads", 0)
    file = st.file_uploader(_("Open a project file"), type="json", key=f"file{number}")
    if file is None:
        return
    try:
        project = fresh(Project.from_json(file.getvalue()))
    except ProjectError as error:
        st.error(plain(error.said.told(_)))
        return
    st.session_state.uploads += 1
    _open(new_desk(desk.owner, project))


def _others(desk: Desk, lang: str) -> None:
    _ = translator(lang)
    others = [row for row in store().projects(desk.owner) if row.id != desk.id][:8]
    if others:
        st.caption(_("Your other towers"))
    for row in others:
        if st.button(plain(row.name), key=f"open-{row.id}", width="stretch"):
            _open(open_desk(desk.owner, row.id))


def _open(desk: Desk) -> None:
    """Lay another project on the desk."""
    st.session_state.desk = desk
    st.rerun()


def _open_run(desk: Desk) -> None:
    """Lay the tower of a run on the desk, as a new one, where that was asked for."""
    wanted, desk.compared.opening = desk.compared.opening, None
    run = store().run(desk.owner, wanted) if wanted else None
    if run is not None:
        project = fresh(Project.from_json(run.document, MOST_SAVED))
        opened = new_desk(desk.owner, _numbered(desk.owner, project))
        opened.going = "build"
        _open(opened)


def _two_tabs(desk: Desk, lang: str) -> None:
    """Say that another tab saved this tower, and let the user choose."""
    _ = translator(lang)
    st.warning(
        _("This tower was changed in another tab or window. Which one shall stay?")
    )
    with st.container(horizontal=True):
        st.button(_("Keep mine"), on_click=desk.keep_mine)
        st.button(_("Take theirs"), on_click=desk.take_theirs)
