"""`.keras` files and `to_json()` texts: of Keras itself, of older ones, and hostile."""

from __future__ import annotations

import io
import json
import random
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bricks.errors import ProjectError
from codegen.read import read_file, read_upload
from codegen.read.archive import MOST_CONFIG
from codegen.read.saved import base_of
from tests.codegen.read.listing import described


def layer(kind: str, **config: Any) -> dict[str, Any]:
    return {"class_name": kind, "config": config}


def sequential(*layers: dict[str, Any], **more: Any) -> dict[str, Any]:
    config = {"name": "saved", "layers": list(layers)}
    return {"class_name": "Sequential", "config": config, **more}


def archive(config: Any, name: str = "config.json", method: int = zipfile.ZIP_DEFLATED):
    raw = config if isinstance(config, bytes) else json.dumps(config).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        made.writestr("metadata.json", "{}")
        made.writestr(name, raw)
        made.writestr("assets/../../evil.txt", "never taken out")
    return file.getvalue()


def lines(raw: bytes) -> list[str]:
    return described(read_upload(raw, "mine.keras")).splitlines()


def small(**more: Any) -> dict[str, Any]:
    return sequential(
        layer("InputLayer", batch_shape=[None, 28, 28, 1], name="input"),
        layer("Flatten", name="flatten"),
        layer("Dense", units=10, activation="softmax", use_bias=True),
        **more,
    )


def test_a_model_of_keras_2_is_read():
    """`batch_input_shape` in the first layer, and a list of nodes for each input."""
    node = [[["image", 0, 0, {}]]]
    config = {
        "name": "model",
        "layers": [
            {
                "class_name": "InputLayer",
                "config": {"batch_input_shape": [None, 28, 28, 1], "name": "image"},
                "name": "image",
                "inbound_nodes": [],
            },
            {**layer("Conv2D", filters=4, kernel_size=[3, 3], strides=[1, 1],
                     padding="same", data_format="channels_last", activation="relu",
                     kernel_initializer=layer("GlorotUniform", seed=None)),
             "name": "one", "inbound_nodes": node},
            {**layer("Conv2D", filters=4, kernel_size=[1, 1], padding="valid",
                     kernel_regularizer=layer("L2", l2=0.0010000000474974513)),
             "name": "two", "inbound_nodes": node},
            {**layer("Add"), "name": "add",
             "inbound_nodes": [[["one", 0, 0, {}], ["two", 0, 0, {}]]]},
            {**layer("Flatten"), "name": "flat",
             "inbound_nodes": [[["add", 0, 0, {}]]]},
        ],
        "input_layers": [["image", 0, 0]],
        "output_layers": [["flat", 0, 0]],
    }  # fmt: skip
    text = json.dumps({"class_name": "Functional", "config": config})
    assert lines(text.encode())[1:7] == [
        "Residual",
        "|",
        "  Conv2D filters=4 kernel_size=3 activation=relu padding=same",
        "|",
        "  Conv2D filters=4 kernel_size=1 kernel_regularizer=('l2',0.001)",
        "Flatten",
    ]


def test_what_has_no_brick_is_named_and_the_rest_kept():
    config = small()
    config["config"]["layers"] += [
        layer("Lambda", function=["4wEAAAA=", None, None]),
        layer("TFSMLayer", filepath="/etc/passwd"),
        layer("Dense", units=400_000_000),
    ]
    found = lines(json.dumps(config).encode())
    assert found[1:4] == [
        "Flatten",
        "Dense units=10 activation=softmax",
        "Dense units=400000000",
    ]
    assert any("Lambda layer is code" in line for line in found)
    assert any("no brick for TFSMLayer" in line for line in found)


def test_the_optimizer_comes_along():
    optimizer = layer("RMSprop", learning_rate=0.0005000000237487257)
    found = lines(archive(small(compile_config={"optimizer": optimizer})))
    assert "training optimizer=rmsprop learning_rate=0.0005" in found


def nested(deep: int) -> bytes:
    inside = layer("Dense", units=1)
    for _ in range(deep):
        inside = layer("TimeDistributed", layer=inside)
    return json.dumps(sequential(inside)).encode()


REFUSED = {
    "HDF5": b"\x89HDF\r\n\x1a\n",
    "a pickle": b"\x80\x04\x95",
    "a tar": b"\x1f\x8b\x08",
    "a zip without a model": archive({}, "model.txt"),
    "a zip cut short": archive({})[:40],
    "a zip of a kind that can't be bounded": archive(small(), method=zipfile.ZIP_LZMA),
    "too large a configuration": archive(b" " * (MOST_CONFIG + 1)),
    "no JSON": archive(b"{not json"),
    "deep JSON": b'{"a":' * 5_000,
    "deep layers": nested(40),
    "a list": archive([1, 2]),
    "a class of its own": archive({"class_name": "MyNet", "config": {}}),
    "models in models": json.dumps(
        {"class_name": "Sequential", "config": {"layers": []}}
    ).encode(),
    "too many layers": json.dumps(
        sequential(*[layer("Flatten")] * 3_000)
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_one_sentence(raw):
    with pytest.raises(ProjectError) as refused:
        read_upload(raw, "model.keras")
    assert str(refused.value).endswith(".")


def test_a_size_that_lies_is_no_way_in():
    raw = archive(b" " * (MOST_CONFIG + 1))
    size = (MOST_CONFIG + 1).to_bytes(4, "little")
    with pytest.raises(ProjectError):
        read_upload(raw.replace(size, (100).to_bytes(4, "little")), "model.keras")


def test_nothing_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "model.keras"
    file.write_bytes(archive(small()))
    assert len(read_file(file).project.tower.bricks) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["model.keras"]


ODD = [None, 0, -1, 10**30, 1e308, "{x}", [], {}, [[]], True, {"class_name": 5}]


def torn(value: Any, chance: random.Random) -> Any:
    """The value with some of its parts lost or replaced."""
    if chance.random() < 0.06:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {k: torn(v, chance) for k, v in value.items() if chance.random() > 0.02}
    if isinstance(value, list):
        return [torn(item, chance) for item in value if chance.random() > 0.02]
    return value


@given(st.integers(0, 10**6))
def test_a_torn_configuration_gives_a_reading_or_a_sentence(seed):
    whole = small(compile_config={"optimizer": layer("Adam", learning_rate=0.1)})
    try:
        said = read_upload(json.dumps(torn(whole, random.Random(seed))).encode())
    except ProjectError as refused:
        said = refused
    assert isinstance(said, ProjectError) or said.project.tower.bricks


@pytest.mark.keras
def test_what_keras_saves_comes_back(tmp_path):
    import keras
    from keras import layers

    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(8, 3, activation="relu", kernel_regularizer="l2")(inputs)
    y = layers.Conv2D(8, 3, padding="same", kernel_initializer="he_normal")(x)
    x = layers.Add()([layers.BatchNormalization()(y), x])
    one = layers.MaxPooling2D(2)(x)
    two = layers.AveragePooling2D(2)(x)
    x = layers.Concatenate()([one, two, layers.Conv2D(4, 2, 2)(x)])
    x = layers.GlobalAveragePooling2D()(layers.LeakyReLU(negative_slope=0.2)(x))
    x = layers.Dense(10, activation="softmax", name="answer")(x)
    model = keras.Model(inputs, x, name="made_here")
    model.compile(keras.optimizers.SGD(0.05), "sparse_categorical_crossentropy")
    model.save(tmp_path / "model.keras")
    reading = read_file(tmp_path / "model.keras")
    found = described(reading).splitlines()
    assert found == described(read_upload(model.to_json().encode())).splitlines()
    assert "training optimizer=sgd learning_rate=0.05" in found
    kinds = [b.kind for b in reading.project.tower.bricks]
    merged = ["Conv2D", "Residual", "Parallel"]
    assert kinds == [*merged, "Activation", "GlobalAveragePooling2D", "Dense"]
    assert [n for n in reading.notes if "data" not in n.said.template] == []


@pytest.mark.keras
def test_a_sequential_of_keras_comes_back_as_it_was_printed(tmp_path):
    from bricks.project import Project
    from bricks.recipes import recipe
    from codegen import live

    known = recipe("mnist-deep-cnn")
    live.model(known).save(tmp_path / "model.keras")
    read: Project = read_file(tmp_path / "model.keras").project
    assert [(b.kind, dict(b.settings)) for b in read.tower.bricks] == [
        (b.kind, dict(b.settings)) for b in known.tower.bricks
    ]


def bricks_of(model: Any, path: Any) -> list[Any]:
    model.save(path / "model.keras")
    found = read_file(path / "model.keras").project.tower.bricks
    return [(b.kind, dict(b.settings)) for b in found]


@pytest.mark.keras
def test_a_base_in_a_saved_model_is_a_brick_with_its_padlock(tmp_path):
    """As one layer, with arithmetic around it as our scripts have, and laid out."""
    import keras
    from keras import layers

    mobilenet = keras.applications.mobilenet
    base = mobilenet.MobileNet((64, 64, 3), alpha=0.25, include_top=False, weights=None)
    settings = {"include_top": False, "alpha": 0.25, "frozen": False}
    inputs, top = keras.Input((64, 64, 3)), layers.Dense(2, activation="softmax")
    x = layers.GlobalAveragePooling2D()(base(mobilenet.preprocess_input(inputs)))
    pooled = ("GlobalAveragePooling2D", {})
    answer = ("Dense", {"units": 2, "activation": "softmax"})
    expected = [("MobileNet", settings), pooled, answer]
    assert bricks_of(keras.Model(inputs, top(x)), tmp_path) == expected
    x = mobilenet.preprocess_input(inputs * 255.0)
    around = keras.Model(inputs, base(x, training=False), name="eyes")
    for layer in base.layers[:20]:
        layer.trainable = False
    steps = [inputs, around, layers.GlobalAveragePooling2D(), top]
    expected[0] = ("MobileNet", settings | {"frozen": 20})
    assert bricks_of(keras.Sequential(steps), tmp_path) == expected
    base.trainable = False
    laid_out = keras.Model(base.input, layers.Flatten()(base.output))
    shut = ("MobileNet", {"include_top": False, "alpha": 0.25})
    assert bricks_of(laid_out, tmp_path) == [shut, ("Flatten", {})]


@pytest.mark.keras
def test_bases_with_the_same_layers_are_told_apart_by_their_widths(tmp_path):
    import keras

    for kind in ("EfficientNetB1", "EfficientNetB2"):
        model = getattr(keras.applications, kind)(
            include_top=False, weights=None, input_shape=(64, 64, 3)
        )
        found = [(kind, {"weights": None, "include_top": False, "frozen": False})]
        assert bricks_of(model, tmp_path) == found


def test_layers_that_only_begin_like_a_base_are_bricks_of_their_own():
    names = ["input_layer", "block1_conv1", "block1_conv2", "block1_pool"]
    rows = [layer("Conv2D", filters=64, kernel_size=[3, 3], name=n) for n in names]
    rows += [layer("Flatten", name=f"f{n}") for n in range(20)]
    assert base_of({"layers": rows}) is None
