"""The same layers in a graph of our own: taps at layers, and a push at one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import keras

SCORED = ("softmax", "sigmoid")


class Push(keras.Operation):
    """Adds `by`, where it is set, to what passes.

    The gradient by `by`, at zeros, is the gradient by what passes, wherever in a
    branching or nested model that is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.by: Any = None

    @contextmanager
    def of(self, by: Any) -> Iterator[None]:
        """Add this meanwhile: nothing of one question is left for the next."""
        self.by = by
        try:
            yield
        finally:
            self.by = None

    def call(self, x):
        return x if self.by is None else x + keras.ops.cast(self.by, x.dtype)

    def compute_output_spec(self, x):
        return keras.KerasTensor(x.shape, x.dtype)


@dataclass
class Rewired:
    """Symbolic tensors of a model whose layers were called once more."""

    inputs: list[Any] = field(default_factory=list)
    answers: Any = None
    outputs: dict[int, Any] = field(default_factory=dict)
    """What each wanted layer gives, by the layer's id()."""
    got: dict[int, Any] = field(default_factory=dict)
    """What each of them gets, where that is one tensor or the first of several."""
    pushes: dict[int, Push] = field(default_factory=dict)
    """For each of them, where they are to be pushed at."""

    def model(self, given: Sequence[Any]) -> keras.Model:
        """A model from the inputs to the given tensors."""
        inputs = self.inputs[0] if len(self.inputs) == 1 else self.inputs
        return keras.Model(inputs, list(given))


def rewired(
    model: keras.Model,
    layers: Iterable[keras.Layer],
    pushed: bool = False,
    scores: bool = False,
) -> Rewired:
    """Call the model's layers on new inputs; nested models are gone through, too.

    With `scores` a softmax or sigmoid that the model ends with is left out, so that the
    answers are what it gets: behind it, gradients vanish where the model is sure. A
    layer that is called more than once counts as its first call. With `pushed` what
    each of the layers gives can be pushed at. Nothing is cloned: the weights are the
    model's own.
    """
    wiring = _Wiring({id(layer) for layer in layers}, pushed)
    wiring.made.answers = keras.tree.flatten(wiring.through(model, scores))[0]
    return wiring.made


class _Wiring:
    """One rewiring: which layers are wanted, and whether they are pushed at."""

    def __init__(self, wanted: set[int], pushed: bool) -> None:
        self.wanted = wanted
        self.pushed = pushed
        self.made = Rewired()

    def through(
        self, model: keras.Model, scores: bool, given: Sequence[Any] | None = None
    ) -> Any:
        """What the model gives for the `given` tensors, None: for new inputs.

        A nested model is laid out in the graph around it: so who asks for a layer low
        in a pretrained base does not compute the rest of the base.
        """
        plain = keras.Model(model.inputs, model.outputs)  # Sequential or not, alike
        last, answers = plain.operations[-1], None
        scoring = answering(plain.operations)

        def call(layer: Any, *args: Any, **kwargs: Any) -> Any:
            nonlocal answers
            scored = scores and layer is scoring
            if self._goes_into(layer, scored):
                out = self.through(layer, scored, keras.tree.flatten(args[0]))
            else:
                out = (_score if scored else _call)(layer, *args, **kwargs)
            out = self._seen(layer, args, out)
            answers = out if layer is last else answers
            return out

        for start, tensor in zip(plain.inputs, given or (), strict=False):
            self._seen(start._keras_history.operation, (), tensor)  # it is not called
        # Banned for what users bring; here every "clone" of a layer is the layer.
        again = keras.models.clone_model(  # noqa: TID251
            plain, given, clone_function=lambda layer: layer, call_function=call
        )
        if given is None:
            self.made.inputs = again.inputs
        return answers

    def _goes_into(self, layer: Any, scored: bool) -> bool:
        """Whether a nested model holds something that is wanted."""
        if not isinstance(layer, (keras.Sequential, keras.Function)):
            return False  # a layer, or a model of whose inside nothing is known
        return scored or any(id(one) in self.wanted for one in every(layer))

    def _seen(self, layer: Any, args: Sequence[Any], out: Any) -> Any:
        """Note what a wanted layer gets and gives."""
        if id(layer) not in self.wanted or id(layer) in self.made.outputs:
            return out
        if self.pushed and isinstance(out, keras.KerasTensor):
            self.made.pushes[id(layer)] = push = Push()
            out = push(out)
        got = keras.tree.flatten(args)
        self.made.got[id(layer)] = got[0] if got else out
        self.made.outputs[id(layer)] = keras.tree.flatten(out)[0]
        return out


def answering(layers: Sequence[Any]) -> Any:
    """The layer that makes the answers, the last one but for those that only lay them
    out in another shape."""
    found = (layer for layer in reversed(layers) if not isinstance(layer, _SHAPES))
    return next(found, layers[-1])


_SHAPES = (keras.layers.Flatten, keras.layers.Reshape, keras.layers.Dropout)


def every(model: keras.Model) -> list[Any]:
    """The layers of a model and of the models in it."""
    found = []
    for layer in model.layers:
        found.append(layer)
        if isinstance(layer, keras.Model):
            found += every(layer)
    return found


def _call(layer: Any, *args: Any, **kwargs: Any) -> Any:
    return layer(*args, **kwargs)


def _score(layer: Any, x: Any, **kwargs: Any) -> Any:
    """What the last layer gives before its softmax or sigmoid."""
    name = getattr(getattr(layer, "activation", None), "__name__", "")
    if isinstance(layer, keras.layers.Softmax):
        return x
    if name in SCORED and isinstance(layer, keras.layers.Activation):
        return x
    if name in SCORED and isinstance(layer, _CONVOLVES):
        raw = layer.convolution_op(keras.ops.cast(x, "float32"), layer.kernel)
        return _with_bias(raw, layer.bias)
    if name in SCORED and isinstance(layer, keras.layers.Dense):
        raw = keras.ops.matmul(keras.ops.cast(x, "float32"), layer.kernel)
        return _with_bias(raw, layer.bias)
    return layer(x, **kwargs)


_CONVOLVES = (keras.layers.Conv1D, keras.layers.Conv2D)


def _with_bias(raw: Any, bias: Any) -> Any:
    return raw if bias is None else keras.ops.add(raw, bias)
