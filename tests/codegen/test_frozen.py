"""What of a tower can be worked out once, and what is told of it."""

from __future__ import annotations

import json

import pytest

from bricks.catalog import catalog
from bricks.tower import GROUND, Placed
from bricks.training import Training
from bricks.walk import walk
from codegen import frozen
from codegen.notebook import notebook
from codegen.source import script
from tests.codegen.test_source import ruff
from tests.training.standing import HEAD, base, in_two_steps, on_base, shut

FLIP = Placed("RandomFlip", {"mode": "horizontal"})
DENSE = Placed("Dense", {"units": 3, "activation": "softmax"})
POOL = Placed("GlobalAveragePooling2D")
NORMAL = Placed("BatchNormalization")
MOBILENET = catalog()["MobileNet"]
COUNT = len(MOBILENET.names(MOBILENET.full(base().settings)))
AT_FIRST = Training(frozen_epochs=2)

FLOORS = {
    "through the pooling on a shut base": (shut(), 2),
    "what changes nothing by chance may stand below": (
        on_base(Training(), Placed("Rescaling", {"scale": 2.0})),
        3,
    ),
    "a new size is the same every time": (
        on_base(Training(), Placed("Resizing", {"height": 64, "width": 64})),
        3,
    ),
    "the base alone, below a Dropout": (
        on_base(Training(), head=(HEAD[1], POOL, DENSE)),
        1,
    ),
    "for the first epochs an open base counts as shut": (
        on_base(AT_FIRST, stands_on=base(frozen=False)),
        2,
    ),
    "all layers frozen by number are a shut base": (
        on_base(Training(), stands_on=base(frozen=COUNT)),
        2,
    ),
    "augmentation below": (on_base(Training(), FLIP), 0),
    "a brick that learns below": (
        on_base(Training(), Placed("Conv2D", {"filters": 3, "kernel_size": 1})),
        0,
    ),
    "BatchNormalization keeps a mean, trained or not": (
        on_base(
            Training(), Placed("BatchNormalization", {"center": False, "scale": False})
        ),
        0,
    ),
    "an open padlock": (on_base(Training(), stands_on=base(frozen=False)), 0),
    "a half open padlock": (on_base(Training(), stands_on=base(frozen=80)), 0),
    "nothing learns on it": (on_base(Training(), head=(POOL,)), 0),
    "a Block prints in another style": (
        on_base(Training(), head=(POOL, Placed("Block", inner=((DENSE,),)))),
        0,
    ),
    "no base": (on_base(Training(), stands_on=NORMAL), 0),
}


@pytest.mark.parametrize(("project", "floor"), FLOORS.values(), ids=FLOORS)
def test_the_floor_is_the_last_brick_that_gives_the_same_in_every_epoch(project, floor):
    stages = walk(project.tower)
    assert frozen.floor(project, stages) == floor
    assert ("def extract_features" in script(project)) is bool(floor)


TOLD = {
    "worked out once": (shut(), frozen.ONCE),
    "once, at first": (in_two_steps(2, 4), frozen.ONCE_AT_FIRST),
    "augmentation": (on_base(Training(), FLIP), frozen.CHANGES),
    "a brick that learns": (on_base(Training(), NORMAL), frozen.LEARNS),
    "an open padlock": (on_base(Training(), stands_on=base(frozen=False)), frozen.OPEN),
    "branches": (
        on_base(Training(), head=(POOL, Placed("Block", inner=((DENSE,),)))),
        frozen.BRANCHES,
    ),
    "the picture itself": (
        on_base(Training(), ground=Placed("Shapes", {"label": "Picture"}, id=GROUND)),
        frozen.ITSELF,
    ),
    "nothing learns": (on_base(Training(), head=(POOL,)), frozen.NOTHING_LEARNS),
}


@pytest.mark.parametrize(("project", "said"), TOLD.values(), ids=TOLD)
def test_what_is_told_of_features(project, said):
    told = frozen.told(project, walk(project.tower))
    assert told.template == said
    assert "MobileNet" in str(told)


def test_of_a_tower_without_a_base_nothing_is_told():
    project = on_base(Training(frozen_epochs=3), stands_on=NORMAL)
    assert frozen.told(project, walk(project.tower)) is None
    assert "FROZEN_EPOCHS" not in script(project)


FORMS = {
    "on features": shut(),
    "in two steps, on features": in_two_steps(2, 4, schedule="cosine"),
    "in two steps, through the base": in_two_steps(
        2, 4, FLIP, callbacks={"early_stopping": {"patience": 3}}, class_weights=True
    ),
    "fed batch by batch": on_base(
        Training(frozen_epochs=1, precision="mixed_float16", steps=4, shuffle=False),
        ground=Placed("Images", id=GROUND),
    ),
    "a picture as the answer": on_base(
        Training(frozen_epochs=1),
        ground=Placed("Shapes", {"label": "Picture"}, id=GROUND),
    ),
}


def test_a_formatter_leaves_every_form_as_it_is(tmp_path):
    for number, project in enumerate(FORMS.values()):
        (tmp_path / f"form{number}.py").write_text(script(project), "utf-8")
    assert "5 files already formatted" in ruff(tmp_path, "format", "--check")
    assert "All checks passed" in ruff(tmp_path, "check", "--select", "F,E,W,I")


@pytest.mark.parametrize("project", FORMS.values(), ids=FORMS)
def test_in_a_notebook_training_and_testing_come_last(project):
    cells = json.loads(notebook(project))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    places = [
        next(n for n, text in enumerate(code) if begin in text)
        for begin in ("def build_model", "def train(", "history = train(")
    ]
    assert places == sorted(places)


def test_plan_and_callbacks_are_of_the_second_step():
    text = script(
        in_two_steps(2, 6, schedule="cosine", callbacks={"early_stopping": {}})
    )
    first, second = text.split("def fine_tune")
    assert "compile_model(model, make_schedule" not in first
    assert "make_callbacks(), *callbacks" not in first
    assert "compile_model(model, make_schedule(steps))" in second
    assert "callbacks=[*make_callbacks(), *callbacks]" in second
    assert "FINE_TUNING_RATE, decay_steps=(EPOCHS - FROZEN_EPOCHS) * steps" in first
