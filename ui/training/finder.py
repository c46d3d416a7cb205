"""Find a learning rate: a range test of the tower, its curve, and the rate to take."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from training.finder import Found, find, question
from training.launch import ensure_trainer
from ui.charts import COLOURS, TRAINING, VALIDATION
from ui.desk import Desk, settings
from ui.markdown import plain
from ui.training.answered import answered
from ui.training.asked import Asked, Chosen
from ui.words import Translate

WAIT = 0.5  # seconds between two looks while it is measured
HEIGHT = 210
ROOM = 1.6  # the curve is drawn up to so many times the loss at its beginning


def finder(asked: Asked, desk: Desk) -> Chosen:
    """A menu with the test; the learning rate that was taken from it."""
    _ = asked._
    key = f"{asked.id}-finder-menu"
    title = plain(_("Find a rate"))
    with st.popover(title, key=key), st.container(key="finder"):
        return _finder(asked, desk)


def _finder(asked: Asked, desk: Desk) -> Chosen:
    _, key = asked._, f"finder-{asked.id}"
    st.caption(_about(_))
    # Only what was asked for is measured: not each tower that is on the desk for once.
    wanted = question(desk.project)
    if st.session_state.get(key) == wanted:
        return _watched(asked, desk)
    icon = ":material/search:"
    if st.button(_("Find"), type="primary", icon=icon, key=f"{key}-go"):
        ensure_trainer(settings())
        st.session_state[key] = wanted
        st.rerun()
    return {}


def _about(_: Translate) -> str:
    return _(
        "The tower learns for some seconds while its learning rate grows from batch "
        "to batch; nothing of that is kept."
    )


def _watched(asked: Asked, desk: Desk) -> Chosen:
    """The curve as it grows, and then what it suggests."""
    _ = asked._

    def look() -> Found:
        return find(settings(), desk.owner, desk.project)

    found = answered(look, lambda now: _growing(now, _), WAIT, _)
    if found is None:
        return {}
    curve(found, _)
    return suggested(asked, found)


def _growing(found: Found, _: Translate) -> None:
    if not found.rates:
        st.progress(0.0, plain(_("The tower is being made ready …")))
    else:
        values = {"batch": len(found.rates), "batches": found.of}
        said = _("Batch {batch} of at most {batches}").format(**values)
        st.progress(min(1.0, len(found.rates) / max(1, found.of)), plain(said))
        curve(found, _)


def suggested(asked: Asked, found: Found) -> Chosen:
    """The button that takes the rate, and the rule that it comes from."""
    _ = asked._
    if found.rate is None:
        st.info(plain(_why_none(found, _)), icon=":material/info:")
        return {}
    told = f"{found.rate:g}"
    same = asked.training.learning_rate == found.rate
    taken = st.button(
        _("Taken: {rate}").format(rate=told)
        if same
        else _("Take {rate}").format(rate=told),
        type="primary",
        icon=":material/check:",
        disabled=same,
        key=f"finder-{asked.id}-take-{told}",
    )
    values = {"least": f"{found.least:.2g}", "rate": told}
    said = _(
        "The loss is least at {least}; a tenth of that, {rate}, leaves room for the "
        "steps to come (range test: L. N. Smith 2017; a tenth: S. Gugger 2018)."
    )
    st.caption(plain(said.format(**values)))
    return {"learning_rate": found.rate} if taken else {}


def _why_none(found: Found, _: Translate) -> str:
    if not found.losses:
        return _(
            "The loss is no number from the first batch on: look at the top brick's "
            "activation, at the precision, and for missing numbers in the data."
        )
    return _(
        "The loss fell at no learning rate: look whether the tower fits the data, or "
        "choose another optimizer."
    )


def curve(found: Found, _: Translate) -> None:
    """The loss of each batch, faint, and smoothed, by the rate; log scale."""
    if not found.smooth:
        return
    names = {TRAINING: _("each batch"), VALIDATION: _("smoothed")}
    most = ROOM * max(found.smooth[0], min(found.smooth))
    rows = [
        (rate, names[kind], min(loss, most))
        for kind, losses in ((TRAINING, found.losses), (VALIDATION, found.smooth))
        for rate, loss in zip(found.rates, losses, strict=True)
    ]
    data = pd.DataFrame(rows, columns=["rate", "kind", "loss"])
    title = _("Loss by learning rate")
    st.caption(title)
    st.vega_lite_chart(
        data, _drawn(names, found.rate, title, _), key="finder-curve", height=HEIGHT
    )


def _drawn(
    names: dict[str, str], rate: float | None, title: str, _: Translate
) -> dict[str, Any]:
    colours = {"domain": [*names.values()], "range": [*COLOURS.values()]}
    x: dict[str, Any] = {
        "field": "rate",
        "type": "quantitative",
        "title": _("Learning rate"),
        "scale": {"type": "log", "nice": False},
        "axis": {"format": "~g", "tickCount": 7, "grid": False},
    }
    y: dict[str, Any] = {"field": "loss", "type": "quantitative", "title": None}
    y |= {"scale": {"zero": False}}
    top = {"title": None, "orient": "top", "symbolType": "stroke"}
    width = {"domain": [*names.values()], "range": [1, 2.5]}
    lines = {
        "mark": {"type": "line", "tooltip": True},
        "encoding": {
            "x": x,
            "y": y,
            "color": {"field": "kind", "scale": colours, "legend": top, "sort": None},
            "strokeWidth": {"field": "kind", "scale": width, "legend": None},
        },
    }
    return {"description": title, "layer": [lines, *_mark(rate)]}


def _mark(rate: float | None) -> list[dict[str, Any]]:
    """A line where the suggested rate is."""
    if rate is None:
        return []
    at: dict[str, Any] = {"datum": rate, "type": "quantitative"}
    rule: dict[str, Any] = {
        "type": "rule",
        "strokeDash": [4, 3],
        "color": COLOURS[VALIDATION],
    }
    rule |= {"aria": False}  # the button and the sentence below say it
    word: dict[str, Any] = {"type": "text", "text": f"{rate:g}", "align": "left"}
    word |= {"dx": 5, "y": 8, "color": COLOURS[VALIDATION], "aria": False}
    # Without data of its own it would be drawn for each batch.
    once: dict[str, Any] = {"values": [{}]}
    return [
        {"data": once, "mark": mark, "encoding": {"x": at}} for mark in (rule, word)
    ]
