"""What changes how fast a training runs, for those who measure."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from bricks.training import FURTHER
from ui.training.asked import Asked, Chosen
from ui.training.field import field
from ui.training.words import titles, value_told
from ui.words import Translate

SHOWN = ("precision", "compile", "steps", "shuffle")


def machine(asked: Asked) -> Chosen:
    """A menu of settings that a class may leave alone."""
    _, training = asked._, asked.training
    key = f"{asked.id}-machine-menu"
    with st.popover(_("For those who measure"), key=key):
        st.caption(_("None of these is needed; each is printed in the script."))
        return {
            param.name: field(
                param,
                getattr(training, param.name),
                asked.id,
                _,
                title=titles(_)[param.name],
                told=partial(_told, param.name, _),
                width=230,
            )
            for param in FURTHER
            if param.name in SHOWN
        }


def _told(setting: str, _: Translate, value: Any) -> str:
    return value_told(setting, value, _)
