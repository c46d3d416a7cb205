"""The settings of a training: the usual ones in a row, the others in menus below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from bricks.training import SETTINGS, Training, optimizers
from bricks.training.clash import clash
from ui.desk import Desk
from ui.markdown import plain
from ui.training.asked import Asked, Chosen, asked
from ui.training.callbacks import callback_switches
from ui.training.field import WIDTH, field
from ui.training.finder import finder
from ui.training.machine import machine
from ui.training.measures import loss_and_metrics
from ui.training.optimizer import optimizer
from ui.training.presets import presets, say_what_changed
from ui.training.schedule import schedule
from ui.training.two_steps import say_features, two_steps
from ui.training.words import titles, value_told
from ui.words import Translate

# Points, so that the row stays one on a projector; below 120 a number has no buttons,
# and all its digits are seen.
WIDTHS = {"batch_size": 112, "optimizer": 180, "learning_rate": 116, "seed": 112}
MENUS = (schedule, callback_switches, loss_and_metrics)


def training_settings(desk: Desk, _: Translate) -> None:
    """All settings of the desk's training; a change is saved, and the page redrawn."""
    wanted = asked(desk.id, desk.project, _)
    chosen = _usual(wanted)
    with st.container(horizontal=True, key="training-menus"):
        taken = presets(wanted)
        chosen |= optimizer(wanted)
        chosen |= two_steps(wanted, desk)
        chosen |= finder(wanted, desk)
        for menu in MENUS:
            chosen |= menu(wanted)
        chosen |= machine(wanted, desk)
    changed = taken or with_chosen(wanted.training, chosen)
    if changed != wanted.training:
        desk.train_with(changed)
        st.rerun()
    say_what_changed(wanted)
    say_features(desk, _)
    both = clash(wanted.training)
    if both:
        st.warning(plain(both.told(_)), icon=":material/warning:")


def with_chosen(training: Training, chosen: Chosen) -> Training:
    """The training as it was chosen; another optimizer begins with its own usual
    settings and learning rate."""
    rule = optimizers()[chosen.get("optimizer", training.optimizer)]
    if rule.kind != training.optimizer:
        own = {"optimizer_settings": rule.start, "learning_rate": rule.learning_rate}
        chosen = chosen | own
    return replace(training, **chosen)


def _usual(asked: Asked) -> Chosen:
    """The settings that every training has, in one row."""
    with st.container(
        horizontal=True, key="settings", vertical_alignment="bottom", gap="xsmall"
    ):
        return {
            param.name: _field(param.name, asked)
            for param in SETTINGS
            if param.name != "class_weights" or asked.classes
        }


def _field(name: str, asked: Asked) -> Any:
    _, training = asked._, asked.training
    return field(
        next(param for param in SETTINGS if param.name == name),
        getattr(training, name),
        asked.id,
        _,
        title=titles(_)[name],
        told=lambda value: value_told(name, value, _),
        width=WIDTHS.get(name, WIDTH),
        # A rule that takes all examples at once has no use for a number of them.
        disabled=name == "batch_size" and training.rule.whole,
    )
