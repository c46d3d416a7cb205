"""A run as it goes: how far it is, its figures, and its curves."""

from __future__ import annotations

from typing import Any

import streamlit as st

from bricks.words import Text
from training.rows import ACTIVE, RunRow
from ui.charts import curves
from ui.desk import Desk, store
from ui.figures import duration, figure, share
from ui.markdown import plain
from ui.words import Translate, translator


def watched(desk: Desk, run_id: str, lang: str, moving: bool) -> None:
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
    if run.early:
        return run.early.told(_)
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
    moment = {**run.progress, **run.progress.get("measures", {})}
    now = moment if run.state == "running" and moment else last
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
