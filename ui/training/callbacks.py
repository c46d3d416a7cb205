"""Callbacks as switches, each with its settings."""

from __future__ import annotations

from typing import Any

import streamlit as st

from bricks.training import callbacks
from bricks.training.callback import Callback
from ui.markdown import plain
from ui.training.asked import Asked, Chosen
from ui.training.field import fields
from ui.training.words import callback_name, figure_name


def callback_switches(asked: Asked) -> Chosen:
    """A menu of what may listen while the tower learns."""
    _ = asked._
    on = [callback_name(kind, _) for kind in asked.training.callbacks]
    title = _("Callbacks")
    if on:
        title = _("Callbacks: {names}").format(names=_shortened(on))
    key = f"{asked.id}-callbacks-menu"
    with st.popover(plain(title), key=key), st.container(gap="xsmall"):
        chosen = {kind: _switch(part, asked) for kind, part in callbacks().items()}
    return {"callbacks": {k: own for k, own in chosen.items() if own is not None}}


def _shortened(names: list[str]) -> str:
    """The first, and how many more.

    >>> _shortened(["Early stopping", "TensorBoard log"])
    'Early stopping +1'
    """
    return " +".join([*names[:1], *([str(len(names) - 1)] if names[1:] else [])])


def _switch(part: Callback, asked: Asked) -> dict[str, Any] | None:
    """What a callback is set to; None where it is off."""
    _, settings = asked._, asked.training.callbacks.get(part.kind)
    was = settings is not None
    scope = f"{asked.id}-{part.kind}"
    on = st.toggle(callback_name(part.kind, _), was, key=f"{scope}-{was}")
    st.caption(plain(_(part.about)))
    if not on:
        return None
    if settings is None:
        return dict(part.start)
    figures = watchable(asked)
    return fields(
        part,
        settings,
        scope,
        _,
        choices=figures,
        told=lambda name: figure_name(name, _),
    )


def watchable(asked: Asked) -> tuple[str, ...]:
    """The figures that a callback can look at in this training."""
    told = asked.measured
    return (*(f"val_{name}" for name in told), *told)
