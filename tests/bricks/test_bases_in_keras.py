"""Keras is the oracle: shapes, weights, names and files of every pretrained base."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest

from bricks.bases.network import network
from bricks.brick import Base, Shape, WeightsFile
from bricks.catalog import catalog
from bricks.catalog.bases import BRICKS as BASES
from bricks.health import health
from bricks.project import Project
from bricks.tower import Placed
from bricks.training import Training
from bricks.walk import FLOAT, Stage, step, walk
from tests.oracle import count
from tests.towers import tower

pytestmark = pytest.mark.keras


def widths(brick: Base) -> list[dict[str, Any]]:
    """The settings of each width, one of no width for a base that has but one."""
    alpha = brick.by_name.get("alpha")
    return [{"alpha": width} for width in alpha.choices] if alpha else [{}]


ROWS = [
    pytest.param(b, w, id=f"{b.kind}{w.get('alpha', '')}")
    for b in BASES
    for w in widths(b)
]
ENDS: list[dict[str, Any]] = [
    {"include_top": False},
    {"include_top": False, "pooling": "avg"},
    {"include_top": False, "pooling": "max"},
    {"include_top": True},
]


class Asked(Exception):
    """Keras has come to the download: nothing was wrong for it until then."""


def built(kind: str, shape: Shape, **settings: Any) -> Any:
    """The real network, without a number in its weights; it may not download."""
    import keras
    from keras.src.utils import file_utils

    keras.utils.clear_session()
    with (
        patch.object(file_utils, "get_file", side_effect=Asked),
        keras.StatelessScope(initialize_variables=False),
    ):
        made = getattr(keras.applications, kind)
        return made(input_shape=shape, **settings)


def ours(brick: Base, shape: Shape, **settings: Any) -> Stage:
    return step(Placed(brick.kind, settings), shape)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("brick", "width"), ROWS)
def test_shapes_weights_and_names_are_those_of_keras(brick, width):
    least = smallest(brick)
    shapes = [
        (least, least + 101, 3),
        (133, 96, 3),
        (least + 1, least + 46, 3),
        (161, 110, 3),
    ]
    for end, shape in zip(ENDS, shapes, strict=True):
        given = {"weights": None, **width, **end}
        model, stage = built(brick.kind, shape, **given), ours(brick, shape, **given)
        assert stage.problem is None
        assert stage.gives == tuple(model.output_shape[1:]), (end, shape)
        assert stage.weights == stage.fixed == model.count_params(), (end, shape)
        names = brick.names(brick.full(given))
        assert names == tuple(layer.name for layer in model.layers), (end, shape)


def smallest(brick: Base) -> int:
    return {"InceptionV3": 75, "Xception": 71}.get(brick.kind, 32)


@cache
def plain(kind: str, **width: Any) -> Any:
    """One real network of a kind, to look at in several tests."""
    return built(kind, (96, 96, 3), weights=None, include_top=False, **width)


@pytest.mark.parametrize(("brick", "width"), ROWS)
def test_what_a_padlock_leaves_to_train_is_what_keras_trains(brick, width):
    model = built(brick.kind, (96, 96, 3), weights=None, include_top=False, **width)
    given = {"weights": None, "include_top": False, **width}
    count_of = len(model.layers)
    for frozen in (False, 2, count_of // 3, count_of - 5, count_of, True):
        padlocked(model, frozen)
        stage = ours(brick, (96, 96, 3), **given, frozen=frozen)
        assert stage.fixed == count(model.non_trainable_weights), frozen
        assert stage.weights - stage.fixed == count(model.trainable_weights), frozen


def padlocked(model: Any, frozen: bool | int) -> None:
    """Set a model's padlock as the printed script does."""
    model.trainable = frozen is not True
    if not isinstance(frozen, bool):
        for layer in model.layers[:frozen]:
            layer.trainable = False
    for layer in model.layers:
        if normalizes(layer):
            layer.trainable = False


def normalizes(layer: Any) -> bool:
    """Whether a layer has means that only BatchNormalization would learn."""
    return type(layer).__name__ == "BatchNormalization"


@pytest.mark.parametrize("brick", BASES, ids=lambda brick: brick.kind)
def test_the_smallest_picture_is_that_of_keras(brick):
    least = smallest(brick)
    for shape in ((least - 1, least, 3), (least, least - 1, 3)):
        with pytest.raises(ValueError, match=f"at least {least}x{least}"):
            built(brick.kind, shape, weights=None, include_top=False)
        stage = ours(brick, shape, weights=None, include_top=False)
        assert f"at least {least}×{least}" in str(stage.problem)


def asks(brick: Base, shape: Shape, **settings: Any) -> WeightsFile | None:
    """The file that Keras would download; None where it refuses."""
    from keras.src.utils import file_utils

    real: Any = getattr(__import__("keras").applications, brick.kind)
    with patch.object(file_utils, "get_file", side_effect=Asked) as asked:
        try:
            with __import__("keras").StatelessScope(initialize_variables=False):
                real(input_shape=shape, **settings)
        except Asked:
            (name, url), more = asked.call_args.args, asked.call_args.kwargs
            return WeightsFile(name, url, more.get("file_hash"))
        except ValueError:
            return None
    raise AssertionError("Keras asked for no weights")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("brick", "width"), ROWS)
def test_the_files_are_those_that_keras_downloads(brick, width):
    for top in (False, True):
        shape = (default(brick), default(brick), 3)
        given = {"include_top": top, **width}
        file = brick.file(brick.full(given), shape)
        assert file == asks(brick, shape, **given)


def default(brick: Base) -> int:
    large = {"InceptionV3": 299, "Xception": 299, "EfficientNetB1": 240}
    large |= {"EfficientNetB2": 260, "EfficientNetB3": 300}
    return large.get(brick.kind, 224)


SIZES = [(96, 96, 3), (128, 128, 3), (224, 224, 3), (224, 192, 3), (160, 160, 3)]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["MobileNet", "MobileNetV2"])
def test_a_mobilenet_has_a_file_for_each_of_a_few_sizes(kind):
    brick = catalog()[kind]
    for shape in SIZES:
        file = brick.file(brick.full({"include_top": False, "alpha": 0.5}), shape)
        assert file == asks(brick, shape, include_top=False, alpha=0.5), shape


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("brick", BASES, ids=lambda brick: brick.kind)
def test_a_top_takes_the_sizes_that_keras_takes(brick):
    for shape in ((128, 128, 3), (default(brick),) * 2 + (3,), (224, 192, 3)):
        refused = asks(brick, shape) is None
        assert refused == (ours(brick, shape).problem is not None), shape


@pytest.mark.parametrize("shape", [(96, 96, 1), (96, 96, 4)])
def test_imagenets_weights_need_three_channels(shape):
    for brick in (catalog()["MobileNet"], catalog()["ResNet50"]):
        assert asks(brick, shape, include_top=False) is None
        assert ours(brick, shape, include_top=False).problem.strict is None
        assert ours(brick, shape, include_top=False, weights=None).problem.strict


def test_a_layer_more_comes_with_imagenets_weights():
    """EfficientNet divides once more by the root of the spread, as it was trained."""
    brick = catalog()["EfficientNetB0"]
    names = [brick.names(brick.full({"weights": w})) for w in ("imagenet", None)]
    assert set(names[0]) - set(names[1]) == {"rescaling_1"}
    assert names[0].index("rescaling_1") == 3


def test_training_keeps_of_an_open_base_what_its_layers_give():
    model = plain("MobileNet", alpha=0.25)
    given = {"weights": None, "include_top": False, "alpha": 0.25}
    maps = [FLOAT * count([layer.output[0]]) for layer in model.layers]
    brick = catalog()["MobileNet"]
    for frozen in (1 < 0, 40):
        stage = ours(brick, (96, 96, 3), **given, frozen=frozen)
        above = range(frozen or 0, 99)
        learning = (n for n in above if not normalizes(model.layers[n]))
        first = next(n for n in learning if model.layers[n].weights)
        assert stage.memory == sum(maps[first:])
    shut = ours(brick, (96, 96, 3), **given)
    assert shut.memory == maps[-1]
    pairs = [a + b for a, b in pairwise(maps)]
    assert shut.within >= max(pairs)


def test_a_gradient_goes_back_as_far_as_the_lowest_layer_that_learns():
    brick = catalog()["VGG16"]
    given = {"include_top": False}
    stages = [ours(brick, (64, 64, 3), **given, frozen=n) for n in (False, 15, True)]
    open_, partly, shut = [stage.trained_madds for stage in stages]
    assert open_ == stages[0].madds
    names = network("VGG16", brick.full(given)).names
    assert names[15] == "block5_conv1"
    assert partly == 3 * 4 * 4 * (9 * 512 * 512)
    assert shut == 0


def test_grey_is_repeated_exactly_and_a_saved_model_still_does_it(tmp_path):
    import keras
    import numpy as np

    from codegen import live
    from codegen.read import read_code
    from codegen.source import script

    project = Project("grey", tower(("RepeatChannels", {})))
    model = live.model(project)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    x = np.random.default_rng(0).random((2, 28, 28, 1), "float32")
    for made in (model, again):
        assert np.array_equal(made.predict(x, verbose=0), np.repeat(x, 3, axis=-1))
    (brick,) = read_code(script(project)).project.tower.bricks
    assert (brick.kind, brick.settings) == ("RepeatChannels", {})


@pytest.mark.parametrize("frozen", [True, 60, False])
def test_the_printed_model_trains_what_the_walk_says(frozen):
    from codegen import live

    given = {"include_top": False, "weights": None, "alpha": 0.25, "frozen": frozen}
    answer = ("Dense", {"units": 10, "activation": "softmax"})
    made = tower(("MobileNet", given | {"pooling": "max"}), answer, data="CIFAR10")
    model, figures = live.model(Project("x", made)), health(walk(made), Training())
    assert figures.trained == count(model.trainable_weights)
    assert figures.fixed == count(model.non_trainable_weights)
