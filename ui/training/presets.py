"""Presets by purpose, and what was changed since one was taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from bricks.training import Training, callbacks, schedules
from bricks.training.part import Part
from bricks.training.presets import PRESETS, Preset, changed
from ui.markdown import plain
from ui.training.asked import Asked
from ui.training.words import plain_value, titles, value_told
from ui.words import Translate

Row = tuple[str, str, str]
"""A setting, what it is in the preset, and what it is now."""


def presets(asked: Asked) -> Training | None:
    """A menu of trainings by purpose; the training that was taken from it."""
    _, taken = asked._, _taken(asked)
    title = _("Preset: {name}").format(name=_(taken.said)) if taken else _("Presets")
    key = f"{asked.id}-presets-menu"
    with st.popover(plain(title), key=key), st.container(gap="xsmall"):
        for preset in PRESETS.values():
            if _preset(asked, preset):
                st.session_state[_kept(asked)] = preset.kind
                return preset.applied(asked.training)
    return None


def _kept(asked: Asked) -> str:
    return f"preset-{asked.id}"


def _taken(asked: Asked) -> Preset | None:
    """The preset taken last on this page, else one that is followed to the letter."""
    kept = PRESETS.get(st.session_state.get(_kept(asked), ""))
    same = (p for p in PRESETS.values() if not changed(asked.training, p))
    return kept or next(same, None)


def _preset(asked: Asked, preset: Preset) -> bool:
    """A preset, how it differs from the settings now, and whether it was taken."""
    _, differs = asked._, rows(asked.training, preset, asked._)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(_(preset.said))}**")
        st.space("stretch")
        pressed = st.button(
            _("Take") if differs else _("Taken"),
            disabled=not differs,
            key=f"{asked.id}-take-{preset.kind}",
        )
    st.caption(plain(_(preset.about)))
    if differs:
        sets = "; ".join(f"{title} {now} → {wanted}" for title, wanted, now in differs)
        st.caption(plain(_("Would change: {settings}").format(settings=sets)))
    return pressed


def say_what_changed(asked: Asked) -> None:
    """What is not as in the preset that was taken."""
    _, preset = asked._, _taken(asked)
    differs = rows(asked.training, preset, _) if preset else []
    if preset and differs:
        told = "; ".join(f"{title} {was} → {now}" for title, was, now in differs)
        said = _("Changed against “{preset}”: {settings}")
        st.caption(plain(said.format(preset=_(preset.said), settings=told)))


def rows(training: Training, preset: Preset, _: Translate) -> list[Row]:
    """Every setting that differs from the preset, in words."""
    return [
        row
        for change in changed(training, preset)
        for row in _told(change.setting, change.preset, change.now, training, _)
    ]


def _told(
    setting: str, was: Any, now: Any, training: Training, _: Translate
) -> Iterator[Row]:
    if setting == "callbacks":
        yield from _callbacks(was, now, _)
    elif setting == "optimizer_settings":
        yield from _settings(training.rule, was, now, _)
    elif setting == "schedule_settings":
        plan = schedules().get(training.schedule or "")
        yield from _settings(plan, was, now, _) if plan else ()
    else:
        first, second = (value_told(setting, one, _) for one in (was, now))
        yield titles(_)[setting], first, second


def _callbacks(
    was: Mapping[str, Any], now: Mapping[str, Any], _: Translate
) -> Iterator[Row]:
    """Those that are switched on or off, and settings of those that are on in both."""
    for kind, part in callbacks().items():
        if (kind in was) != (kind in now):
            yield _(part.said), plain_value(kind in was, _), plain_value(kind in now, _)
        elif kind in was:
            yield from _settings(part, was[kind], now[kind], _)


def _settings(
    part: Part, was: Mapping[str, Any], now: Mapping[str, Any], _: Translate
) -> Iterator[Row]:
    """Settings of a part; those of a part that was not there were its defaults."""
    first, second = part.full(was), part.full(now)
    for key, value in first.items():
        if value != second[key]:
            name = f"{_(part.said)} ({key})"
            yield name, plain_value(value, _), plain_value(second[key], _)
