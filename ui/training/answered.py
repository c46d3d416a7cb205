"""What the trainer was asked to measure, looked at until it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

import streamlit as st

from bricks.words import Text
from ui.markdown import plain
from ui.words import Translate


class Answer(Protocol):
    """An answer as far as it is there."""

    @property
    def state(self) -> str:
        """One of waiting, failed, done."""

    @property
    def before(self) -> int:
        """Others that are measured first."""

    @property
    def said(self) -> Text | None:
        """Why it failed."""


A = TypeVar("A", bound=Answer)


def answered(
    look: Callable[[], A],
    growing: Callable[[A], None],
    seconds: float,
    _: Translate,
) -> A | None:
    """The whole answer; till then None, while `growing` shows what there is of it."""
    found = look()

    @st.fragment(run_every=seconds)
    def waiting() -> None:
        now = look()
        if now.state != "waiting":
            st.rerun()
        if now.before:
            said = _("Others are measured first: {count} …").format(count=now.before)
            st.progress(0.0, plain(said))
        else:
            growing(now)

    if found.state == "waiting":
        waiting()
        return None
    if found.state == "failed":
        told = found.said.told(_) if found.said else _("That went wrong.")
        st.warning(plain(told), icon=":material/error:")
        return None
    return found
