"""Measure which way of running a training is fastest here, and take it."""

from __future__ import annotations

import streamlit as st

from training.launch import ensure_trainer
from training.speed import Measured, Timed, measure, noted, question
from ui.desk import Desk, settings
from ui.markdown import plain
from ui.training.answered import answered
from ui.training.asked import Asked, Chosen
from ui.training.words import titles, value_told
from ui.words import Translate

WAIT = 1.0  # seconds between two looks while it is measured
NARROW, DASH = "\u00a0", "\u2060–\u2060"  # at which no line is broken
WIDE = 1.6  # from the slow rounds to the quick ones: then the machine was busy


def speed(asked: Asked, desk: Desk) -> Chosen:
    """The button that has it measured, then what came of it; what was taken."""
    _, key = asked._, f"speed-{asked.id}"
    title = _("What is fastest here?")
    st.markdown(f"**{plain(title)}**")
    wanted = question(desk.project)
    asked_for, again = st.session_state.get(key, ("", 0))
    if asked_for != wanted:
        st.caption(
            _(
                "Runs this training some seconds each way, in turns with the usual "
                "one. A minute; longer where the machine is busy."
            )
        )
        icon = ":material/speed:"
        st.button(_("Measure"), icon=icon, on_click=_ask, args=(key, wanted, again))
        return {}
    return _watched(asked, desk, again)


def _ask(key: str, wanted: str, again: int) -> None:
    ensure_trainer(settings())
    st.session_state[key] = wanted, again


def _watched(asked: Asked, desk: Desk, again: int) -> Chosen:
    """The ways as they are measured, and then those that can be taken."""
    _ = asked._

    def look() -> Measured:
        return measure(settings(), desk.owner, desk.project, again)

    found = answered(look, lambda now: _growing(now, _), WAIT, _)
    if found is None:
        return {}
    _table(found, _)
    taken = _offered(asked, desk, found)
    key = f"speed-{asked.id}"
    args = key, question(desk.project), again + 1
    icon = ":material/refresh:"
    st.button(_("Measure again"), icon=icon, type="tertiary", on_click=_ask, args=args)
    return taken


def _growing(found: Measured, _: Translate) -> None:
    st.progress(min(0.9, len(found.timed) / 6), plain(_("Measuring …")))
    if found.timed:
        _table(found, _)


def way_told(timed: Timed, _: Translate) -> str:
    """A way in words, by the settings in which it is not the usual one."""
    changes = timed.way.changes
    told = (f"{titles(_)[n]}: {value_told(n, v, _)}" for n, v in changes.items())
    return ", ".join(told) or _("As usual")


def _table(found: Measured, _: Translate) -> None:
    """Each way, how many times as fast it is, and in how wide a range."""
    head = (_("Way"), _("Times as fast (half of all rounds)"), _("Examples a second"))
    rows = [
        (way_told(one, _), _ratio(one), f"{one.images_per_second:,.0f}")
        for one in found.timed
    ]
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, *rows)]
    st.markdown("\n".join([lines[0], "|---|--:|--:|", *lines[1:]]))


def _ratio(one: Timed) -> str:
    """The ratio, strong where it is sure, with its range."""
    if not one.way.changes:
        return "1"
    told = f"**{one.ratio:.2f}**" if one.better else f"{one.ratio:.2f}"
    return f"{told}{NARROW}({one.low:.2f}{DASH}{one.high:.2f})"


def _offered(asked: Asked, desk: Desk, found: Measured) -> Chosen:
    """A button for the fastest way, and one with numbers of half the size apart."""
    _, chosen = asked._, Chosen()
    whole, half = (found.fastest(half) for half in (False, True))
    if half is None:
        st.caption(plain(_nothing_better(found, _)))
    offers = [one for one in dict.fromkeys((whole, half)) if one]
    for one in offers:
        chosen |= _button(asked, desk, found, one)
    if half and half is not whole:
        st.caption(
            _("Numbers of half the size round more: look at what it comes to as well.")
        )
    return chosen


def _button(asked: Asked, desk: Desk, found: Measured, one: Timed) -> Chosen:
    _, now = asked._, asked.training
    wanted = noted(desk.project, found, one)
    values = {"way": way_told(one, _), "ratio": f"{one.ratio:.2g}"}
    said = (
        _("Taken: {way} ({ratio} x)") if wanted == now else _("Take {way} ({ratio} x)")
    )
    taken = st.button(
        plain(said.format(**values)),
        icon=":material/check:",
        disabled=wanted == now,
        key=f"speed-{asked.id}-take-{one.way}",
    )
    names = ("precision", "compile", "steps", "measured")
    return {name: getattr(wanted, name) for name in names} if taken else {}


def _nothing_better(found: Measured, _: Translate) -> str:
    others = found.timed[1:]
    if any(one.high > WIDE * one.low for one in others):
        return _(
            "The machine was busy, and no way was faster each time: measure again when "
            "it is quiet."
        )
    return _("The usual way is as fast as any: nothing is to be changed.")
