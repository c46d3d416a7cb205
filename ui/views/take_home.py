"""Take home: the script, the notebook, the project and the trained model as files."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from bricks.catalog import data_brick
from bricks.project import Project
from bricks.training import callbacks
from bricks.training.clash import running
from bricks.walk import walk
from codegen.literal import identifier
from codegen.notebook import notebook
from codegen.source import script
from training.runs import HISTORY, MODEL, SCRIPT, folder
from ui.desk import Desk, settings
from ui.views.beside import say_if_changed, tower_beside
from ui.views.results import choose_run
from ui.words import Translate, translator


def show(desk: Desk, lang: str) -> None:
    """What belongs to the tower, and what came of a run."""
    _ = translator(lang)
    with tower_beside(desk, lang):
        st.markdown("**" + _("The tower") + "**")
        _tower(desk, _)
        st.markdown("**" + _("The trained model") + "**")
        _model(desk, _)


def _tower(desk: Desk, _: Translate) -> None:
    name = identifier(desk.project.name, "tower")
    whole = all(stage.problem is None for stage in walk(desk.project.tower))
    if not whole:
        st.warning(_("The script can be run once every brick fits."))
    rows = [
        (
            _("Script"),
            runs_with(desk.project, _),
            "train.py",
            lambda: script(desk.project),
            whole,
        ),
        (
            _("Notebook"),
            _("The same, for Jupyter or Colab."),
            f"{name}.ipynb",
            lambda: notebook(desk.project),
            whole,
        ),
        (
            _("Project file"),
            _("Opens in Brickyard again, here or elsewhere."),
            f"{name}.brick.json",
            desk.project.to_json,
            True,
        ),
    ]
    for title, about, file, made, ready in rows:
        _row(title, about, file, made, ready)


def runs_with(project: Project, _: Translate) -> str:
    """What the script needs, and how it is run, as its own head says it."""
    data = data_brick(project.tower.data.kind)
    assert data is not None, "a tower stands on a data brick"
    loading = data.loading(data.full(project.tower.data.settings))
    others = (callbacks()[kind].needs for kind in running(project.training))
    needs = (*loading.needs, *(need for needed in others for need in needed))
    command = f"python train.py{loading.command}"
    if not needs:
        return _("Runs anywhere with Keras: {command}").format(command=command)
    said = _("Runs anywhere with Keras and {needs}: {command}")
    return said.format(command=command, needs=", ".join(needs))


def _model(desk: Desk, _: Translate) -> None:
    run = choose_run(desk, _)
    if run is None:
        st.info(_("Once the tower is trained, its model waits here."))
        return
    say_if_changed(desk, run, _)
    name, where = identifier(run.name, "tower"), folder(settings(), run.id)
    rows = [
        (
            _("Trained model"),
            _("The best by validation: keras.models.load_model opens it."),
            f"{name}.keras",
            MODEL,
        ),
        (
            _("This run's script"),
            _("The very code that trained it."),
            "train.py",
            SCRIPT,
        ),
        (_("History"), _("Every epoch's figures as a table."), f"{name}.csv", HISTORY),
    ]
    for title, about, file, source in rows:
        path = where / source
        if path.is_file():
            _row(title, about, file, path.read_bytes, True)


def _row(
    title: str, about: str, file: str, made: Callable[[], str | bytes], ready: bool
) -> None:
    """A file to download, made when it is asked for."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            title,
            made,
            file,
            icon=":material/download:",
            on_click="ignore",
            disabled=not ready,
            width=220,
        )
        st.caption(about)
