"""Train: the settings, the button, and the run as it goes."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

import streamlit as st

from bricks.catalog import data_brick
from bricks.param import Choice, Flag, Param, Share, Whole
from bricks.tower import GROUND, Placed
from bricks.training import LEARNING_RATES, SETTINGS, Training
from bricks.words import Text
from training import admission
from training.datasets import known_missing
from training.launch import ensure_trainer
from training.rows import ACTIVE, RESUMABLE, RunRow
from training.store import StoreError
from ui.charts import curves
from ui.desk import Desk, settings, store
from ui.figures import duration, figure, share
from ui.markdown import plain
from ui.views.beside import say_if_changed, tower_beside
from ui.words import Translate, translator


def show(desk: Desk, lang: str) -> None:
    """The tower on the left; how it is trained, and how that goes, on the right."""
    _ = translator(lang)
    with tower_beside(desk, lang):
        _settings(desk, _)
        runs = store().runs(desk.owner, desk.id)
        active = next((run for run in runs if run.state in ACTIVE), None)
        hindrance = None
        if active is None:
            hindrance = admission.hindrance(desk.project, settings().home, desk.shelf)
        if hindrance:
            _hindered(desk, hindrance, _)
        last = active or next(iter(runs), None)
        _buttons(desk, last, hindrance is not None, _)
        if last:
            say_if_changed(desk, last, _)
            _watched(desk, last.id, lang, active is not None)
        elif not hindrance:
            _empty(_)


def _settings(desk: Desk, _: Translate) -> None:
    training = desk.project.training
    with st.container(horizontal=True, key="settings"):
        shown = [param for param in SETTINGS if _matters(param, desk)]
        chosen = {p.name: _field(p, training, desk.id, _) for p in shown}
    if chosen["optimizer"] != training.optimizer:
        chosen["learning_rate"] = LEARNING_RATES[chosen["optimizer"]]
    changed = replace(training, **chosen)
    if changed != training:
        desk.train_with(changed)
        st.rerun()


def _matters(param: Param, desk: Desk) -> bool:
    """Weights of classes are asked for only where there are classes."""
    ground = desk.project.tower.data
    data = data_brick(ground.kind)
    return param.name != "class_weights" or (
        data is not None and data.label(ground.settings) in ("YesNo", "Category")
    )


def _titles(_: Translate) -> dict[str, str]:
    return {
        "batch_size": _("Batch size"),
        "epochs": _("Epochs"),
        "optimizer": _("Optimizer"),
        "learning_rate": _("Learning rate"),
        "seed": _("Seed"),
        "class_weights": _("Class weights"),
    }


def _field(param: Param, training: Training, id: str, _: Translate) -> Any:
    """One setting as a widget; its value."""
    value = getattr(training, param.name)
    title, help = _titles(_)[param.name], _(param.help)
    key = f"{id}-{param.name}-{value}"  # a value changed elsewhere makes a new widget
    if isinstance(param, Flag):
        return st.toggle(title, value, help=help, key=key)
    if isinstance(param, Choice):
        at = param.choices.index(value)
        return st.selectbox(title, param.choices, at, help=help, key=key, width=150)
    assert isinstance(param, Whole | Share)
    decimal = isinstance(param, Share)
    return st.number_input(
        title,
        param.least,
        param.most,
        value,
        step=value / 2 if decimal else 1,
        format="%.6g" if decimal else "%d",
        help=help,
        key=key,
        width=150,
    )


def _hindered(desk: Desk, hindrance: Text, _: Translate) -> None:
    """Say what is in the way; where it is the data, offer one that is always there."""
    st.warning(plain(hindrance.told(_)), icon=":material/error:")
    data = desk.project.tower.data
    if not known_missing(data, desk.shelf):
        return
    with st.container(horizontal=True):
        st.button(_("Go to Data"), type="primary", on_click=_to_data, args=(desk,))
        st.button(_("Use Digits instead"), on_click=_use_digits, args=(desk,))


def _to_data(desk: Desk) -> None:
    desk.going = "data"


def _use_digits(desk: Desk) -> None:
    digits = Placed("Digits", id=GROUND)
    desk.build(replace(desk.project.tower, data=digits))
    desk.save()


def _buttons(desk: Desk, last: RunRow | None, blocked: bool, _: Translate) -> None:
    """Train, Stop and Go on: each has a place of its own, so that a hasty click on one
    never meets another."""
    active = last is not None and last.state in ACTIVE
    st.session_state.setdefault("run_key", secrets.token_hex(8))
    with st.container(horizontal=True):
        st.button(
            _("Train"),
            type="primary",
            icon=":material/play_arrow:",
            disabled=active or blocked,
            on_click=_start,
            args=(desk, _, st.session_state.run_key),
            key="train",
        )
        st.button(
            _("Stop"),
            icon=":material/stop:",
            disabled=not active,
            on_click=_stop,
            args=(desk, last),
            key="stop",
        )
        if last and last.state in RESUMABLE and last.epoch < last.epochs:
            st.button(
                _("Go on from epoch {epoch}").format(epoch=last.epoch + 1),
                icon=":material/resume:",
                on_click=_resume,
                args=(desk, last, _),
                key="resume",
            )


def _stop(desk: Desk, run: RunRow) -> None:
    store().stop_run(desk.owner, run.id)


def _start(desk: Desk, _: Translate, key: str) -> None:
    """Ask for a run; the same key, from a double click, is the same run."""
    ensure_trainer(settings())
    try:
        store().ask_run(desk.owner, desk.id, desk.project.to_json(), key)
    except StoreError as error:
        st.toast(error.said.told(_), icon=":material/error:")
    st.session_state.run_key = secrets.token_hex(8)


def _empty(_: Translate) -> None:
    st.info(
        _(
            "Press Train: the curves of loss and accuracy grow here while the tower "
            "learns. You may close the page meanwhile; the run goes on."
        ),
        icon=":material/show_chart:",
    )


def _watched(desk: Desk, run_id: str, lang: str, moving: bool) -> None:
    """The run, drawn anew each second while it moves."""

    @st.fragment(run_every=1 if moving else None)
    def live() -> None:
        run = store().run(desk.owner, run_id)
        if run is None:
            return
        _run(desk, run, lang)
        if moving and run.state not in ACTIVE:
            st.rerun()

    live()


def _run(desk: Desk, run: RunRow, lang: str) -> None:
    _ = translator(lang)
    epochs = store().epochs(run.id)
    _progress(run, _)
    _numbers(run, epochs, _)
    if epochs or run.state in ACTIVE:
        curves(epochs, run.epochs, _)


def _resume(desk: Desk, run: RunRow, _: Translate) -> None:
    ensure_trainer(settings())
    try:
        store().resume_run(desk.owner, run.id)
    except StoreError as error:
        st.toast(error.said.told(_), icon=":material/error:")


def _progress(run: RunRow, _: Translate) -> None:
    """One line that says how far it is, and a bar."""
    progress = run.progress
    within = progress.get("batch", 0) / max(1, progress.get("batches", 1))
    done = min(
        1.0, (run.epoch + (within if run.state == "running" else 0)) / run.epochs
    )
    st.progress(1.0 if run.state == "done" else done, plain(_said(run, _)))


def _said(run: RunRow, _: Translate) -> str:
    values = {"epoch": min(run.epoch + 1, run.epochs), "epochs": run.epochs}
    if run.state == "waiting":
        place = store().place(run.id) or 1
        return _("Waiting: number {place} in the line").format(place=place)
    if run.state == "running":
        return _said_running(run, values, _)
    if run.state == "done":
        return _("Done: {epochs} epochs").format(**values)
    if run.state == "failed" and run.reason:
        return Text.from_json(run.reason).told(_)
    return _("Stopped after epoch {epoch} of {epochs}").format(
        epoch=run.epoch, epochs=run.epochs
    )


def _said_running(run: RunRow, values: dict[str, int], _: Translate) -> str:
    if "of" in run.progress:
        read = {name: f"{run.progress[name]:,}" for name in ("done", "of")}
        return _("Reading the pictures: {done} of {of}").format(**read)
    if run.progress:
        batch = {name: run.progress[name] for name in ("batch", "batches")}
        said = _("Epoch {epoch} of {epochs}, batch {batch} of {batches}")
        return said.format(**values, **batch)
    if run.epoch == run.epochs:
        return _("Looking at the test pictures …")
    return (
        _("Epoch {epoch} of {epochs}").format(**values)
        if run.epoch
        else _("Starting …")
    )


def _how_well(
    now: dict[str, Any], last: dict[str, Any], _: Translate
) -> list[tuple[str, str]]:
    """The two figures that say it best: accuracy, or how far values are off."""
    if "mae" in now or "mae" in last:
        off = (_("Mean absolute error"), figure(now.get("mae")))
        return [off, (_("Validation error"), figure(last.get("val_mae")))]
    right = (_("Accuracy"), share(now.get("accuracy")))
    return [right, (_("Validation accuracy"), share(last.get("val_accuracy")))]


def _numbers(run: RunRow, epochs: list[dict], _: Translate) -> None:
    """The figures of this moment, five in a row."""
    last = epochs[-1] if epochs else {}
    now = run.progress if run.state == "running" and run.progress else last
    speed = now.get("images_per_second")
    left = run.progress.get("seconds_left") if run.state == "running" else None
    took = sum(epoch["seconds"] for epoch in epochs)
    cells = [
        *_how_well(now, last, _),
        (_("Loss"), f"{now['loss']:.4f}" if now.get("loss") is not None else "–"),
        (_("Pictures a second"), f"{speed:,.0f}" if speed else "–"),
        (_("Time left"), duration(left))
        if run.state == "running"
        else (_("Time taken"), duration(took if epochs else None)),
    ]
    for column, (title, value) in zip(st.columns(5), cells, strict=True):
        column.metric(title, value)
