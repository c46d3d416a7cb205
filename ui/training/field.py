"""One setting of a training as a widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import floor, log10
from typing import Any

import streamlit as st

from bricks.param import Choice, Flag, Limited, Param, Whole
from bricks.training.part import Part
from ui.words import Translate

WIDTH, CHOICE, LONG = 128, 136, 200  # of a number, of a word, of some words


def field(
    param: Param,
    value: Any,
    scope: str,
    _: Translate,
    *,
    title: str = "",
    choices: Iterable[str | None] = (),
    told: Callable[[Any], str] = str,
    width: int = WIDTH,
    disabled: bool = False,
) -> Any:
    """The widget of a setting; its value.

    Settings of parts bear Keras' own names, as in the code, unless there is a `title`.
    A value that was changed elsewhere, by another tab or a ready tower, makes a new
    widget, since its key has the value in it.
    """
    title, help = title or f"`{param.name}`", _(param.help)
    key = f"{scope}-{param.name}-{value}"
    if isinstance(param, Flag):
        return st.toggle(title, value, help=help, key=key, disabled=disabled)
    if isinstance(param, Choice):
        known: list[Any] = [*(choices or param.choices)]
        known = known if value in known else [*known, value]
        return st.selectbox(
            title,
            known,
            known.index(value),
            format_func=told,
            help=help,
            key=key,
            width=max(width, LONG if choices else CHOICE),
        )
    assert isinstance(param, Limited)
    how = {"help": help, "key": key, "width": width, "disabled": disabled}
    return _number(param, value, title, _("none"), **how)


def _number(
    param: Limited, value: float | None, title: str, none: str, **how: Any
) -> float | None:
    """A number's widget; Streamlit wants limits, value and step to be of one type."""
    whole = isinstance(param, Whole)
    kind: Any = int if whole else float
    shown = None if value is None else kind(value)
    if param.optional:
        # A widget that was made empty can be emptied again, so that none is a choice.
        st.session_state.setdefault(how["key"], shown)
        shown = None
    return st.number_input(
        title,
        kind(param.least),
        kind(param.most),
        shown,
        step=1 if whole else step(value),
        format="%d" if whole else "%.6g",
        placeholder=none,
        **how,
    )


def step(value: float | None) -> float:
    """How far one press of a number's button goes: finer near 0 and near 1.

    >>> step(0.001), step(0.9), step(0.999), step(0), step(None)
    (0.0005, 0.05, 0.0005, 0.1, 0.001)
    """
    if value is None:
        return 0.001
    room = round(min(value, 1 - value) if 0.5 < value < 1 else value, 9)
    return 10.0 ** floor(log10(room) + 1e-9) / 2 if room > 0 else 0.1


def fields(
    part: Part, settings: Mapping[str, Any], scope: str, _: Translate, **how: Any
) -> dict[str, Any]:
    """The settings of a part that are worth showing first in a row, others folded."""
    full, how = part.full(settings), {"width": 150, **how}
    first = [param for param in part.params if not param.more]
    more = [param for param in part.params if param.more]
    chosen: dict[str, Any] = {}
    if first:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen |= {p.name: field(p, full[p.name], scope, _, **how) for p in first}
    if more:
        with (
            st.expander(_("More settings"), key=f"{scope}-more"),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            chosen |= {p.name: field(p, full[p.name], scope, _, **how) for p in more}
    return part.differing(chosen)
