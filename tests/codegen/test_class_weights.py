"""Class weights: one switch, printed, run by Keras, read back."""

from __future__ import annotations

import numpy as np
import pytest

from bricks.project import Project
from bricks.recipes import recipe
from bricks.tower import GROUND, Placed, Tower
from bricks.training import Training
from codegen import live
from codegen.read import read_code
from codegen.source import script

WEIGHTED = Training(epochs=1, class_weights=True)
DENSE = Placed("Dense", {"units": 1})


def of(kind: str, **settings: object) -> Project:
    tower = Tower(Placed(kind, settings, id=GROUND), (Placed("Flatten"), DENSE))
    return Project("own", tower, WEIGHTED)


WITH = [of("MNIST"), of("IMDB"), of("Images"), of("Table")]
WITHOUT = [
    of("MNIST", label="Picture"),
    of("Images", label="Value"),
    of("Table", label="Value"),
    Project("own", of("MNIST").tower),
]


@pytest.mark.parametrize("project", WITH, ids=lambda p: p.tower.data.kind)
def test_classes_are_weighted_where_there_are_classes(project):
    text = script(project)
    assert text.count("class_weights(y)") == 2
    assert text.count("import numpy as np") == 1
    assert read_code(text).project.training == WEIGHTED


@pytest.mark.parametrize("project", WITHOUT)
def test_nothing_is_weighted_where_there_are_none(project):
    assert "class_weight" not in script(project)


def test_a_project_without_the_switch_is_as_before():
    old = recipe("digits-cnn").to_json().replace(', "class_weights": false', "")
    assert "class_weights" not in old
    assert Project.from_json(old).training.class_weights is False


@pytest.mark.keras
def test_rare_classes_count_more():
    digits = recipe("digits-cnn")
    made = live.module(script(Project("own", digits.tower, WEIGHTED)))
    weights = made.class_weights(np.array([0] * 6 + [1] * 2, "uint8"))
    assert weights == pytest.approx({0: 8 / 12, 1: 2.0})
    assert made.class_weights(np.array([2, 2, 0])) == pytest.approx({0: 1.0, 2: 0.5})
    data = made.load_data()
    history = made.train(made.build_model(), data).history
    assert len(history["loss"]) == 1
