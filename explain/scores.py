"""The one number that is explained: a class' score, the value, or the yes."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from bricks.words import Text
from explain import unexplained
from explain.probe import array, without_gradients
from explain.rewired import Push, Rewired, answering, rewired
from explain.unexplained import Unexplained


class Scored:
    """A model rewired so that it gives the score of one answer, and what a layer gives,
    which can be pushed at. `wired` is a wiring with scores that holds the layer.

    Raises `Unexplained` where the answers are no classes and no single number.
    """

    def __init__(
        self,
        model: keras.Model,
        layer: keras.Layer | None = None,
        wired: Rewired | None = None,
    ) -> None:
        if len(model.output_shape) != 2:
            raise Unexplained(Text(unexplained.NO_CLASS))
        some = [] if layer is None else [layer]
        wired = wired or rewired(model, some, pushed=True, scores=True)
        seen = [wired.outputs[id(one)] for one in some]
        self.shape = tuple(seen[0].shape[1:]) if seen else ()
        self.push = wired.pushes.get(id(layer), Push())
        self.model = wired.model([wired.answers, *seen])
        self.count = model.output_shape[-1]
        self.yes_or_no = self.count == 1 and _ends_in_sigmoid(model)

    def numbers(self, x: Any, target: int | None) -> tuple[Any, list[Any]]:
        """The scores (n,) of the examples `x` (n, ...), and what the layer gives.

        `target` None is what the model itself answers to each: the class it tells, the
        side of a yes or no, or the value.
        """
        answers, *rest = keras.tree.flatten(self.model(x, training=False))
        return self._score(answers, target), rest

    def scores(self, x: np.ndarray, target: int | None) -> np.ndarray:
        """The scores (n,) as plain figures."""
        with without_gradients():
            return array(self.numbers(x, target)[0])

    def told(self, x: np.ndarray) -> int:
        """The number of the class that the model tells for one example `x`."""
        with without_gradients():
            tensor, *_ = keras.tree.flatten(self.model(x[None], training=False))
        answers = array(tensor)[0]
        if not np.isfinite(answers).all():
            raise Unexplained(Text(unexplained.NOT_FINITE))
        return int(answers[0] > 0) if self.count == 1 else int(answers.argmax())

    def check(self, target: int | None) -> None:
        """Raise `Unexplained` where there is no such class."""
        count = max(2, self.count)
        if target is not None and not 0 <= target < count:
            values = {"count": count, "target": target}
            raise Unexplained(Text(unexplained.NO_SUCH_CLASS, values))

    def _score(self, answers: Any, target: int | None) -> Any:
        if self.count > 1:
            return keras.ops.max(answers, 1) if target is None else answers[:, target]
        value = answers[:, 0]
        if not self.yes_or_no:
            return value
        return keras.ops.abs(value) if target is None else (-1, 1)[target] * value


def _ends_in_sigmoid(model: keras.Model) -> bool:
    last = answering(model.layers)
    if isinstance(last, keras.Model):
        return _ends_in_sigmoid(last)
    return getattr(getattr(last, "activation", None), "__name__", "") == "sigmoid"
