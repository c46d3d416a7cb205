"""The optimizer: its family, and its own settings."""

from __future__ import annotations

import streamlit as st

from ui.markdown import plain
from ui.training.asked import Asked, Chosen
from ui.training.field import fields
from ui.training.tree import drawing, line, lit


def optimizer(asked: Asked) -> Chosen:
    """A menu with the family tree, what the chosen rule does, and its settings."""
    _, training = asked._, asked.training
    rule = training.rule
    title, member = _("Optimizer"), lit(training)
    if member.settings:  # such as Momentum, which the row above calls SGD
        title = _("Optimizer: {name}").format(name=_(member.said))
    with st.popover(plain(title), key=_key(asked)), st.container(gap="xsmall"):
        _family(asked)
        scope = f"{asked.id}-{rule.kind}"
        return {
            "optimizer_settings": fields(rule, training.optimizer_settings, scope, _)
        }


def _key(asked: Asked) -> str:
    return f"{asked.id}-optimizer-menu"


def _family(asked: Asked) -> None:
    _, training = asked._, asked.training
    member = lit(training)
    dark = st.context.theme.type == "dark"
    said = _("The family tree of optimizers; {name} is lit.")
    with st.container(key="family"):
        st.image(
            drawing(training, dark, _),
            alt=said.format(name=_(member.said)),
            width="stretch",
        )
    st.markdown(f"**{plain(_(member.said))}**: {plain(_(member.about))}")
    grown = " → ".join(_(one.said) for one in line(member))
    st.caption(plain(" · ".join(filter(None, (grown, member.paper)))))
