"""Recipes on pretrained bases: numbers are Keras' own, and their scripts train.

They stand on small pictures here, and their bases on random weights.
"""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest

from bricks.edit import with_changes
from bricks.project import Project
from bricks.recipes import recipe, recipe_names
from bricks.sealed import written
from bricks.tower import Placed
from bricks.training import Training
from bricks.walk import every, walk
from codegen import live
from codegen.bases import is_base
from codegen.notebook import notebook
from codegen.source import script
from tests.training.standing import on_base
from training.imagenet import asks

NAMES = [
    name
    for name in recipe_names()
    if any(map(is_base, recipe(name).tower)) and not asks(recipe(name).tower.data)
]


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_on_a_base_has_no_problem(name):
    assert not [s for s in every(walk(recipe(name).tower)) if s.problem]


def test_there_are_recipes_on_bases():
    assert set(NAMES) == {
        *("book-vgg16-features", "book-vgg16-augmented", "book-vgg16-fine-tuned"),
        *("lecture-vgg16-cats-dogs", "school-inception", "mobilenetv2-small"),
    }


def small(name: str) -> Project:
    """The recipe on small pictures and random weights, for one epoch of each step."""
    project = recipe(name)
    tower = project.tower
    for placed in list(tower):
        if is_base(placed):
            known = {**placed.settings, "weights": None}
            tower = with_changes(tower, placed.id, settings=known)
    data = replace(tower.data, settings={**tower.data.settings, "image_size": 80})
    frozen = min(1, project.training.frozen_epochs)
    training = replace(project.training, epochs=1 + frozen, frozen_epochs=frozen)
    return replace(project, tower=replace(tower, data=data), training=training)


@pytest.mark.keras
@pytest.mark.parametrize("name", NAMES)
def test_its_script_trains_what_the_strip_says(name, tmp_path, monkeypatch):
    """As many weights learn as we say, and only those change in a training."""
    import keras

    monkeypatch.setenv("BRICKYARD_FEATURES", str(tmp_path))
    project = small(name)
    stages = walk(project.tower)
    found = live.module(script(project))
    found.told = lambda done, of: None
    model = found.build_model()
    weights = sum(stage.weights for stage in stages)
    learning = sum(w.numpy().size for w in model.trainable_weights)
    assert model.count_params() == weights
    assert learning == weights - sum(stage.fixed for stage in stages)
    x = np.random.default_rng(1).integers(0, 256, (4, 80, 80, 3), np.uint8)
    y = np.array([0, 1, 1, 0])
    shut = [w for w in model.non_trainable_weights if "seed" not in w.path]
    open_ = model.trainable_weights
    before = [[w.numpy() for w in each] for each in (shut, open_)]
    history = found.train(model, [(x, y)] * 3)
    assert len(history.epoch) == project.training.epochs
    stayed, learnt = (
        [(w.numpy() == was).all() for w, was in zip(each, known, strict=True)]
        for each, known in zip((shut, open_), before, strict=True)
    )
    assert all(stayed)
    assert not all(learnt)
    keras.backend.clear_session()
    gc.collect()


CHANCE = (
    Placed("Conv2D", {"filters": 8, "kernel_size": 3}),
    Placed("BatchNormalization"),
    Placed("Dropout", {"rate": 0.5}),
    Placed("SpatialDropout2D", {"rate": 0.5}),
    Placed("GaussianNoise", {"stddev": 0.5}),
)
OWN = {"tower": written((32, 32, 3), CHANCE)}
BY_CHANCE = {
    "Keras' own, shut": Placed("EfficientNetB0", {"include_top": False}),
    "one's own, shut": Placed("Trained", OWN),
    "one's own, open": Placed("Trained", {**OWN, "frozen": False}),
}


@pytest.mark.keras
@pytest.mark.parametrize("stands_on", BY_CHANCE.values(), ids=BY_CHANCE)
def test_a_base_answers_in_a_training_as_it_does_in_use(stands_on):
    """Else a head would learn otherwise on features than on the base itself."""
    known = {**stands_on.settings, "weights": None}
    project = on_base(Training(), stands_on=replace(stands_on, settings=known))
    base = live.module(script(project)).build_model().layers[0]
    x = np.random.default_rng(2).random((4, 32, 32, 3), np.float32)
    used, trained = (np.asarray(base(x, training=told)) for told in (False, True))
    assert used.std() > 0
    np.testing.assert_allclose(trained, used, rtol=1e-4, atol=1e-4 * used.std())


SAID = {
    "book-vgg16-features": ("padlock is shut", "worked out once"),
    "book-vgg16-augmented": ("padlock is shut", "runs in every epoch"),
    "book-vgg16-fine-tuned": ("from the layer `block5_conv1` on", "in two steps"),
    "school-inception": ("the first 213 of its 311 layers",),
}


@pytest.mark.parametrize(("name", "said"), SAID.items(), ids=SAID)
def test_a_notebook_explains_the_base(name, said):
    text = notebook(recipe(name))
    assert "pretrained base" in text
    assert all(words in text for words in said)
