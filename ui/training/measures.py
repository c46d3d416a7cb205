"""Loss and metrics, of what the label brick offers."""

from __future__ import annotations

import streamlit as st

from bricks.brick import Label
from bricks.training import FURTHER
from bricks.training.measures import LOSSES, METRICS
from ui.markdown import plain
from ui.training.asked import Asked, Chosen
from ui.training.field import field
from ui.training.words import titles
from ui.words import Translate


def loss_and_metrics(asked: Asked) -> Chosen:
    """A menu of what the training makes small, and of what else is measured."""
    _, label = asked._, asked.label
    if label is None:
        return {}
    key = f"{asked.id}-measures-menu"
    with st.popover(_("Loss and metrics"), key=key):
        return {**_loss(asked, label), **_metrics(asked, label)}


def _loss(asked: Asked, label: Label) -> Chosen:
    """Others than the label's own; where it has none, that is said."""
    _, own = asked._, asked.training.loss
    others = [loss for loss in label.losses if loss != label.loss]
    if not others:
        st.markdown(f"**{_('Loss')}**: {plain(_(LOSSES[label.loss]))}")
        return {}
    param = next(param for param in FURTHER if param.name == "loss")
    shown = own if own in others else None
    loss = field(
        param,
        shown,
        asked.id,
        _,
        title=titles(_)["loss"],
        choices=(None, *others),
        told=lambda loss: _(LOSSES[loss or label.loss]),
        width=340,
    )
    return {} if loss == shown else {"loss": loss}


def _metrics(asked: Asked, label: Label) -> Chosen:
    _, now = asked._, asked.training.metrics
    always = _always(label, _)
    if always:
        st.caption(always)
    if not asked.extra:
        return {}
    on = [name for name in asked.extra if name in now]
    chosen = st.pills(
        _("Measured as well"),
        asked.extra,
        selection_mode="multi",
        default=on,
        format_func=lambda name: _(METRICS[name].said),
        help=_(next(p.help for p in FURTHER if p.name == "metrics")),
        key=f"{asked.id}-metrics-{'-'.join(on)}",
    )
    # What another label brick offers is kept: its data may come back.
    kept = (name for name in now if name not in asked.extra)
    return {"metrics": (*kept, *chosen)}


def _always(label: Label, _: Translate) -> str:
    names = ", ".join(_(METRICS[name].said) for name in label.metrics)
    return plain(_("Always measured: {names}").format(names=names)) if names else ""
