"""What is fastest is found by measuring, and only what is surely faster is offered."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bricks.errors import ProjectError
from bricks.project import Project
from bricks.training import Training
from bricks.training.measured import reason
from bricks.training.presets import PRESETS
from codegen import live
from codegen.source import script
from tests.training.standing import in_two_steps, shut
from tests.training.workshop import digits
from training import speed
from training.comparison import training_settings
from training.room import Answer
from training.speed import Measured, Timed, Way, measure, noted, question, together

XLA, MORE, HALF = (
    Way(compile="yes"),
    Way(steps=16),
    Way(precision="mixed_bfloat16"),
)
USUAL = Timed(Way(), 1.0, 1.0, 1.0, 1000.0)


def timed(way: Way, ratio: float, low: float | None = None) -> Timed:
    """A way that was so many times as fast."""
    return Timed(way, ratio, low or ratio - 0.05, ratio + 0.1, 1000 * ratio)


def test_what_is_not_faster_most_times_is_not_offered():
    unsure = Measured("done", (USUAL, timed(XLA, 2.0, low=0.9), timed(MORE, 1.05)))
    assert unsure.fastest(half=True) is None


def test_half_the_size_is_offered_apart():
    found = Measured("done", (USUAL, timed(XLA, 1.3), timed(HALF, 1.9)))
    assert found.fastest(half=False).way == XLA
    assert found.fastest(half=True).way == HALF


def test_what_helps_alone_is_tried_together():
    ways = [*together([timed(XLA, 1.3), timed(MORE, 1.4), timed(HALF, 1.9)])]
    assert [way.changes for way in ways] == [
        {"compile": "yes", "steps": 16},
        {"precision": "mixed_bfloat16", "compile": "yes", "steps": 16},
    ]
    assert [*together([timed(XLA, 0.5), timed(HALF, 1.9)])] == []


def test_the_choice_is_printed_with_its_reason():
    project = digits()
    found = Measured("done", (USUAL, timed(XLA, 1.93), timed(MORE, 1.2)))
    both = timed(Way(compile="yes", steps=16), 2.1)
    training = noted(project, found, both)
    text = script(replace(project, training=training)).splitlines()
    at = text.index("        jit_compile=True,")
    told = "x as fast as Keras' own choice (2,410 weights, batch 64)."
    assert text[at - 1] == f"        # Measured: 1.9 {told}"
    at = next(n for n, line in enumerate(text) if line.startswith("STEPS_PER"))
    assert text[at - 1].startswith("# Measured: 1.2 x as fast as the usual number")
    assert "16" in text[at]
    half = noted(project, found, timed(HALF, 1.9))
    text = script(replace(project, training=half)).splitlines()
    at = text.index('    keras.config.set_dtype_policy("mixed_bfloat16")')
    assert text[at - 1].startswith("    # Measured: 1.9 x as fast as float32")


def test_a_note_goes_with_the_setting_that_it_is_about():
    found = Measured("done", (USUAL, timed(XLA, 1.9)))
    training = noted(digits(), found, found.timed[1])
    assert reason(training.measured, "compile")
    assert replace(training, compile="no").measured == {}
    assert replace(training, epochs=99).measured == training.measured
    taken = PRESETS["quick"].applied(training)
    assert (taken.compile, taken.measured) == ("yes", training.measured)
    assert "measured" not in training_settings([training])[0]


def test_a_note_is_saved_with_the_project():
    found = Measured("done", (USUAL, timed(MORE, 1.2)))
    project = digits()
    project = replace(project, training=noted(project, found, found.timed[1]))
    assert Project.from_json(project.to_json()) == project


NOTE = {"value": "yes", "ratio": 2.0, "weights": 10, "batch_size": 32}
REFUSED = {
    "another setting": {"epochs": {**NOTE, "value": 3}},
    "no note": {"compile": 2.0},
    "half a note": {"compile": {"value": "yes"}},
    "too much": {"compile": {**NOTE, "more": 1}},
    "no ratio": {"compile": {**NOTE, "ratio": "fast"}},
    "code in it": {"compile": {**NOTE, "weights": "1\nimport os"}},
    "a value that is none": {"compile": {**NOTE, "value": "perhaps"}},
}


@pytest.mark.parametrize("told", REFUSED.values(), ids=REFUSED)
def test_a_note_of_a_file_is_read_strictly(told):
    data = json.loads(digits().to_json())
    data["training"] |= {"compile": "yes", "measured": told}
    with pytest.raises(ProjectError, match=r"^(Training|compile|epochs)"):
        Project.from_json(json.dumps(data))


def test_what_makes_no_difference_is_not_asked_again():
    project = digits()
    other = replace(
        project,
        name="Other",
        training=replace(
            project.training,
            epochs=9,
            seed=7,
            learning_rate=0.5,
            schedule="cosine",
            compile="yes",
            callbacks={"early_stopping": {}},
        ),
    )
    assert question(other) == question(project)
    wider = replace(project.training, batch_size=32)
    assert question(replace(project, training=wider)) != question(project)


def test_an_answer_is_read_as_far_as_it_goes():
    assert speed.read(Answer("waiting", before=2)) == Measured("waiting", before=2)
    rows = [{"way": ["float32", "yes", 0], "figures": [1.5, 1.4, 1.6, 900.0]}]
    told = json.dumps({"timed": rows, "device": "CPU"}).encode()
    found = speed.read(Answer("done", told))
    assert found == Measured("done", (Timed(XLA, 1.5, 1.4, 1.6, 900.0),), "CPU")


@pytest.mark.keras
@pytest.mark.xdist_group("trainer")
@pytest.mark.parametrize(
    "training",
    [Training(optimizer="gd"), Training(batch_size=64, class_weights=True)],
    ids=["all at once", "weighted batches"],
)
def test_a_worker_measures_each_way_against_the_usual(workshop, training):
    project = replace(digits(), training=training)
    workshop.longest = 240.0
    found = []

    def ready() -> bool:
        found[:] = [measure(workshop.settings, "ann", project)]
        return found[0].state != "waiting"

    workshop.work_until(ready)
    assert (found[0].state, found[0].said) == ("done", None)
    usual, *others = found[0].timed
    assert usual.way == Way()
    assert {"compile": "yes"} in [one.way.changes for one in others]
    assert {"precision": "mixed_bfloat16"} in [one.way.changes for one in others]
    for one in others:
        assert 0 < one.low <= one.ratio <= one.high
        assert one.images_per_second > 0
    assert found[0].device


@pytest.mark.keras
@pytest.mark.parametrize("project", [shut(), in_two_steps(2, 4)], ids=["head", "two"])
def test_of_a_tower_on_a_base_what_takes_the_time_is_measured(project):
    from training.worker.speed import Running

    data = live.module(script(project)).load_data()
    running = Running(project, Way(), data)
    layers = [layer.name for layer in running.model.layers]
    assert ("mobilenet" in layers) == bool(project.training.frozen_epochs)
    assert running.rate(2) > 0
