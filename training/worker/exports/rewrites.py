"""What a format lacks, said by what it has: the same function of the same weights.

A model that was loaded to be exported is changed in place. Each rewrite is exact but
for rounding; whether it came out so is proved afterwards, as for every file.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from math import sqrt
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from bricks.words import N_, Text

WHOLE = "float32"

AUGMENTATION = Text(N_("Augmentation changes pictures in training only: it is off."))
PRECISION = N_("It computes in float32; the model itself computes in {precision}.")

Rewrite = Callable[[layers.Layer], "Text | None"]


def rewritten(model: keras.Model, kind: str) -> tuple[keras.Model, tuple[Text, ...]]:
    """The model without what this format lacks; the notes say what a user can notice
    of it. The model that is given is changed."""
    said: list[Text] = []
    for layer in every(model):
        notes = (change(layer) for change in CHANGES[kind])
        said += [note for note in notes if note is not None and note not in said]
    return still(model), tuple(said)


def every(layer: Any) -> Iterator[layers.Layer]:
    """The layer and those inside of it: nested models, wrappers, recurrent cells."""
    yield layer
    inside = [*getattr(layer, "layers", ())]
    for name in ("layer", "forward_layer", "backward_layer", "cell"):
        inside += [found] if (found := getattr(layer, name, None)) is not None else []
    for one in inside:
        yield from every(one)


def still(model: keras.Model) -> keras.Model:
    """The model as it answers, said for good.

    Keras exports a model as if nobody had said whether it trains: then augmentation
    acts, and has each BatchNormalization after it act as in training, too.
    """
    (given,) = model.inputs
    examples = keras.Input(given.shape[1:], dtype=given.dtype, name="examples")
    made = keras.Model(examples, model(examples, training=False), name="exported")
    made(np.zeros((1, *given.shape[1:]), given.dtype))  # or Keras exports nothing
    return made


def augments(layer: layers.Layer) -> Text | None:
    """Nothing to change: it is only told."""
    told = inspect.signature(layer.call).parameters.get("training")
    return AUGMENTATION if told is not None and told.default is True else None


def whole(layer: layers.Layer) -> Text | None:
    """Numbers of the whole size where the model computes with those of half of it."""
    if not is_half(layer):
        return None
    precision, layer.dtype_policy = layer.compute_dtype, WHOLE
    return Text(PRECISION, {"precision": precision})


def is_half(layer: layers.Layer) -> bool:
    """Whether it computes with numbers of half the size."""
    return layer.compute_dtype in ("bfloat16", "float16")


def gelu(layer: layers.Layer) -> None:
    """ONNX as tf2onnx writes it has the error function, not its complement."""
    for name in ("activation", "recurrent_activation"):
        if vars(layer).get(name) is keras.activations.gelu:
            setattr(layer, name, _gelu)


def _gelu(x: Any) -> Any:
    """x P(X <= x), X ~ N(0, 1): Hendrycks and Gimpel, Gaussian Error Linear Units,
    2016."""
    return 0.5 * x * (1.0 + ops.erf(x / sqrt(2.0)))


def groups(layer: layers.Layer) -> None:
    """A convolution in groups is one convolution for each group, side by side."""
    if getattr(layer, "groups", 1) > 1:
        layer.call = partial(_grouped, layer)


def _grouped(layer: layers.Conv1D | layers.Conv2D, inputs: Any) -> Any:
    if layer.padding == "causal":  # what comes later is not seen
        before = layer.dilation_rate[0] * (layer.kernel_size[0] - 1)
        inputs = ops.pad(inputs, [[0, 0], [before, 0], [0, 0]])
    padding = "valid" if layer.padding == "causal" else layer.padding
    how = (list(layer.strides), padding, None, layer.dilation_rate)
    parts = ops.split(inputs, layer.groups, axis=-1)
    kernels = ops.split(layer.kernel, layer.groups, axis=-1)
    each = [ops.conv(part, one, *how) for part, one in zip(parts, kernels, strict=True)]
    return _ended(layer, ops.concatenate(each, axis=-1))


def _ended(layer: Any, outputs: Any) -> Any:
    """With the bias and the activation that the layer ends with."""
    outputs = outputs + layer.bias if layer.use_bias else outputs
    return outputs if layer.activation is None else layer.activation(outputs)


def constants(layer: layers.Layer) -> None:
    """Tensors that are no weights would become inputs of their own: arrays do not.

    A base's preparation of its points has such ones, ImageNet's means for one.
    """
    if isinstance(layer, layers.Normalization):
        layer.mean, layer.variance = map(np.asarray, (layer.mean, layer.variance))
    for step in getattr(layer, "operations", ()):
        for node in step._inbound_nodes:
            told = node.arguments
            told.args, told.kwargs = keras.tree.map_structure(
                _array, (told.args, told.kwargs)
            )


def _array(value: Any) -> Any:
    """A tensor that is told once for all as an array; all else as it is."""
    symbolic = isinstance(value, keras.KerasTensor)
    if symbolic or not keras.ops.is_tensor(value):
        return value
    return keras.ops.convert_to_numpy(value)


def sparse_transpose(layer: layers.Layer) -> None:
    """ONNX wants the kernel of a transposed convolution as large as its strides: it
    gets a rim of zeros, where the sum has nothing."""
    if not isinstance(layer, layers.Conv2DTranspose):
        return
    each = zip(layer.kernel_size, layer.strides, strict=True)
    rim = [[0, max(0, stride - size)] for size, stride in each]
    if rim != [[0, 0], [0, 0]] and layer.padding == "same":
        layer.call = partial(_spread, layer, rim)


def _spread(layer: layers.Conv2DTranspose, rim: list[list[int]], inputs: Any) -> Any:
    kernel = ops.pad(layer.kernel, [*rim, [0, 0], [0, 0]])
    return _ended(
        layer, ops.conv_transpose(inputs, kernel, list(layer.strides), "same")
    )


def unrolled(layer: layers.Layer) -> None:
    """LiteRT has no loops: each step of a sequence is written out."""
    if isinstance(layer, layers.RNN):
        layer.unroll = True


CHANGES: dict[str, tuple[Rewrite, ...]] = {
    "onnx": (augments, whole, gelu, groups, constants, sparse_transpose),
    "litert": (augments, whole, unrolled),
    "savedmodel": (augments,),
}
