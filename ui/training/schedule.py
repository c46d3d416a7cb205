"""The schedule: how the learning rate goes over the epochs, as a small curve."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from bricks.training import FURTHER, Training, schedules
from ui.charts import COLOURS, VALIDATION
from ui.markdown import plain
from ui.training.asked import Asked, Chosen
from ui.training.field import field, fields
from ui.training.words import value_told
from ui.words import Translate

MOST_POINTS = 600


def schedule(asked: Asked) -> Chosen:
    """A menu of plans, with the settings and the curve of the chosen one."""
    _, training = asked._, asked.training
    title = _("Schedule")
    if training.schedule:
        told = value_told("schedule", training.schedule, _)
        title = _("Schedule: {plan}").format(plan=told)
    key = f"{asked.id}-schedule-menu"
    with st.popover(plain(title), key=key):
        chosen = _plan(asked)
        rate_curve(training, _)
    return chosen


def _plan(asked: Asked) -> Chosen:
    _, training = asked._, asked.training
    param = next(param for param in FURTHER if param.name == "schedule")
    kind = field(
        param,
        training.schedule,
        asked.id,
        _,
        title=_("Schedule"),
        told=lambda plan: value_told("schedule", plan, _),
        width=280,
    )
    plan = schedules().get(kind or "")
    if plan is None or kind != training.schedule:
        return {"schedule": kind, "schedule_settings": plan.start if plan else {}}
    st.caption(plain(_(plan.about)))
    scope = f"{asked.id}-{kind}"
    own = fields(plan, training.schedule_settings, scope, _)
    return {"schedule": kind, "schedule_settings": own}


def rates(training: Training) -> list[tuple[float, float]]:
    """The learning rate over the epochs: pairs of epochs passed and rate."""
    epochs, most = training.epochs, training.learning_rate
    plan = schedules().get(training.schedule or "")
    if plan is None:
        return [(0, most), (epochs, most)]
    settings = plan.full(training.schedule_settings)
    each = max(1, MOST_POINTS // epochs)
    passed = [n / each for n in range(epochs * each)]
    # Just short of the end: what comes after the last batch trains nothing.
    passed = [*passed, epochs - 1e-6]
    return [(at, most * plan.share(settings, epochs, at)) for at in passed]


def rate_curve(training: Training, _: Translate) -> None:
    """The learning rate over the epochs."""
    data = pd.DataFrame(rates(training), columns=["epoch", "rate"])
    title = _("Learning rate over the epochs")
    st.caption(title)
    st.vega_lite_chart(data, _curve(training.epochs, title), key="rates", height=150)


def _curve(epochs: int, title: str) -> dict[str, Any]:
    quantity: dict[str, Any] = {"type": "quantitative", "title": None}
    x = {"scale": {"domain": [0, epochs]}, "axis": {"tickMinStep": 1, "tickCount": 6}}
    y = {"scale": {"zero": True}, "axis": {"format": "~g", "tickCount": 4}}
    return {
        "description": title,
        "mark": {"type": "line", "color": COLOURS[VALIDATION], "tooltip": True},
        "encoding": {
            "x": quantity | {"field": "epoch"} | x,
            "y": quantity | {"field": "rate"} | y,
        },
    }
