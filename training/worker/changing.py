"""Which weights of a model a training may change: all but those of a sealed base."""

from __future__ import annotations

import keras
import numpy as np


class Changing:
    """The variables of the `whole` model, of which training may change some.

    What a base has from its file need not be kept again after every epoch. A base that
    began with `random` weights has no such file.
    """

    def __init__(self, whole: keras.Model, random: bool = False) -> None:
        self.whole = whole
        self.count = len(whole.variables)
        found = bases(whole)
        self.based = bool(found)
        """Whether the model stands on a pretrained base."""
        sealed = [] if random else found
        self._sealed = {id(v) for base in sealed for v in base.variables}

    def arrays(self, fitted: keras.Model) -> dict[str, np.ndarray]:
        """Those that may have changed by now, by their number in the whole model;
        `fitted` is the whole model or its head."""
        learns = set[int]()
        if fitted is self.whole:
            learns = {id(v) for v in self.whole.trainable_variables}
        return {
            str(number): np.asarray(variable)
            for number, variable in enumerate(self.whole.variables)
            if id(variable) not in self._sealed or id(variable) in learns
        }


def bases(model: keras.Model) -> list[keras.Model]:
    """The pretrained bases of a model: no other layers of it are models."""
    return [layer for layer in model.layers if isinstance(layer, keras.Model)]
