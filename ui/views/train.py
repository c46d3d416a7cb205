"""Train: the settings, the button, and the run as it goes."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from bricks.tower import GROUND, Placed
from bricks.words import N_, Text
from training import admission, weights
from training.datasets import known_missing
from training.imagenet import asks
from training.rows import ACTIVE, RunRow
from ui.desk import Desk, settings, store
from ui.live import panel
from ui.live.payload import live_json, shown_runs
from ui.looking.runs import lookable
from ui.markdown import plain
from ui.training.buttons import same_run, start_wished, train_button
from ui.training.settings import training_settings
from ui.views.beside import say_if_changed, tower_beside
from ui.views.sent import take
from ui.words import Translate, translator

NOTHING_TRAINED = N_(
    "Nothing is trained here: the network knows ImageNet's 1,000 classes already. Open "
    "it, then ask it with any picture, in Try."
)


def show(desk: Desk, lang: str) -> None:
    """The tower on the left; how it is trained, and how that goes, on the right."""
    _ = translator(lang)
    asked_only = asks(desk.project.tower.data)
    with tower_beside(desk, lang):
        if asked_only:
            st.info(_(NOTHING_TRAINED), icon=":material/chat:")
        else:
            training_settings(desk, _)
        asked = start_wished(desk)
        runs = shown_runs(desk)
        hindrance = _hindrance(desk, runs)
        with st.container(
            horizontal=True, vertical_alignment="center", key="train-line"
        ):
            same = same_run(desk, runs)
            blocked = hindrance is not None or same is not None
            train_button(desk, blocked, asked, _, _("Open") if asked_only else None)
            if asked_only and lookable(desk):
                go = _("Go to Try")
                st.button(go, icon=":material/chat:", on_click=_to, args=(desk, "try"))
            _remark(desk, runs, same, _)
        if hindrance:
            _hindered(desk, hindrance, _)
        if runs or not asked_only:  # what stands there before a run tells of curves
            panel(live_json(desk, runs, lang), _key(desk))


def _hindrance(desk: Desk, runs: list[RunRow]) -> Text | None:
    """What is in the way; where a run goes on, one may wait till its memory is free."""
    found = admission.hindrance(desk.project, settings().home, desk.shelf)
    goes_on = any(run.state in ACTIVE for run in runs)
    return None if found and goes_on and admission.may_pass(found) else found


def receive(desk: Desk) -> None:
    """Do what the panel sent, before anything of the page is drawn."""
    take(desk, _key(desk))


def _key(desk: Desk) -> str:
    return f"live-{desk.id}"


def _remark(desk: Desk, runs: list[RunRow], same: RunRow | None, _: Translate) -> None:
    """Beside the button: how the tower on the desk stands to the runs below."""
    if same is not None:
        said = _("It trains. Change something, and you can train that beside it.")
        st.caption(said)
    elif runs:
        last = store().run(desk.owner, runs[0].id)
        if last:
            say_if_changed(desk, last, _)


def _hindered(desk: Desk, hindrance: Text, _: Translate) -> None:
    """Say what is in the way; where it is the data, offer one that is always there,
    where it is what a base has learned, to do without."""
    tower = desk.project.tower
    unlearned = hindrance == weights.known_missing(tower)
    near = weights.near(tower) if unlearned else {}
    said = weights.said_near(tower, near) or hindrance
    st.warning(plain(said.told(_)), icon=":material/error:")
    if known_missing(tower.data, desk.shelf):
        with st.container(horizontal=True):
            go = _("Go to Data")
            st.button(go, type="primary", on_click=_to_data, args=(desk,))
            if not weights.files(tower):  # a base takes no pictures as small as those
                st.button(_("Use Digits instead"), on_click=_use_digits, args=(desk,))
    elif unlearned:
        _offered(desk, near, _)


def _offered(desk: Desk, near: dict[str, float], _: Translate) -> None:
    """Another width of the base, where its weights are here; or to do without."""
    with st.container(horizontal=True):
        for alpha in [*near.values()][:1]:
            take = _("Take alpha {alpha}").format(alpha=alpha)
            st.button(take, type="primary", on_click=_at_width, args=(desk, near))
        st.button(_("Go on with random weights"), on_click=_at_random, args=(desk,))


def _to_data(desk: Desk) -> None:
    _to(desk, "data")


def _to(desk: Desk, view: str) -> None:
    desk.going = view


def _at_random(desk: Desk) -> None:
    desk.build(weights.at_random(desk.project.tower))
    desk.save()


def _at_width(desk: Desk, near: dict[str, float]) -> None:
    desk.build(weights.at_width(desk.project.tower, near))
    desk.save()


def _use_digits(desk: Desk) -> None:
    digits = Placed("Digits", id=GROUND)
    desk.build(replace(desk.project.tower, data=digits))
    desk.save()
