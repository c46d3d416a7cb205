"""What a format lacks is said by what it has, and the answers stay the model's own."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.keras

MAP, SEQUENCE = (9, 8, 4), (8, 6)


def layers_of(name):
    """Layers that a format lacks something for, and the shape that they get."""
    from keras import layers

    found = {
        "gelu": (MAP, layers.Conv2D(4, 3, activation="gelu")),
        "gelu alone": (MAP, layers.Activation("gelu")),
        "gelu in a cell": (SEQUENCE, layers.LSTM(5, activation="gelu")),
        "groups": (MAP, layers.Conv2D(8, 3, strides=2, groups=2, activation="relu")),
        "groups of a row": (SEQUENCE, layers.Conv1D(4, 3, groups=2)),
        "causal groups": (
            SEQUENCE,
            layers.Conv1D(4, 3, groups=2, dilation_rate=2, padding="causal"),
        ),
        "a kernel less than its strides": (
            MAP,
            layers.Conv2DTranspose(3, (1, 2), strides=3, padding="same"),
        ),
        "constants": (MAP, layers.Normalization(mean=0.5, variance=0.25)),
        "flips": (MAP, layers.RandomFlip()),
        "rotations": (MAP, layers.RandomRotation(0.2)),
        "crops": (MAP, layers.RandomCrop(6, 6), layers.Resizing(6, 6)),
        "upsampling": (
            MAP,
            layers.Conv2D(4, 3, padding="same"),
            layers.UpSampling2D(2),
            layers.Conv2D(4, 3, padding="same"),
        ),
        "LSTM": (SEQUENCE, layers.LSTM(5)),
        "GRU": (SEQUENCE, layers.GRU(5, return_sequences=True)),
        "SimpleRNN": (SEQUENCE, layers.SimpleRNN(5)),
        "Bidirectional": (SEQUENCE, layers.Bidirectional(layers.LSTM(5))),
        "TimeDistributed": (
            SEQUENCE,
            layers.TimeDistributed(layers.Dense(3, activation="gelu")),
        ),
    }
    return found[name]


NAMES = ["gelu", "gelu alone", "gelu in a cell", "groups", "groups of a row"]
NAMES += ["causal groups", "a kernel less than its strides", "constants", "flips"]
NAMES += ["rotations", "crops", "LSTM", "GRU", "SimpleRNN", "Bidirectional"]
NAMES += ["TimeDistributed", "upsampling"]


def proof_of(model, kind, path):
    """The notes, and the proof, of a model of classes."""
    from training.worker.exports import formats, proving

    random = np.random.default_rng(0)
    x = random.normal(0, 1, (20, *model.inputs[0].shape[1:])).astype("float32")
    want = np.asarray(model(x, training=False))
    half = model.layers[0].compute_dtype != "float32"
    notes = formats.make(kind, model, path)
    return notes, proving.proved(kind, path, x, want, half=half, classes=True)


def answering(shape, *inside):
    """A model of these layers that ends with three classes."""
    import keras
    from keras import layers

    end = (layers.Flatten(), layers.Dense(3, activation="softmax"))
    return keras.Sequential([keras.Input(shape), *inside, *end])


@pytest.mark.parametrize("kind", ["onnx", "litert"])
@pytest.mark.parametrize("name", NAMES)
def test_a_layer_that_a_format_lacks_is_rewritten(name, kind, tmp_path):
    import keras

    keras.utils.set_random_seed(1)
    shape, *inside = layers_of(name)
    path = tmp_path / {"onnx": "model.onnx", "litert": "model.tflite"}[kind]
    _, proof = proof_of(answering(shape, *inside), kind, path)
    assert proof.difference < 1e-5
    assert proof.agreement == 1.0


@pytest.mark.parametrize("kind", ["onnx", "savedmodel"])
def test_augmentation_is_off_and_so_is_what_stands_on_it(kind, tmp_path):
    """Keras' own export had BatchNormalization act as in training, above it."""
    from keras import layers

    inside = answering(MAP, layers.RandomRotation(0.2), layers.BatchNormalization())
    model = answering(MAP, inside)
    path = tmp_path / ("model.onnx" if kind == "onnx" else "model.zip")
    notes, proof = proof_of(model, kind, path)
    assert ["training only" in str(note) for note in notes] == [True]
    assert proof.difference < 1e-5


def test_numbers_of_half_the_size_become_whole_and_that_is_told(tmp_path):
    import keras
    from keras import layers

    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = answering(MAP, layers.Conv2D(8, 3), layers.BatchNormalization())
    finally:
        keras.config.set_dtype_policy("float32")
    notes, proof = proof_of(model, "onnx", tmp_path / "model.onnx")
    assert "bfloat16" in str(notes[0])
    assert proof.difference < 0.05


@pytest.mark.parametrize("kind", ["onnx", "litert"])
def test_what_can_not_be_rewritten_is_refused_by_name(kind, tmp_path):
    from keras import layers

    from training.worker.exports.refusal import Refused

    model = answering(MAP, layers.Resizing(5, 5, interpolation="lanczos3"))
    path = tmp_path / {"onnx": "model.onnx", "litert": "model.tflite"}[kind]
    with pytest.raises(Refused, match="ScaleAndTranslate, which the brick Resizing"):
        proof_of(model, kind, path)


def test_a_file_that_would_need_tensorflow_itself_is_refused(tmp_path):
    from keras import layers

    from training.worker.exports.refusal import Refused

    model = answering(MAP, layers.UpSampling2D(2, interpolation="bicubic"))
    with pytest.raises(Refused, match="no operation ResizeBicubic"):
        proof_of(model, "litert", tmp_path / "model.tflite")


def on_base(module, base):
    """Three classes on a base that is printed with its own preparation of points."""
    import keras

    prepare = getattr(keras.applications, module).preprocess_input
    inputs = keras.Input(base.input_shape[1:])
    x = prepare(inputs * 255.0)
    inside = keras.Model(inputs, base(x, training=False), name="inside")
    return answering(base.input_shape[1:], inside)


@pytest.mark.parametrize("kind", ["onnx", "litert"])
@pytest.mark.parametrize("module", ["vgg16", "densenet"])
def test_the_means_that_a_base_prepares_its_points_with_go_along(
    module, kind, tmp_path
):
    """Caffe's way and torch's: tensors in the graph that are no weights."""
    import keras

    keras.utils.set_random_seed(1)
    inputs = keras.Input((9, 8, 3))
    made = keras.layers.Conv2D(4, 3, activation="relu")(inputs)
    model = on_base(module, keras.Model(inputs, made, name="base"))
    path = tmp_path / {"onnx": "model.onnx", "litert": "model.tflite"}[kind]
    _, proof = proof_of(model, kind, path)
    assert proof.difference < 1e-4  # of points up to 255


@pytest.mark.parametrize("kind", ["onnx", "savedmodel"])
def test_a_whole_base_leaves_with_the_model(kind, tmp_path):
    import keras

    keras.utils.set_random_seed(1)
    base = keras.applications.MobileNet(
        input_shape=(32, 32, 3), alpha=0.25, include_top=False, weights=None
    )
    path = tmp_path / {"onnx": "model.onnx", "savedmodel": "model.zip"}[kind]
    _, proof = proof_of(on_base("mobilenet", base), kind, path)
    assert proof.difference < 1e-5
    assert path.stat().st_size > 3 * base.count_params()  # ONNX melts scales in
