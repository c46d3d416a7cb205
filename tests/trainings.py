"""Trainings that tests share: any, by Hypothesis, and what each is printed for."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bricks.project import Project
from bricks.tower import GROUND, Placed, Tower
from bricks.training import FURTHER, SETTINGS, Training, callbacks, optimizers
from bricks.training import schedules as plans
from bricks.training.part import Part
from tests.towers import value_of

DENSE = Placed("Dense", {"units": 10, "activation": "softmax"}, id="top")
GROUNDS = {
    "Category": Placed("MNIST", id=GROUND),
    "YesNo": Placed("IMDB", id=GROUND),
    "Value": Placed("Table", {"label": "Value"}, id=GROUND),
    "Picture": Placed("MNIST", {"label": "Picture"}, id=GROUND),
    "fed batch by batch": Placed("Images", id=GROUND),
}


def project(training: Training, ground: Placed = GROUNDS["Category"]) -> Project:
    """The training with a small tower on this data."""
    return Project(
        "own", Tower(ground, (Placed("Flatten", id="flat"), DENSE)), training
    )


def settings_of(part: Part | None) -> st.SearchStrategy[dict[str, Any]]:
    """Settings of a part within their limits."""
    params = part.params if part else ()
    values = {p.name: value_of(p, 2_000) for p in params}
    return st.fixed_dictionaries({}, optional=values)


@st.composite
def _training(draw: st.DrawFn) -> Training:
    plain = {p.name: draw(value_of(p, 10_000)) for p in (*SETTINGS, *FURTHER)}
    kinds = draw(st.lists(st.sampled_from([*callbacks()]), unique=True))
    return Training(
        **plain,
        optimizer_settings=draw(settings_of(optimizers()[plain["optimizer"]])),
        schedule_settings=draw(settings_of(plans().get(plain["schedule"]))),
        callbacks={kind: draw(settings_of(callbacks()[kind])) for kind in kinds},
    )


trainings = _training()
grounds = st.sampled_from([*GROUNDS.values()])
trained = st.builds(project, trainings, grounds)
