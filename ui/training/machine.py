"""What changes how fast a training runs, for those who measure."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from bricks.training import FURTHER
from bricks.training.measured import WAYS
from ui.desk import Desk
from ui.markdown import plain
from ui.training.asked import Asked, Chosen
from ui.training.field import field
from ui.training.speed import speed
from ui.training.words import titles, value_told
from ui.words import Translate

SHOWN = ("precision", "compile", "steps", "shuffle")
WIDTHS = {"precision": 190, "compile": 170, "steps": 150}


def machine(asked: Asked, desk: Desk) -> Chosen:
    """A menu of settings that a class may leave alone."""
    _ = asked._
    key = f"{asked.id}-machine-menu"
    with (
        st.popover(_("Speed"), key=key),
        st.container(key="machine", gap="small"),
    ):
        st.caption(_("None of these is needed; each is printed in the script."))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = _settings(asked)
        _notes(asked)
        return {**chosen, **speed(asked, desk)}


def _settings(asked: Asked) -> Chosen:
    _, training = asked._, asked.training
    params = {param.name: param for param in FURTHER}
    return {
        name: field(
            params[name],
            getattr(training, name),
            asked.id,
            _,
            title=titles(_)[name],
            told=partial(_told, name, _),
            width=WIDTHS.get(name, 140),
        )
        for name in SHOWN
    }


def _told(setting: str, _: Translate, value: Any) -> str:
    return value_told(setting, value, _)


def _notes(asked: Asked) -> None:
    """What was measured of the settings that stand."""
    _, measured = asked._, asked.training.measured
    for name in (name for name in WAYS if name in measured):
        note = measured[name]
        said = _("{setting}: measured {ratio} x as fast, with {weights} weights.")
        values = {"ratio": f"{note['ratio']:.2g}", "weights": f"{note['weights']:,}"}
        st.caption(plain(said.format(setting=titles(_)[name], **values)))
