"""Models that the viewer keeps open, and how they leave its memory."""

from __future__ import annotations

import gc
import os
import shutil
import weakref

import numpy as np
import pytest

from bricks.project import Project
from bricks.tower import Placed, Tower
from codegen.source import script
from training import runs
from training.viewing import DONE
from training.worker.viewer import Viewer

pytestmark = pytest.mark.keras

PICTURE = np.random.default_rng(0).integers(0, 255, (1, 8, 8, 1), "uint8")


@pytest.fixture
def folder(tmp_path):
    """A run's folder as a training leaves it, of a small convnet on Digits."""
    from explain.opened import opened

    bricks = (
        Placed(
            "Conv2D", {"filters": 4, "kernel_size": 3, "activation": "relu"}, id="c"
        ),
        Placed("Flatten", id="f"),
        Placed("Dense", {"units": 10, "activation": "softmax"}, id="d"),
    )
    project = Project("Small", Tower(Placed("Digits", id="data"), bricks))
    where = tmp_path / "first"
    where.mkdir()
    (where / runs.PROJECT).write_text(project.to_json(), "utf-8")
    (where / runs.SCRIPT).write_text(script(project), "utf-8")
    opened(project, script(project)).model.save(where / runs.MODEL)
    return where


def look(viewer, what, folder, **more):
    """The last that a look tells of the picture."""
    from training.worker.looks import looks

    ask = {"folder": str(folder), "brick": "c", **more}
    *_, told = looks()[what](viewer, ask, {"given": PICTURE})
    assert told.state == DONE
    return told


def look_all_over(viewer, folder):
    for what in ("maps", "channels", "convolve", "told"):
        look(viewer, what, folder)
    for method in ("grad_cam", "grad_cam_pp", "integrated_gradients", "occlusion"):
        look(viewer, "heat", folder, method=method)
    look(viewer, "filters", folder, make=True)


def test_a_model_that_is_kept_open_no_more_leaves_the_memory(folder):
    from training.worker.kept_open import MOST_MODELS

    viewer, models = Viewer(), []
    for n in range(MOST_MODELS + 2):
        copy = shutil.copytree(folder, folder.with_name(f"copy{n}"))
        look_all_over(viewer, copy)
        models.append(weakref.ref(viewer.run({"folder": copy}).model))
    gc.collect()
    alive = [model() is not None for model in models]
    assert alive == [False] * 2 + [True] * MOST_MODELS


def test_a_model_leaves_the_memory_when_a_better_epoch_takes_its_place(folder):
    viewer = Viewer()
    look_all_over(viewer, folder)
    before = weakref.ref(viewer.run({"folder": folder}).model)
    os.utime(folder / runs.MODEL, (1, 1))
    look(viewer, "maps", folder)
    gc.collect()
    assert before() is None


def test_layers_are_not_wired_anew_for_each_question(folder):
    viewer = Viewer()
    layers = viewer.run({"folder": folder}).model.layers

    def wired():
        return [len(layer._inbound_nodes) for layer in layers]

    look_all_over(viewer, folder)
    once = wired()
    for _ in range(3):
        look_all_over(viewer, folder)
    assert wired() == once


def test_what_was_given_last_is_not_taken_for_another_example(folder):
    viewer = Viewer()
    first = look(viewer, "channels", folder).arrays["strengths"]
    from training.worker.looks import channels

    *_, told = channels.look(
        viewer, {"folder": str(folder), "brick": "c"}, {"given": 255 - PICTURE}
    )
    assert not np.allclose(told.arrays["strengths"], first)
